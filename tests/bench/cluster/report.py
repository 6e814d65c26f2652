"""The table of what became of the images."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.bench.served.gateway import Gateway
from tests.bench.served.people import Post


@dataclass(frozen=True, slots=True)
class Row:
    """One run: how many images were posted, had no palette, and more than one reply."""

    name: str
    images: int
    lost: int
    twice: int
    seconds: float
    waits: Sequence[float]

    @classmethod
    def of(cls, name: str, posts: Sequence[Post], seconds: float) -> Self:
        return cls(
            name,
            images=len(posts),
            lost=sum(not post.palette for post in posts),
            twice=sum(post.replies > 1 for post in posts),
            seconds=seconds,
            waits=[post.wait for post in posts if post.replies],
        )


def show(console: Console, rows: Sequence[Row], gateway: Gateway) -> None:
    table = Table("run", caption=_sessions(gateway))
    for column in ("images", "lost", "twice", "seconds", "images/s", "reply, median", "99 %"):
        table.add_column(column, justify="right")
    for row in rows:
        half, most = np.percentile(row.waits, (50, 99)) if row.waits else (np.nan, np.nan)
        rate = (row.images - row.lost) / row.seconds
        counts = (row.images, row.lost, row.twice, round(row.seconds))
        table.add_row(row.name, *map(str, counts), f"{rate:.1f}", f"{half:.1f} s", f"{most:.1f} s")
    console.print(table)


def _sessions(gateway: Gateway) -> str:
    return (
        f"{gateway.begun} sessions began, {gateway.resumed} were resumed, "
        f"{gateway.refused} were refused because another had just begun"
    )
