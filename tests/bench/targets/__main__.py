"""``python -m tests.bench.targets [FOLDER] [--only …]``: target, figure, pass or miss."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from palette import STYLES, Style
from tests.bench import images
from tests.bench.targets.accents import accents
from tests.bench.targets.accuracy import accuracy, near_duplicates, shares
from tests.bench.targets.edge import edge
from tests.bench.targets.figure import Figure
from tests.bench.targets.memory import memory
from tests.bench.targets.speed import card, peers, speed, warm_up
from tests.bench.targets.stability import identical, robust
from tests.bench.targets.worker import worker

VERDICTS = {True: "[green]pass", False: "[red]miss", None: ""}

Section = Callable[[], Iterator[Figure]]


def sections(folder: Path | None, style: Style) -> dict[str, Section]:
    """Return what can be measured, in the order in which it is printed."""
    files = images.load(folder)
    of_a_style = (accuracy, accents, shares, near_duplicates, identical, robust, speed)
    return (
        {"edge": partial(edge, folder)}
        | {f.__name__: partial(f, files, style) for f in of_a_style}
        | {f.__name__: partial(f, files) for f in (peers, warm_up, memory, card)}
        | {"worker": worker}
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.targets", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="images to measure on")
    parser.add_argument("--style", choices=STYLES, default="seen", help="(default: %(default)s)")
    parser.add_argument("--only", nargs="+", help="some of the sections of a full run")
    options = parser.parse_args()
    available = sections(options.folder, options.style)
    unknown = set(options.only or ()) - set(available)
    if unknown:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(available)}")
    console = Console()
    misses = 0
    for name in options.only or available:
        start = time.perf_counter()
        table = Table("target", "goal", "measured", "", title=name, title_justify="left")
        for figure in available[name]():
            verdict = VERDICTS[figure.passed]
            named = f"{figure.name}\n[dim]{figure.detail}" if figure.detail else figure.name
            table.add_row(named, figure.target, figure.measured, verdict)
            misses += figure.passed is False
        console.print(table, f"[dim]{time.perf_counter() - start:.1f} s", "")
    return misses > 0


if __name__ == "__main__":
    sys.exit(main())
