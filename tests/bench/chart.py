"""A chart of time against error, with a point for each competitor."""

from pathlib import Path

from adjustText import adjust_text
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from tests.bench.competitors import OURS, OURS_FAITHFUL
from tests.bench.measure import Result

INK = "#7d838b"  # readable on a white page and on a near-black one
THEIR_COLOR, OUR_COLOR = "#6e9ecf", "#e5484d"
# The font is the one that Matplotlib ships; a fixed salt gives equal runs equal bytes.
STYLE = {"font.family": "DejaVu Sans", "font.size": 10, "svg.hashsalt": "benchmark"}


def draw(results: list[Result], file: Path) -> None:
    """Write the chart of the results to ``file``, on a transparent background."""
    with style.context(["default", STYLE]):
        figure = Figure(figsize=(8, 4.6), layout="constrained")
        axes = figure.subplots()
        axes.set_xscale("log")
        labels, fixed = [], []
        for result in results:
            name, place = result.competitor.name, (result.milliseconds, result.ratio)
            if name in {OURS, OURS_FAITHFUL}:
                axes.scatter(*place, 130, OUR_COLOR, zorder=4)
                label = axes.annotate(
                    name,
                    place,
                    (0, -11),
                    textcoords="offset points",
                    color=OUR_COLOR,
                    weight="bold",
                    ha="center",
                    va="top",
                )
                fixed.append(label)
            else:
                axes.scatter(*place, 55, THEIR_COLOR, zorder=3)
                labels.append(axes.text(*place, name, color=INK))
        axes.set_xlabel("milliseconds per image, median", color=INK)
        axes.set_ylabel("error, as a multiple of the best known", color=INK)
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        axes.tick_params(which="both", colors=INK)
        axes.grid(color=INK, alpha=0.25, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(INK)
        axes.margins(x=0.12, y=0.12)
        adjust_text(
            labels,
            ax=axes,
            x=[result.milliseconds for result in results],
            y=[result.ratio for result in results],
            objects=fixed or None,
            expand=(1.15, 1.6),
            arrowprops={"arrowstyle": "-", "color": INK, "alpha": 0.5},
        )
        figure.savefig(file, transparent=True, metadata={"Date": None})
