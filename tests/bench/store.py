"""How many counts of requests and reads of settings a database does, and in which time.

``python -m tests.bench.store`` prints it: from one process, through all of the bot's own code, to a
PostgreSQL on the same machine, which shares the processors, and to SQLite.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable

from bot.guilds.store import Store
from bot.requests.shared_counts import SharedCounts
from bot.settings import Rate
from tests.bot.postgresql import running_postgresql

ME = 10
SERVERS = 2000
AT_ONCE = (1, 4, 15)  # the bot has 15 connections at most
SECONDS = 3.0


async def measure(name: str, do: Callable[[int], Awaitable[object]]) -> None:
    """Print how many ``do`` does in a second, and how long one takes."""
    for at_once in AT_ONCE:
        took: list[float] = []
        end = time.perf_counter() + SECONDS

        async def work(number: int, took: list[float] = took, end: float = end) -> None:
            while (begun := time.perf_counter()) < end:
                await do(number := number * 7919 % 1_000_003)
                took.append(time.perf_counter() - begun)

        await asyncio.gather(*map(work, range(1, 1 + at_once)))
        median, slow = statistics.median(took), statistics.quantiles(took, n=100)[-1]
        sys.stdout.write(
            f"{name:24}{at_once:4} at once  {len(took) / SECONDS:6.0f} a second  "
            f"median {1000 * median:5.1f} ms  99 % within {1000 * slow:5.1f} ms\n"
        )


async def measure_settings(store: Store) -> None:
    """Print the reads of settings."""
    for guild in range(SERVERS):
        await store.write(ME, guild, "colors", 5)
    await measure("one server's settings", lambda n: store.read(ME, [n % SERVERS]))
    await measure(
        "settings of 100 servers",
        lambda n: store.read(ME, [each % SERVERS for each in range(n, n + 100)]),
    )


async def main(postgresql: str, sqlite: str) -> None:
    """Measure both databases, of which PostgreSQL counts requests, too."""
    async with Store(postgresql) as store:
        sys.stdout.write("PostgreSQL\n")
        counts = SharedCounts(store.database, lambda: ME, "request", Rate(10, 60))
        await measure("one person's count", lambda n: counts.count(n, time.time(), 1))
        await measure_settings(store)
    async with Store(sqlite) as store:
        sys.stdout.write("SQLite\n")
        await measure_settings(store)


if __name__ == "__main__":
    with running_postgresql() as server, tempfile.TemporaryDirectory() as folder:
        asyncio.run(main(server.new_database(), f"sqlite:///{folder}/hueharvest.sqlite3"))
