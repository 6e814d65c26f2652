"""``python -m tests.bench.order``: our order of the colours beside brute force.

Ten colours have 10! = 3 628 800 orders. Brute force lists them all, adds up the nine steps of each
and takes the shortest; ours must be as short.
"""

import itertools
import time
from collections.abc import Callable

import numpy as np
from numpy.random import default_rng
from rich.console import Console
from rich.table import Table

from palette.annotation.order import shortest_path
from palette.color.arrays import Indices
from tests.bench import processes
from tests.bench.metric import Array, oklab


def brute_force(points: Array) -> Indices:
    """Return the shortest of all n! paths through n points (n, 3)."""
    orders = np.array(list(itertools.permutations(range(len(points)))))
    return orders[np.linalg.norm(np.diff(points[orders], axis=1), axis=2).sum(axis=1).argmin()]


def _measure(find: Callable[[Array], Indices], points: Array) -> tuple[float, float, float]:
    """Return the length of the path, seconds and megabytes, after a warm-up."""
    find(points[:3])
    processes.reset_peak()
    idle, start = processes.resident_megabytes(), time.perf_counter()
    path = find(points)
    seconds = time.perf_counter() - start
    length = np.linalg.norm(np.diff(points[path], axis=0), axis=1).sum()
    return float(length), seconds, processes.peak_megabytes() - idle


def main() -> None:
    table = Table("", "colours", "path length", "time", "memory", title="Order of the colours")
    rows = [("brute force", brute_force, 10)]
    rows += [("ours", shortest_path, count) for count in (10, 12, 14, 20)]
    for name, find, count in rows:
        points = oklab(default_rng(count).integers(0, 256, (count, 3)))
        length, seconds, memory = processes.run_in_fresh_process(_measure, {}, find, points)
        table.add_row(
            name, str(count), f"{length:.6f}", f"{1000 * seconds:,.1f} ms", f"{memory:,.0f} MB"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
