"""Time against error, each competitor a point."""

from pathlib import Path

import matplotlib as mpl
from adjustText import adjust_text
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from tests.bench.competitors import OURS
from tests.bench.measure import Result

INK = "#7d838b"  # readable on a white page and on a near-black one
PEER, MINE = "#6e9ecf", "#e5484d"


def draw(results: list[Result], file: Path) -> None:
    """Write the chart of the results to ``file``, on no background."""
    with mpl.rc_context({"font.family": "sans-serif", "font.size": 10, "svg.hashsalt": "bench"}):
        figure = Figure(figsize=(8, 4.6), layout="constrained")
        axes = figure.subplots()
        axes.set_xscale("log")
        labels = []
        for result in results:
            ours = result.competitor.name == OURS
            color, size = (MINE, 120) if ours else (PEER, 55)
            axes.scatter(result.milliseconds, result.ratio, size, color, zorder=3)
            labels.append(
                axes.text(
                    result.milliseconds,
                    result.ratio,
                    result.competitor.name,
                    color=MINE if ours else INK,
                    weight="bold" if ours else "normal",
                )
            )
        axes.set_xlabel("milliseconds for a picture (median; less is better)", color=INK)
        axes.set_ylabel("error, as a multiple of the best known\n(less is better)", color=INK)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.tick_params(which="both", colors=INK)
        axes.grid(color=INK, alpha=0.25, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(INK)
        axes.margins(0.1)
        adjust_text(labels, ax=axes, arrowprops={"arrowstyle": "-", "color": INK, "alpha": 0.5})
        figure.savefig(file, transparent=True, metadata={"Date": None})
