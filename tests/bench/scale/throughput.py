"""Images a second and reply times, with workers of the bot's own and with Dask's."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.bench.cluster.cluster import running
from tests.bench.served.files import File, photos
from tests.bench.served.part import Part, bot_part
from tests.bench.served.people import People

IMAGES = 300
LOCAL_WORKERS = (1, 2, 4)
DASK_WORKERS = (1, 2)
CALM_INTERVAL = 0.5  # seconds between images, in which the bot is done with one
CALM_IMAGES = 60
SERVERS = 100


async def measure(console: Console, folder: Path | None) -> None:
    """Print a burst and a calm stream with each engine."""
    files = photos(folder, IMAGES)
    table = Table("engine", "images/s in a burst", "reply, median", "99 %", "processor time")
    for workers in LOCAL_WORKERS:
        people = People(SERVERS)
        async with people.discord.running() as discord, _local(discord.address, workers) as parts:
            table.add_row(f"local, {workers} workers", *await _measured(people, files, parts))
    for workers in DASK_WORKERS:
        people = People(SERVERS)
        async with people.discord.running() as discord, _dask(discord.address, workers) as parts:
            table.add_row(f"Dask, {workers} workers", *await _measured(people, files, parts))
    console.print(table)


async def _measured(people: People, files: list[File], parts: list[Part]) -> list[str]:
    await people.discord.gateway.wait_for([0])
    await people.wait_for([people.post(number, file) for number, file in enumerate(files[:20])])
    before, start = [part.cpu_seconds() for part in parts], time.monotonic()
    await people.wait_for([people.post(number, file) for number, file in enumerate(files)])
    rate = len(files) / (people.last_reply - start)
    after = [part.cpu_seconds() for part in parts]
    calm = []
    for number, file in enumerate(files[:CALM_IMAGES]):
        calm.append(people.post(number, file))
        await asyncio.sleep(CALM_INTERVAL)
    await people.wait_for(calm)
    median, most = np.percentile([post.wait for post in calm], (50, 99))
    times = (
        f"{part.name} {1000 * (end - begin) / len(files):.1f} ms"
        for part, begin, end in zip(parts, before, after, strict=True)
    )
    return [f"{rate:.1f}", f"{1000 * median:.0f} ms", f"{1000 * most:.0f} ms", ", ".join(times)]


@asynccontextmanager
async def _local(address: str, workers: int) -> AsyncGenerator[list[Part]]:
    with TemporaryDirectory() as folder:
        bot = bot_part("bot with its workers", address, Path(folder), WORKERS=str(workers))
        async with bot.running():
            yield [bot]


@asynccontextmanager
async def _dask(address: str, workers: int) -> AsyncGenerator[list[Part]]:
    with TemporaryDirectory() as folder:
        async with running(address, Path(folder), bots=1, workers=workers, pause=1) as cluster:
            yield [cluster.scheduler, *cluster.workers, *cluster.bots]
