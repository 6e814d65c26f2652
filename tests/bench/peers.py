"""``python -m tests.bench.peers [FOLDER]``: this project and its peers, side by side.

Measures on the images in FOLDER, or on scikit-learn's photos and generated scenes; prints tables
and writes a page and a chart. The head of ``picked.py`` describes the folders SEEN and HUMAN of
colours that people picked; what needs them is left out without them.
"""

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import track

from tests.bench import chart, images, report
from tests.bench.accents import AccentScene, accent_scenes
from tests.bench.competitors import COMPETITORS
from tests.bench.drawings import drawings
from tests.bench.measure import Result, measure
from tests.bench.picked import read_hand_picked, read_things
from tests.bench.seen import Sights
from tests.bench.truth import reference

K = 10
TABLE_WIDTH = 140  # characters; wrapped lines are easier to read than truncated figures
ACCENT_FRACTION, MAX_ACCENTS = 0.003, 24
MAX_ACCENT_PIXELS = 800_000  # the slowest peers need seconds for more


def small_accents(files: list[images.ImageFile]) -> list[AccentScene]:
    """Return some of the small accent scenes, evenly spread."""
    found = [
        accent
        for name, accent in accent_scenes(files, ACCENT_FRACTION)
        if images.ImageFile(name, accent.data).pixels <= MAX_ACCENT_PIXELS
    ]
    return found[:: max(1, len(found) // MAX_ACCENTS)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="images to measure on")
    parser.add_argument("--seen", type=Path, metavar="SEEN", help="things that people point at")
    parser.add_argument("--human", type=Path, metavar="HUMAN", help="colours picked by hand")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder of page and chart")
    options = parser.parse_args()
    console = Console()
    console.width = max(console.width, TABLE_WIDTH)

    files = images.load(options.folder)
    sights = Sights(
        small_accents(files),
        list(drawings()),
        read_things(options.seen) if options.seen else [],
        read_hand_picked(options.human) if options.human else [],
    )
    references = [
        reference(file, K)
        for file in track(files, "best known palettes", console=console, transient=True)
    ]
    results: list[Result] = []
    absent: list[str] = []
    for competitor in track(COMPETITORS, "competitors", console=console, transient=True):
        result = measure(competitor, files, sights, K) if competitor.version else None
        if result is None:
            absent.append(competitor.name)
        else:
            results.append(result)
    notes = report.remarks(results, absent)
    console.print(*report.terminal(results), *notes, sep="\n")

    options.out.mkdir(parents=True, exist_ok=True)
    page = report.page(results, notes, references, sights, K)
    (options.out / "peers.md").write_text(page, encoding="utf-8")
    chart.draw(results, options.out / "peers.svg")


if __name__ == "__main__":
    main()
