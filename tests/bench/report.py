"""The results, as a table in the terminal and as a page."""

import platform
from collections.abc import Callable
from importlib.metadata import version
from statistics import mean

from rich.table import Column, Table

from tests.bench.measure import Result

COLUMNS: dict[str, Callable[[Result], str]] = {
    "time, ms": lambda r: f"{r.milliseconds:.1f}",
    "/ floor": lambda r: f"{r.floors:.1f}",
    "ΔE_OK": lambda r: f"{r.error:.2f}",
    "/ reference": lambda r: f"{r.ratio:.3f}",
    "its median": lambda r: f"{r.typical_ratio:.3f}",
    "ΔE2000": lambda r: f"{r.mean_2000:.2f}",
    "95 %": lambda r: f"{r.p95_2000:.1f}",
    "returned": lambda r: f"{r.returned:.1f}",
    "near pairs": lambda r: str(r.near_duplicates),
    "same twice": lambda r: "yes" if r.is_same else "no",
    "accents": lambda r: f"{r.accents:.0%}",
    "peak MB": lambda r: f"{r.megabytes:.0f}" if r.megabytes else "—",
}
LEGEND = """\
- **time**: median over the images, from the file's bytes in memory to the colours; the time of each
  image is itself the median of up to five runs. **/ floor**: that divided by the fastest decode of
  the same file to 256 x 256 pixels, timed alternately with it.
- **ΔE_OK**: how far a pixel is from its nearest colour of the palette (a hundred times the distance
  in OKLab), over all visible, colour-managed pixels averaged down to 0.4 megapixels.
  **/ reference**: that divided by the best of ten full k-means runs on the same pixels, mean and
  median over the images (a tool that looks at hidden pixels, or only at the first frame of an
  animation, is far off in some of them). **ΔE2000** and **95 %**: the same as CIEDE2000, mean
  and 95th percentile.
- **returned**: colours for {k} asked for. **near pairs**: pairs below ΔE2000 3, over all images.
- **accents**: how often the palette has, within ΔE2000 8, the colour of one small vivid object that
  covers 0.3 % of the image and is ΔE2000 > 20 from everything else; {accents} images.
- **peak MB**: the most memory that an image took, above the idle process.
"""


def in_order(results: list[Result]) -> list[Result]:
    """Return the results by their error, the smallest first."""
    return sorted(results, key=lambda result: result.ratio)


def terminal(results: list[Result]) -> Table:
    table = Table(Column("", no_wrap=True), *COLUMNS)
    for result in in_order(results):
        table.add_row(result.competitor.name, *(cell(result) for cell in COLUMNS.values()))
    return table


def remarks(results: list[Result], absent: list[str]) -> list[str]:
    """Return a sentence for each thing that readers of the figures must know."""
    notes = [f"{r.competitor.name}: {r.competitor.note}." for r in results if r.competitor.note]
    for result in results:
        if result.failures:
            named = ", ".join(f"{name} ({why})" for name, why in result.failures.items())
            notes.append(f"{result.competitor.name} could not read {named}.")
    return notes + [f"{name} is not installed, or does not work here." for name in absent]


def page(
    results: list[Result], notes: list[str], references: list[float], accents: int, k: int
) -> str:
    """Return the page in Markdown; ``references`` are the best known ΔE_OK of the images."""
    rows = [[r.competitor.name, *(cell(r) for cell in COLUMNS.values())] for r in in_order(results)]
    lines = [["", *COLUMNS], ["---", *("--:" for _ in COLUMNS)], *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    packages = {result.competitor.distribution for result in results} | {"numpy"}
    versions = ", ".join(f"{name} {version(name)}" for name in sorted(packages))
    return f"""\
# Benchmark

{len(references)} images, {k} colours each. Written by `python -m tests.bench.peers`; times will
differ on your machine, errors hardly.

![Time against error](peers.svg)

{table}

The reference itself has a mean ΔE_OK of {mean(references):.2f}. Measured on Python
{platform.python_version()} ({platform.system()} {platform.machine()}) with {versions}.

{LEGEND.format(k=k, accents=accents)}
{chr(10).join(f"- {note}" for note in notes)}
"""
