"""One run after the other on one cluster, and the table of what became of the images."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.bench.cluster import report
from tests.bench.cluster.cluster import Cluster, running
from tests.bench.cluster.report import Row
from tests.bench.served.files import File, photos
from tests.bench.served.part import Part
from tests.bench.served.people import People, Post

SILENCE = 120.0  # seconds without any reply, after which the rest is lost
SETTLING = 5.0  # seconds in which second replies may still come
STREAM = 0.5  # of the images a second of the burst, while bots are restarted


@dataclass(frozen=True, slots=True)
class Options:
    folder: Path | None
    messages: int
    servers: int
    bots: int
    workers: int
    pause: float
    logs: Path | None


async def run(options: Options) -> int:
    """Return the exit status: 1 if anything was lost or answered twice."""
    files = photos(options.folder, options.messages)
    people = People(options.servers, shards=options.bots)
    with TemporaryDirectory() as temporary:
        logs = (options.logs or Path(temporary)).resolve()
        logs.mkdir(parents=True, exist_ok=True)
        async with (
            people.discord.running() as discord,
            running(
                discord.address,
                logs,
                bots=options.bots,
                workers=options.workers,
                pause=options.pause,
            ) as cluster,
        ):
            runs = Runs(people, cluster, files)
            await runs.ready()
            rows = [await runs.burst("nothing is killed")]
            killed = (cluster.scheduler, cluster.workers[0], cluster.database, cluster.bots[0])
            rows += [await runs.burst(f"{part.name} is killed", killed=part) for part in killed]
            pace = STREAM * len(files) / rows[0].seconds
            rows.append(await runs.upgrade("bots are restarted in turn", pace))
            report.show(Console(), rows, discord.gateway)
    return any(row.lost or row.twice for row in rows)


class Runs:
    """Runs with the same images, each of which ends when everything is as it was before."""

    def __init__(self, people: People, cluster: Cluster, files: Sequence[File]) -> None:
        self._people = people
        self._cluster = cluster
        self._files = files
        self._servers = count()

    async def ready(self) -> None:
        """Return once all shards are connected."""
        await self._people.discord.gateway.wait_for(range(len(self._cluster.bots)))

    async def burst(self, name: str, *, killed: Part | None = None) -> Row:
        """Post three quarters at once, and the rest when a part is killed, if one is.

        That is when a quarter has its reply.
        """
        now = len(self._files) * 3 // 4 if killed else len(self._files)
        start = time.monotonic()
        posts = [self._post(file) for file in self._files[:now]]
        if killed:
            await self._people.wait_for(posts, silence=SILENCE, enough=len(self._files) // 4)
            killed.kill()
            posts += [self._post(file) for file in self._files[now:]]
        return await self._end(name, posts, start)

    async def upgrade(self, name: str, pace: float) -> Row:
        """Post ``pace`` images a second while each bot ends and is started again."""
        restarting = asyncio.create_task(self._restart_bots())
        start = time.monotonic()
        posts: list[Post] = []
        for number, file in enumerate(self._files):
            await asyncio.sleep(start + number / pace - time.monotonic())
            posts.append(self._post(file))
        await restarting
        return await self._end(name, posts, start)

    async def _restart_bots(self) -> None:
        for number, bot in enumerate(self._cluster.bots):
            await asyncio.sleep(SETTLING)
            bot.terminate()
            await self._people.discord.gateway.wait_for_loss(number)
            await self.ready()

    def _post(self, file: File) -> Post:
        return self._people.post(next(self._servers), file)

    async def _end(self, name: str, posts: Sequence[Post], start: float) -> Row:
        await self._people.wait_for(posts, silence=SILENCE)
        seconds = self._people.last_reply - start
        await asyncio.sleep(SETTLING)
        await self.ready()
        return Row.of(name, posts, seconds)
