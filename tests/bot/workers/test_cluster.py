"""What the engine guarantees on a Dask cluster, whose parts come and go. The tests share one."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from distributed import Scheduler, Security

import palette
from bot.turns import BusyError
from bot.workers.cluster import Cluster
from bot.workers.connection import read_security
from bot.workers.dask_worker import ProcessesPlugin
from bot.workers.engine import Engine
from bot.workers.errors import MemoryLimitError, TimeLimitError, WorkerDiedError
from bot.workers.job import Job
from bot.workers.jobs import Extraction, Outcome, Scale
from tests.bot.local_discord import LocalDiscord
from tests.bot.processes import running_bot
from tests.bot.workers.dask_cluster import DaskCluster, TLSFiles
from tests.bot.workers.misbehaviour import Misbehaviour

open_scheduler = partial(Scheduler, host="127.0.0.1", dashboard_address="127.0.0.1:0")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> TLSFiles:
    return TLSFiles.write(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def dask(tls: TLSFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with DaskCluster(tmp_path_factory.mktemp("dask"), tls).running() as dask:
        yield dask


@pytest.fixture
def open_cluster(dask: DaskCluster, tls: TLSFiles) -> Callable[[], Cluster]:
    """Return a function that connects a bot to the cluster."""
    security = read_security(*tls)
    return partial(Cluster, dask.address, security, time_limit=10, memory_limit=2**30, patience=90)


@pytest.fixture
async def engine(open_cluster: Callable[[], Cluster]) -> AsyncIterator[Engine]:
    async with Engine(open_cluster()) as engine:
        yield engine


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def job(behaviour: str, argument: object = "", *, size: int = 0) -> Misbehaviour:
    return Misbehaviour(f"{behaviour} {argument}".encode() + b" " * size)


async def run(engine: Engine, job: Job[Outcome]) -> Outcome:
    return await engine.run(job, tenant=1)


def lines(log: Path) -> list[str]:
    return log.read_text().splitlines()


async def wait_for_lines(log: Path, count: int) -> None:
    """Return when workers have written as many lines to the file."""

    def wait() -> None:
        deadline = time.monotonic() + 60
        while not log.exists() or len(lines(log)) < count:
            assert time.monotonic() < deadline
            time.sleep(0.02)

    await asyncio.to_thread(wait)


def wait_for_plugin(scheduler: Scheduler) -> None:
    deadline = time.monotonic() + 20
    while ProcessesPlugin.name not in scheduler.worker_plugins:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def two_jobs(folder: Path) -> list[Misbehaviour]:
    """Return jobs that end once there is a file ``go`` in the folder, which is created."""
    folder.mkdir(exist_ok=True)
    return [job("note_and_wait", folder / name, size=2**20) for name in "ab"]


async def begin_two(bot: Cluster, folder: Path) -> list[asyncio.Task[Outcome]]:
    """Begin these jobs, one on each worker."""
    runs = [asyncio.create_task(bot.run(job)) for job in two_jobs(folder)]
    for name in "ab":
        await wait_for_lines(folder / name, 1)
    return runs


async def test_an_image_gives_the_same_bytes_as_at_home(engine: Engine) -> None:
    photo = files("sklearn.datasets.images").joinpath("flower.jpg").read_bytes()
    extraction, scale = Extraction(photo, colors=5), Scale((10, 20, 30), "de")
    assert await run(engine, extraction) == extraction.run()
    assert await run(engine, scale) == scale.run()
    assert engine.is_ready


async def test_errors_of_jobs_are_raised_unchanged(engine: Engine) -> None:
    with pytest.raises(palette.ImageTooLargeError) as error:
        await run(engine, job("refuse"))
    refused = error.value
    assert (refused.width, refused.height, refused.limit) == (20_000, 15_000, 100_000_000)
    with pytest.raises(LookupError, match="a bug") as bug:
        await run(engine, job("break_down"))
    assert "in break_down" in bug.value.__notes__[0]


async def test_equal_jobs_of_two_bots_run_once(
    open_cluster: Callable[[], Cluster], log: Path
) -> None:
    shared = job("note_and_wait", log, size=2**20)
    async with open_cluster() as bot, open_cluster() as another:
        runs = [asyncio.create_task(cluster.run(shared)) for cluster in (bot, another)]
        await wait_for_lines(log, 1)
        await asyncio.sleep(0.5)  # in which the other one's would begin
        (log.parent / "go").touch()
        first, second = await asyncio.gather(*runs)
        async with open_cluster() as later:
            assert first == second == await later.run(shared)
    assert len(lines(log)) == 1


async def test_a_hostile_job_costs_processes_and_no_worker(
    dask: DaskCluster, engine: Engine, tmp_path: Path
) -> None:
    hostile = [("die", WorkerDiedError, 2), ("devour", MemoryLimitError, 1)]
    for behaviour, error, processes in hostile:
        log = tmp_path / behaviour
        with pytest.raises(error):
            await run(engine, job(behaviour, log))
        assert len(set(lines(log))) == processes
    assert [worker.poll() for worker in dask.workers] == [None]


async def test_changed_limits_apply(open_cluster: Callable[..., Cluster]) -> None:
    async with open_cluster(time_limit=1) as bot:
        with pytest.raises(TimeLimitError) as error:
            await bot.run(job("sleep", 9))
    assert error.value.seconds == 1
    async with open_cluster() as restarted:
        assert await restarted.run(job("sleep", 1.2))


async def test_an_error_is_not_remembered(engine: Engine, log: Path) -> None:
    for _ in range(2):
        with pytest.raises(palette.ImageTooLargeError):
            await run(engine, job("note_and_refuse", log))
        await asyncio.sleep(0.1)  # nobody asks again sooner
    assert len(lines(log)) == 2


async def test_a_worker_that_joins_takes_its_turns(
    dask: DaskCluster, open_cluster: Callable[..., Cluster], tmp_path: Path
) -> None:
    sizes: asyncio.Queue[int] = asyncio.Queue()
    async with open_cluster() as bot:
        bot.follow(sizes.put_nowait)
        dask.start_worker()
        while await sizes.get() != 2:
            pass
        runs = await begin_two(bot, tmp_path / "two")
        (tmp_path / "two" / "go").touch()
        await asyncio.gather(*runs)


async def test_what_a_killed_worker_does_and_has_done_is_done_elsewhere(
    dask: DaskCluster, open_cluster: Callable[..., Cluster], tmp_path: Path
) -> None:
    before, now = tmp_path / "before", tmp_path / "now"
    async with open_cluster() as bot:
        ended = await begin_two(bot, before)
        (before / "go").touch()
        results = await asyncio.gather(*ended)
        running = await begin_two(bot, now)
        dask.kill_worker()
        (now / "go").touch()
        await asyncio.gather(*running)
        assert results == await asyncio.gather(*(bot.run(job) for job in two_jobs(before)))
    for folder in (before, now):
        assert sum(len(lines(folder / name)) for name in "ab") == 3


async def test_a_job_outlives_the_scheduler(dask: DaskCluster, engine: Engine, log: Path) -> None:
    running = asyncio.create_task(run(engine, job("note_and_wait", log, size=2**20)))
    await wait_for_lines(log, 1)
    dask.kill_scheduler()
    orphans, dask.workers = dask.workers, []
    dask.start_scheduler()
    dask.start_worker()
    for worker in orphans:
        assert await asyncio.to_thread(worker.wait, 60) == 0  # for a supervisor to start it again
    (log.parent / "go").touch()
    assert (await running).card == str(log).encode()
    assert len(lines(log)) == 2


@pytest.mark.asyncio(loop_scope="session")
async def test_the_bot_answers_from_the_cluster(
    dask: DaskCluster,
    tls: TLSFiles,
    local_discord: LocalDiscord,
    tmp_path: Path,
    stripes: Callable[..., bytes],
) -> None:
    names = {f"CLUSTER_{name.upper()}": str(file) for name, file in tls._asdict().items()}
    async with running_bot(local_discord, tmp_path, ENGINE=dask.address, **names):
        await local_discord.post(("a.png", stripes((200, 0, 0))))
        await local_discord.wait_until(lambda discord: bool(discord.sent))
    assert local_discord.sent[0].files
    assert f"the cluster at {dask.address} can run" in (tmp_path / "log").read_text()


async def test_without_a_scheduler_jobs_are_refused_after_a_while_and_then_at_once() -> None:
    gone = Cluster("tcp://127.0.0.1:9", read_security(None, None, None), patience=0.5)
    await asyncio.sleep(0.5)  # as long as an upgrade of the database may take
    async with gone:
        runs = [asyncio.create_task(gone.run(job("answer", number))) for number in range(2)]
        await asyncio.sleep(0.1)
        assert not runs[0].done()
        for refused in runs:
            with pytest.raises(BusyError):
                await refused
        async with asyncio.timeout(0.4):
            with pytest.raises(BusyError):
                await gone.run(job("answer"))


async def test_without_workers_jobs_are_refused_until_there_are_some(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with (
        open_scheduler(port=0) as scheduler,
        Cluster(scheduler.address, Security(), patience=0.5) as cluster,
    ):
        with pytest.raises(BusyError):
            await cluster.run(job("answer"))
        assert not cluster.are_ready
        assert "it has no workers" in caplog.text


async def test_a_scheduler_that_is_back_at_once_gets_the_plugin_too() -> None:
    async with open_scheduler(port=0) as first, Cluster(first.address, Security()):
        await asyncio.to_thread(wait_for_plugin, first)
        await first.close()
        async with open_scheduler(port=first.port) as second:
            await asyncio.to_thread(wait_for_plugin, second)


async def test_a_bot_stops_although_its_scheduler_is_gone() -> None:
    async with (
        asyncio.timeout(15),
        open_scheduler(port=0) as scheduler,
        Cluster(scheduler.address, Security()),
    ):
        await asyncio.to_thread(wait_for_plugin, scheduler)
        await scheduler.close()
        await asyncio.sleep(1.5)  # now it notices


async def test_a_stranger_is_no_part_of_the_cluster(
    dask: DaskCluster, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = read_security(*TLSFiles.write(tmp_path))
    async with Cluster(dask.address, theirs, patience=1) as cluster:
        with pytest.raises(BusyError):
            await cluster.run(job("answer"))
    assert "out of reach" in caplog.text
