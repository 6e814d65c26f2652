"""``python -m tests.bench.peers [FOLDER]``: this project and its peers, side by side.

Measures on the pictures in FOLDER, or on scikit-learn's photos and generated scenes; prints a table
and writes a page and a chart.
"""

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.bench import chart, pictures, report
from tests.bench.accents import AccentScene, accent_scenes
from tests.bench.competitors import COMPETITORS
from tests.bench.measure import Result, measured
from tests.bench.truth import reference

K = 10
TABLE_WIDTH = 140  # characters; a narrower terminal wraps, which reads better than cut figures
ACCENT, ACCENTS = 0.003, 24
SMALL = 800_000  # pixels; the slowest peers need seconds for more


def small_accents(chosen: list[pictures.Picture]) -> list[AccentScene]:
    """Return some of the accent scenes, evenly from all the small ones."""
    found = [
        accent
        for name, accent in accent_scenes(chosen, ACCENT)
        if pictures.Picture(name, accent.data).pixels <= SMALL
    ]
    return found[:: max(1, len(found) // ACCENTS)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="pictures to measure on")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder of page and chart")
    options = parser.parse_args()
    console = Console()
    console.width = max(console.width, TABLE_WIDTH)

    chosen = pictures.load(options.folder)
    accents = small_accents(chosen)
    references = [
        reference(picture, K)
        for picture in track(chosen, "best known palettes", console=console, transient=True)
    ]
    results: list[Result] = []
    absent: list[str] = []
    for competitor in track(COMPETITORS, "competitors", console=console, transient=True):
        result = measured(competitor, chosen, accents, K) if competitor.version else None
        if result is None:
            absent.append(competitor.name)
        else:
            results.append(result)
    notes = report.remarks(results, absent)
    console.print(report.terminal(results), *notes, sep="\n")

    options.out.mkdir(parents=True, exist_ok=True)
    page = report.page(results, notes, references, len(accents), K)
    (options.out / "benchmark.md").write_text(page)
    chart.draw(results, options.out / "benchmark.svg")


if __name__ == "__main__":
    main()
