"""How many settings of servers are read in a second."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from bot.guilds.store import Store
from tests.bench.cluster import postgresql
from tests.bench.served.part import Part

BOT = 1
SERVERS = 10_000  # in the database
READS = 1_000
TOGETHER = 100  # servers of one read, as in a burst
CHOICES = ("colors", 8), ("listen", "mentions")


async def measure(console: Console, _: Path | None) -> None:
    """Print the reads a second of one server, and of many at once, from either database."""
    for name, database in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
        async with database() as url, Store(url) as store:
            for server in range(0, SERVERS, 10):
                for choice, value in CHOICES:
                    await store.write(BOT, server, choice, value)
            one = await _rate(lambda number: store.read(BOT, [number % SERVERS]))
            many = await _rate(lambda number: store.read(BOT, range(number, number + TOGETHER)))
        console.print(
            f"{name}: {one:.0f} reads a second of one server each, "
            f"{many:.0f} of {TOGETHER}, which is {many * TOGETHER:.0f} servers"
        )


async def _rate(read: Callable[[int], Awaitable[object]]) -> float:
    await read(0)  # connects
    start = time.monotonic()
    for number in range(READS):
        await read(number)
    return READS / (time.monotonic() - start)


@asynccontextmanager
async def _sqlite() -> AsyncGenerator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/hueharvest.sqlite3"


@asynccontextmanager
async def _postgresql() -> AsyncGenerator[str]:
    with TemporaryDirectory() as home:
        url, command = postgresql.create(Path(home))
        log = Path(home) / "log"
        server = Part("PostgreSQL", *command, log=log, pause=1, user=postgresql.user())
        async with server.running():
            await server.wait_for_line("ready to accept connections")
            yield url
