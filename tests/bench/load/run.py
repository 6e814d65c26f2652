"""One whole run: bare loop, burst, flood, soak, bare loop, report."""

import asyncio
import json
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from rich.console import Console

from tests.bench.load import report
from tests.bench.load.bare import bare_loop
from tests.bench.served.files import File, files
from tests.bench.served.gateway import HEARTBEAT_SECONDS
from tests.bench.served.part import LIMITS, account
from tests.bench.served.people import Burst, People, Post
from tests.bench.served.served_discord import ServedDiscord
from tests.bench.served.watch import Watch

KILL_INTERVAL = 10.0  # seconds
POLITE_INTERVAL = 0.25  # seconds
CONCURRENT_POSTS = 40  # in the soak


@dataclass(frozen=True, slots=True)
class Options:
    folder: Path | None
    messages: int
    servers: int
    workers: int
    minutes: float


async def run(options: Options) -> int:
    """Return the exit status: 1 if a target was missed."""
    console = Console()
    posted = files(options.folder, options.messages)
    photos = [file for file in posted if not file.hostile]
    before = bare_loop([file.data for file in posted[::2]], options.workers)
    people = People(options.servers)
    figures: list[report.Figure] = []
    async with people.discord.running() as discord:
        async with _bot(options, discord) as (process, watch):
            burst = await _burst(posted, people, watch)
            figures += report.replies("burst", burst.posts, people.duplicates)
            flooding, polite = await _flood(photos[: len(photos) // 5], people)
            figures += report.fairness(flooding, polite)
            memory = watch
            if options.minutes:
                memory = Watch(watch.bot)
                soaked = await _soak(options.minutes, posted, people, memory)
                figures += report.replies(f"{options.minutes:g} minutes", soaked, people.duplicates)
            figures += report.survival(watch.killed)
            figures += report.heartbeats(discord.gateway.heartbeats[0], HEARTBEAT_SECONDS)
        lag = json.loads((await process.communicate())[0])
    after = bare_loop([file.data for file in posted[1::2]], options.workers)
    figures += report.requests(discord.requests, len(people.posts))
    figures += report.throughput(burst, before, after)
    figures += report.lag(lag)
    figures += report.memory(memory)
    report.show(console, figures)
    return any(figure.passed is False for figure in figures)


@asynccontextmanager
async def _bot(options: Options, served: ServedDiscord) -> AsyncGenerator[tuple[Process, Watch]]:
    """Run the bot in a process and a folder of its own, and watch it."""
    with TemporaryDirectory() as folder:
        settings = LIMITS | account(served.address) | {"WORKERS": str(options.workers)}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bench.served.bot_process",
            served.address,
            cwd=folder,
            env=os.environ | settings | {"PYTHONPATH": str(Path.cwd())},
            stdout=asyncio.subprocess.PIPE,
            stderr=(Path(folder) / "log").open("w"),
        )
        watching = [asyncio.create_task(_fail_if_it_ends(process, Path(folder) / "log"))]
        await served.gateway.wait_for([0])
        watch = Watch(psutil.Process(process.pid))
        watching += [
            asyncio.create_task(watch.kill_workers(KILL_INTERVAL)),
            asyncio.create_task(watch.sample_memory()),
        ]
        try:
            yield process, watch
        finally:
            for task in watching:
                task.cancel()
            with suppress(ProcessLookupError):
                process.terminate()


async def _fail_if_it_ends(process: Process, log: Path) -> None:
    """End everything if the bot ends unexpectedly."""
    await process.wait()
    text = await asyncio.to_thread(log.read_text)
    raise SystemExit(f"{text[-4000:]}\nThe bot ended, with {process.returncode}.")


async def _burst(files: Sequence[File], people: People, watch: Watch) -> Burst:
    """Post everything at once."""
    simulated, start = time.process_time(), time.monotonic()
    own, workers = watch.cpu_seconds()
    posts = [people.post(number, file) for number, file in enumerate(files)]
    await people.wait_for(posts)
    own_after, workers_after = watch.cpu_seconds()
    return Burst(
        posts,
        seconds=people.last_reply - start,
        bot_cpu=own_after - own,
        worker_cpu=workers_after - workers,
        simulated_cpu=time.process_time() - simulated,
    )


async def _flood(files: Sequence[File], people: People) -> tuple[list[Post], list[Post]]:
    """Let one server flood, and another post an image now and then until the flood is over."""
    flood = [people.post(0, file) for file in files]
    polite: list[Post] = []
    for file in cycle(files):
        await asyncio.sleep(POLITE_INTERVAL)
        if all(post.replies for post in flood):
            break
        polite.append(people.post(1, file))
    await people.wait_for(flood + polite)
    return flood, polite


async def _soak(minutes: float, files: Sequence[File], people: People, watch: Watch) -> list[Post]:
    """Keep the bot busy: post another image for each reply."""
    deadline = time.monotonic() + 60 * minutes
    endless = cycle(files)
    posts: list[Post] = []
    sampling = asyncio.create_task(watch.sample_memory())

    async def keep_posting(server: int) -> None:
        while time.monotonic() < deadline:
            post = people.post(server, next(endless))
            posts.append(post)
            await people.wait_for([post])
            server += CONCURRENT_POSTS

    await asyncio.gather(*(keep_posting(server) for server in range(CONCURRENT_POSTS)))
    sampling.cancel()
    return posts
