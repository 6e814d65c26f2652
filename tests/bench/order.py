"""``python -m tests.bench.order``: the article's brute force beside ours.

Ten colours have 10! = 3 628 800 orders. The article lists them all, adds up the nine steps of each
and takes the least; ours must come out as short.
"""

import itertools
import time
from collections.abc import Callable

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from palette.annotation.order import shortest_path
from tests.bench import fresh
from tests.bench.metric import Array, oklab

Indices = NDArray[np.intp]


def brute_force(points: Array) -> Indices:
    """Return the shortest path through n points (n, 3), found by measuring all n! of them."""
    orders = np.array(list(itertools.permutations(range(len(points)))))
    return orders[np.linalg.norm(np.diff(points[orders], axis=1), axis=2).sum(axis=1).argmin()]


def _measured(find: Callable[[Array], Indices], points: Array) -> tuple[float, float, float]:
    """Return length of the path, seconds and megabytes, after a first call on three points."""
    find(points[:3])
    fresh.forget_peak()
    idle, start = fresh.resident(), time.perf_counter()
    path = find(points)
    seconds = time.perf_counter() - start
    length = np.linalg.norm(np.diff(points[path], axis=0), axis=1).sum()
    return float(length), seconds, fresh.peak() - idle


def main() -> None:
    table = Table("", "colours", "path length", "time", "memory", title="Order of the colours")
    rows = [("brute force", brute_force, 10)]
    rows += [("ours", shortest_path, count) for count in (10, 12, 14, 20)]
    for name, find, count in rows:
        points = oklab(default_rng(count).integers(0, 256, (count, 3)))
        length, seconds, memory = fresh.in_fresh_process(_measured, {}, find, points)
        table.add_row(
            name, str(count), f"{length:.6f}", f"{1000 * seconds:,.1f} ms", f"{memory:,.0f} MB"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
