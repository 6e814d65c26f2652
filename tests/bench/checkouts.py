"""``python -m tests.bench.checkouts FOLDER CHECKOUT…``: this tree beside others, in turn.

Each checkout, and the decode floor, has a process of its own, with one thread; they take turns at
each image, so that all share the noise. Times are processor time, the least of the rounds.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.workers.worker import SINGLE_THREAD_ENVIRONMENT
from tests.bench import images
from tests.bench.competitors import competitor

ROOT = Path(__file__).parents[2]
ROUNDS = 9
PEER = "fast-colorthief"
WAYS = {
    "floor": "from tests.bench.floor import decode as work",
    "extract": "from palette import extract as work",
    "extract and render_card": """
from palette import extract, render_card
def work(data):
    return render_card(extract(data))
""",
    PEER: f"""
from tests.bench.competitors import competitor
def work(data):
    return competitor({PEER!r}).extract(data, 10)
""",
}
CHILD = """
import os, sys, time
sys.path[:0] = [os.getcwd()]
exec(sys.argv[1])
files, length = [], int(sys.stdin.buffer.readline())
for _ in range(length):
    files.append(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())))
for data in files:
    work(data)
for line in sys.stdin.buffer:
    start = time.process_time()
    work(files[int(line)])
    print(time.process_time() - start, flush=True)
"""


class Timed:
    """One way to work on images, of one checkout, in a process that has the images already."""

    def __init__(self, checkout: Path, way: str, files: list[bytes]) -> None:
        self._process = subprocess.Popen(  # noqa: S603, the checkouts are named by who runs this
            [sys.executable, "-c", CHILD, WAYS[way]],
            cwd=checkout,
            env=SINGLE_THREAD_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._send(b"%d\n" % len(files))
        for data in files:
            self._send(b"%d\n%s" % (len(data), data))

    def seconds(self, number: int) -> float:
        self._send(b"%d\n" % number)
        assert self._process.stdout
        return float(self._process.stdout.readline())

    def _send(self, data: bytes) -> None:
        assert self._process.stdin
        self._process.stdin.write(data)
        self._process.stdin.flush()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.checkouts", description=__doc__)
    parser.add_argument("folder", type=Path, help="images to measure on")
    parser.add_argument("checkouts", type=Path, nargs="+", help="other trees of the project")
    options = parser.parse_args()
    files = [file.data for file in images.load(options.folder)]
    ways = {"floor": Timed(ROOT, "floor", files)} | {
        f"{checkout.name}: {way}": Timed(checkout, way, files)
        for checkout in [ROOT, *options.checkouts]
        for way in ("extract", "extract and render_card")
    }
    if competitor(PEER).version is not None:
        ways[PEER] = Timed(ROOT, PEER, files)
    rounds = [
        [[way.seconds(number) for way in ways.values()] for number in range(len(files))]
        for _ in range(ROUNDS)
    ]
    milliseconds = 1000 * np.min(rounds, axis=0)
    over = milliseconds - milliseconds[:, :1]
    table = Table("milliseconds", "sum", "over the floor: median", "9 of 10", "worst", "sum")
    for number, name in enumerate(ways):
        mine = over[:, number]
        figures = (np.median(mine), np.quantile(mine, 0.9), mine.max(), mine.sum())
        table.add_row(name, *(f"{x:.1f}" for x in (milliseconds[:, number].sum(), *figures)))
    Console().print(table)


if __name__ == "__main__":
    main()
