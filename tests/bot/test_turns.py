"""Who is served when, when more is asked than can be done at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from yarl import URL

from bot.client import HueHarvest
from bot.demo.cdn import LocalCdn
from bot.download.fetcher import Fetcher, FetchLimits
from bot.guilds.store import Store
from bot.settings import Settings
from bot.sources.source import Source
from bot.turns import BusyError, ClosedError
from bot.workers.engine import Engine
from bot.workers.jobs import Extraction, Outcome
from tests.bot.download.hostile_server import HostileServer
from tests.bot.workers.misbehaviour import misbehave

HOST = "cdn.test"
FLOOD, POLITE = 1, 2


class World:
    """A bot whose only worker waits for :meth:`go`, and a CDN that counts."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.downloads: list[str] = []
        self.finished: list[asyncio.Task[Outcome]] = []
        self._news = asyncio.Event()

    def get(self, url: str) -> bytes | None:
        """Serve work that notes that it began, and waits; each URL's is another."""
        if URL(url).host != HOST:
            return None
        self.downloads.append(url)
        self._news.set()
        return f"note_and_wait {self.log}{'?' * len(self.downloads)}".encode()

    def ask(self, name: str, *, tenant: int, by_stranger: bool = False) -> asyncio.Task[Outcome]:
        url = name if by_stranger else f"https://{HOST}/{name}"
        source = Source(url, by_stranger=by_stranger)
        task = asyncio.create_task(self.client.services.process(source, Extraction, tenant=tenant))
        task.add_done_callback(self.finished.append)
        task.add_done_callback(lambda _: self._news.set())
        return task

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._news.clear()
            await self._news.wait()

    async def until_finished(self, count: int) -> None:
        await self.until(lambda: len(self.finished) >= count)

    async def until_downloaded(self, count: int) -> None:
        await self.until(lambda: len(self.downloads) >= count)

    def go(self) -> None:
        self.log.with_name("go").touch()


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., AsyncIterator[World]]:
    @asynccontextmanager
    async def opened(limits: FetchLimits, **fetcher_options: object) -> AsyncIterator[World]:
        world = World(tmp_path / "log")
        async with (
            LocalCdn(world.get, host=HOST) as cdn,
            Fetcher(
                limits,
                is_allowed=cdn.is_allowed,
                middlewares=[cdn.middleware, *fetcher_options.pop("middlewares", ())],
            ) as fetcher,
            Engine(workers=1, work=misbehave) as engine,
            Store("sqlite://") as store,
            HueHarvest(
                Settings.model_construct(), fetcher=fetcher, engine=engine, store=store
            ) as client,
            asyncio.timeout(60),  # some would wait for ever when they fail
        ):
            world.client = client
            try:
                yield world
            finally:
                world.go()

    return opened


async def test_a_burst_waits_without_bytes_and_is_all_answered(
    opened: Callable[..., "World"],
) -> None:
    async with opened(FetchLimits(parallel=3)) as world:
        burst = [world.ask(f"{n}.png", tenant=FLOOD) for n in range(30)]
        await world.until_downloaded(3)
        await asyncio.wait(burst, timeout=0.5)  # time enough to do what they should not
        assert len(world.downloads) == 3
        world.go()
        assert len({outcome.card for outcome in await asyncio.gather(*burst)}) == 30
        assert len(world.downloads) == 30


async def test_while_a_worker_works_the_next_pictures_are_downloaded(
    opened: Callable[..., "World"],
) -> None:
    async with opened(FetchLimits(parallel=3)) as world:
        asked = [world.ask(f"{n}.png", tenant=FLOOD) for n in range(3)]
        await world.until_downloaded(3)  # although none is done
        world.go()
        await asyncio.gather(*asked)


async def test_servers_are_served_in_turn(opened: Callable[..., "World"]) -> None:
    async with opened(FetchLimits(parallel=1)) as world:
        flood = [world.ask(f"flood/{n}", tenant=FLOOD) for n in range(5)]
        await world.until_downloaded(1)
        polite = [world.ask(f"polite/{n}", tenant=POLITE) for n in range(2)]
        await asyncio.sleep(0)
        world.go()
        await asyncio.gather(*flood, *polite)
        servers = [url.split("/")[3] for url in world.downloads]
    assert servers == ["flood", "flood", "polite", "flood", "polite", "flood", "flood"]


async def test_servers_are_served_in_turn_by_the_workers_too(
    opened: Callable[..., "World"], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workers.engine.MAX_WAIT", 3)  # before any is done, a turn counts as 1
    async with opened(FetchLimits(parallel=9)) as world:
        flood = [world.ask(f"{n}.png", tenant=FLOOD) for n in range(5)]
        await world.until_finished(1)  # one is worked on, three wait, one is refused
        polite = world.ask("polite.png", tenant=POLITE)
        await world.until_finished(2)  # one of the flood has given way
        assert all(isinstance(task.exception(), BusyError) for task in world.finished)
        world.go()
        await asyncio.wait([polite, *flood])
    assert world.finished.index(polite) == 4  # of the six, after two of the flood


async def test_a_flood_is_refused_at_once_and_keeps_nobody_else_out(
    opened: Callable[..., "World"],
) -> None:
    limits = FetchLimits(parallel=1, max_wait=3)  # seconds; before any is done, a turn counts as 1
    async with opened(limits) as world:
        flood = [world.ask(f"{n}.png", tenant=FLOOD) for n in range(6)]
        await world.until_finished(2)  # one has its turn, three wait, two are refused
        polite = world.ask("polite.png", tenant=POLITE)
        await world.until_finished(3)  # the newest of the flood has given way
        refusals = [task.exception() for task in world.finished]
        assert world.finished == [flood[4], flood[5], flood[3]]
        assert all(isinstance(error, BusyError) and error.retry_after == 3 for error in refusals)
        world.go()
        await asyncio.gather(polite, *flood[:3])
    assert world.finished[3:] == [flood[0], flood[1], polite, flood[2]]


async def test_who_leaves_the_line_keeps_no_turn(opened: Callable[..., "World"]) -> None:
    async with opened(FetchLimits(parallel=1)) as world:
        first, second, third = (world.ask(f"{n}.png", tenant=FLOOD) for n in range(3))
        await world.until_downloaded(1)
        second.cancel()
        world.go()
        await asyncio.gather(first, third)
        await world.ask("later.png", tenant=FLOOD)
    assert [url.rpartition("/")[2] for url in world.downloads] == ["0.png", "2.png", "later.png"]


async def test_who_leaves_as_the_turn_comes_passes_it_on(opened: Callable[..., "World"]) -> None:
    async with opened(FetchLimits(parallel=1)) as world:
        first, second, third = (world.ask(f"{n}.png", tenant=FLOOD) for n in range(3))
        await world.until_downloaded(1)
        first.add_done_callback(lambda _: second.cancel())
        world.go()
        await asyncio.gather(first, third)
    assert second.cancelled()


async def test_a_bot_that_stops_finishes_what_has_its_turn_and_refuses_the_rest(
    opened: Callable[..., "World"],
) -> None:
    async with opened(FetchLimits(parallel=1)) as world:
        asked = [world.ask(f"{n}.png", tenant=n) for n in range(3)]
        await world.until_downloaded(1)
        await world.client.close()
        await world.until_finished(2)
        world.go()
        await asyncio.wait(asked)
    assert asked[0].exception() is None
    assert all(isinstance(task.exception(), ClosedError) for task in asked[1:])


async def test_slow_links_keep_no_posted_picture_waiting(
    opened: Callable[..., "World"],
) -> None:
    server = HostileServer()
    patient = FetchLimits(parallel=4, total_seconds=9999, idle_seconds=9999)
    async with (
        server.running(),
        opened(patient, middlewares=[server.middleware]) as world,
    ):
        silent = "http://hostile.test/silent"
        links = [world.ask(silent, tenant=n, by_stranger=True) for n in range(9)]
        world.go()
        await world.ask("photo.png", tenant=POLITE)
        assert server.asked.total() <= 1
        assert not any(link.done() for link in links)
        for link in links:
            link.cancel()
        await asyncio.wait(links)


def test_links_may_cost_less() -> None:
    posted = FetchLimits()
    links = posted.for_strangers()
    assert links.parallel < posted.parallel
    assert links.total_seconds < posted.total_seconds
    assert links.idle_seconds < posted.idle_seconds
    assert links.max_bytes == posted.max_bytes
