"""Who is served when, if more is requested than can be done at once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from yarl import URL

from bot.client import HueHarvest
from bot.demo.cdn import LocalCdn
from bot.download.fetcher import Fetcher, FetchLimits
from bot.guilds.store import Store
from bot.settings import Settings
from bot.sources.source import Source
from bot.turns import BusyError, ClosedError, FairTurns
from bot.workers.engine import Engine
from bot.workers.jobs import Extraction, Outcome
from bot.workers.processes import Processes
from tests.bot.download.hostile_server import HostileServer
from tests.bot.workers.misbehaviour import misbehave

HOST = "cdn.test"
FLOOD, POLITE = 1, 2


class BusyBot:
    """A bot whose only worker waits until :meth:`release`, and a CDN that counts downloads."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.downloads: list[str] = []
        self.finished: list[asyncio.Task[Outcome]] = []
        self._progress = asyncio.Event()

    def get(self, url: str) -> bytes | None:
        """Serve work that notes that it began, and waits; each URL's is another."""
        if URL(url).host != HOST:
            return None
        self.downloads.append(url)
        self._progress.set()
        return f"note_and_wait {self.log}{'?' * len(self.downloads)}".encode()

    def request(
        self, name: str, *, tenant: int, by_stranger: bool = False
    ) -> asyncio.Task[Outcome]:
        """Request the palette of an image of the CDN, or of any URL ``by_stranger``."""
        url = name if by_stranger else f"https://{HOST}/{name}"
        source = Source(url, by_stranger=by_stranger)
        task = asyncio.create_task(self.client.services.process(source, Extraction, tenant=tenant))
        task.add_done_callback(self.finished.append)
        task.add_done_callback(lambda _: self._progress.set())
        return task

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._progress.clear()
            await self._progress.wait()

    async def wait_until_finished(self, count: int) -> None:
        await self.wait_until(lambda: len(self.finished) >= count)

    async def wait_until_downloaded(self, count: int) -> None:
        await self.wait_until(lambda: len(self.downloads) >= count)

    def release(self) -> None:
        self.log.with_name("go").touch()


Opened = Callable[..., AbstractAsyncContextManager[BusyBot]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return a context that starts a bot with such limits."""

    @asynccontextmanager
    async def opened(limits: FetchLimits, **fetcher_options: object) -> AsyncIterator[BusyBot]:
        busy = BusyBot(tmp_path / "log")
        async with (
            LocalCdn(busy.get, host=HOST) as cdn,
            Fetcher(
                limits,
                is_allowed=cdn.is_allowed,
                middlewares=[cdn.middleware, *fetcher_options.pop("middlewares", ())],
            ) as fetcher,
            Engine(Processes(1, work=misbehave)) as engine,
            Store("sqlite://") as store,
            HueHarvest(
                Settings.model_construct(), fetcher=fetcher, engine=engine, store=store
            ) as client,
            asyncio.timeout(60),  # some would wait for ever when they fail
        ):
            busy.client = client
            try:
                yield busy
            finally:
                busy.release()

    return opened


async def test_a_burst_waits_without_bytes_and_is_answered_in_full(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=3)) as busy:
        burst = [busy.request(f"{n}.png", tenant=FLOOD) for n in range(30)]
        await busy.wait_until_downloaded(3)
        await asyncio.wait(burst, timeout=0.5)  # time enough to do what they should not
        assert len(busy.downloads) == 3
        busy.release()
        assert len({outcome.card for outcome in await asyncio.gather(*burst)}) == 30
        assert len(busy.downloads) == 30


async def test_the_next_images_are_downloaded_while_a_worker_works(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=3)) as busy:
        requests = [busy.request(f"{n}.png", tenant=FLOOD) for n in range(3)]
        await busy.wait_until_downloaded(3)  # although none is finished
        busy.release()
        await asyncio.gather(*requests)


async def test_servers_take_turns_at_downloads(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=1)) as busy:
        flood = [busy.request(f"flood/{n}", tenant=FLOOD) for n in range(5)]
        await busy.wait_until_downloaded(1)
        polite = [busy.request(f"polite/{n}", tenant=POLITE) for n in range(2)]
        await asyncio.sleep(0)
        busy.release()
        await asyncio.gather(*flood, *polite)
        servers = [url.split("/")[3] for url in busy.downloads]
    assert servers == ["flood", "flood", "polite", "flood", "polite", "flood", "flood"]


async def test_servers_take_turns_at_the_workers(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.workers.engine.MAX_WAIT", 3)  # until measured, a turn counts as 1 s
    async with opened(FetchLimits(parallel=9)) as busy:
        flood = [busy.request(f"{n}.png", tenant=FLOOD) for n in range(5)]
        await busy.wait_until_finished(1)  # one is worked on, three wait, one is refused
        polite = busy.request("polite.png", tenant=POLITE)
        await busy.wait_until_finished(2)  # one of the flood has given way
        assert all(isinstance(task.exception(), BusyError) for task in busy.finished)
        busy.release()
        await asyncio.wait([polite, *flood])
    assert busy.finished.index(polite) == 4  # of the six, after two of the flood


async def test_a_flood_is_refused_at_once_and_keeps_nobody_else_out(opened: Opened) -> None:
    limits = FetchLimits(parallel=1, max_wait=3)  # until measured, a turn counts as 1 s
    async with opened(limits) as busy:
        flood = [busy.request(f"{n}.png", tenant=FLOOD) for n in range(6)]
        await busy.wait_until_finished(2)  # one has its turn, three wait, two are refused
        polite = busy.request("polite.png", tenant=POLITE)
        await busy.wait_until_finished(3)  # the newest of the flood has given way
        refusals = [task.exception() for task in busy.finished]
        assert busy.finished == [flood[4], flood[5], flood[3]]
        assert all(isinstance(error, BusyError) and error.retry_after == 3 for error in refusals)
        busy.release()
        await asyncio.gather(polite, *flood[:3])
    assert busy.finished[3:] == [flood[0], flood[1], polite, flood[2]]


async def test_a_request_cancelled_while_it_waits_gets_no_turn(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=1)) as busy:
        first, second, third = (busy.request(f"{n}.png", tenant=FLOOD) for n in range(3))
        await busy.wait_until_downloaded(1)
        second.cancel()
        busy.release()
        await asyncio.gather(first, third)
        await busy.request("later.png", tenant=FLOOD)
    assert [url.rpartition("/")[2] for url in busy.downloads] == ["0.png", "2.png", "later.png"]


async def test_a_request_cancelled_as_its_turn_comes_passes_it_on(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=1)) as busy:
        first, second, third = (busy.request(f"{n}.png", tenant=FLOOD) for n in range(3))
        await busy.wait_until_downloaded(1)
        first.add_done_callback(lambda _: second.cancel())
        busy.release()
        await asyncio.gather(first, third)
    assert second.cancelled()


async def test_a_bot_that_stops_finishes_what_has_its_turn_and_refuses_the_rest(
    opened: Opened,
) -> None:
    async with opened(FetchLimits(parallel=1)) as busy:
        requests = [busy.request(f"{n}.png", tenant=n) for n in range(3)]
        await busy.wait_until_downloaded(1)
        await busy.client.close()
        await busy.wait_until_finished(2)
        busy.release()
        await asyncio.wait(requests)
    assert requests[0].exception() is None
    assert all(isinstance(task.exception(), ClosedError) for task in requests[1:])


async def test_turns_become_more_and_fewer() -> None:
    turns = FairTurns(1, max_wait=60)
    under_way: list[asyncio.Event] = []

    async def take_turn() -> None:
        async with turns.turn(FLOOD):
            under_way.append(asyncio.Event())
            await under_way[-1].wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(5):
            group.create_task(take_turn())
        await asyncio.sleep(0.01)
        assert len(under_way) == 1
        turns.resize(3)
        await asyncio.sleep(0.01)
        assert len(under_way) == 3
        turns.resize(1)
        for ended, begun in enumerate([3, 3, 4, 5, 5]):  # the first two are not followed by others
            under_way[ended].set()
            await asyncio.sleep(0.01)
            assert len(under_way) == begun


async def test_downloads_become_more_with_the_workers(opened: Opened) -> None:
    async with opened(FetchLimits(parallel=1)) as busy:
        requests = [busy.request(f"{n}.png", tenant=FLOOD) for n in range(4)]
        await busy.wait_until_downloaded(1)
        busy.client.services.fetcher.resize(3)
        await busy.wait_until_downloaded(3)
        busy.release()
        await asyncio.gather(*requests)


async def test_slow_links_do_not_delay_posted_images(opened: Opened) -> None:
    server = HostileServer()
    patient = FetchLimits(parallel=4, total_seconds=9999, idle_seconds=9999)
    async with (
        server.running(),
        opened(patient, middlewares=[server.middleware]) as busy,
    ):
        silent = "http://hostile.test/silent"
        links = [busy.request(silent, tenant=n, by_stranger=True) for n in range(9)]
        busy.release()
        await busy.request("photo.png", tenant=POLITE)
        assert server.requests_of.total() <= 1
        assert not any(link.done() for link in links)
        for link in links:
            link.cancel()
        await asyncio.wait(links)


def test_links_may_cost_less_than_posted_images() -> None:
    posted = FetchLimits()
    links = posted.for_strangers()
    assert links.parallel < posted.parallel
    assert links.total_seconds < posted.total_seconds
    assert links.idle_seconds < posted.idle_seconds
    assert links.max_bytes == posted.max_bytes


async def test_it_is_known_how_many_wait_and_how_many_have_their_turn() -> None:
    turns = FairTurns(2, max_wait=60)
    done = asyncio.Event()

    async def take(tenant: int) -> None:
        async with turns.turn(tenant):
            await done.wait()

    async with asyncio.TaskGroup() as group:
        for tenant in (FLOOD, FLOOD, FLOOD, FLOOD, POLITE):
            group.create_task(take(tenant))
        await asyncio.sleep(0)
        assert (turns.parallel, turns.running, turns.waiting) == (2, 2, 3)
        done.set()
    assert (turns.parallel, turns.running, turns.waiting) == (2, 0, 0)
