"""``python -m tests.bench.targets [FOLDER] [--only SECTION …]``: target, figure, pass or fail."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import pictures
from tests.bench.pictures import Picture
from tests.bench.targets.accents import accents
from tests.bench.targets.accuracy import accuracy, calm, shares
from tests.bench.targets.figure import Figure
from tests.bench.targets.speed import speed

SECTIONS: dict[str, Callable[[list[Picture]], Iterator[Figure]]] = {
    "accuracy": accuracy,
    "accents": accents,
    "shares": shares,
    "calm": calm,
    "speed": speed,
}
VERDICTS = {True: "[green]pass", False: "[red]miss", None: ""}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.targets", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="pictures to measure on")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS))
    options = parser.parse_args()
    chosen = pictures.load(options.folder)
    console = Console()
    missed = 0
    for name in options.only:
        start = time.perf_counter()
        table = Table("target", "wanted", "measured", "", title=name, title_justify="left")
        for figure in SECTIONS[name](chosen):
            verdict = VERDICTS[figure.passed]
            named = f"{figure.name}\n[dim]{figure.detail}" if figure.detail else figure.name
            table.add_row(named, figure.target, figure.measured, verdict)
            missed += figure.passed is False
        console.print(table, f"[dim]{time.perf_counter() - start:.1f} s", "")
    return missed > 0


if __name__ == "__main__":
    sys.exit(main())
