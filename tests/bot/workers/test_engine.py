"""What the engine guarantees when workers die, hang, use too much memory or are too few."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sklearn.datasets import load_sample_image

import palette
from bot import metrics
from bot.turns import BusyError, ClosedError
from bot.workers.engine import Engine
from bot.workers.errors import MemoryLimitError, TimeLimitError, WorkerDiedError
from bot.workers.job import Job
from bot.workers.jobs import Extraction, Outcome
from bot.workers.outputs import Poster
from bot.workers.processes import Processes
from tests.bot.workers.misbehaviour import misbehave


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    async with Engine(Processes(1, work=misbehave)) as engine:
        yield engine


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def job(behaviour: str, argument: object = "", *, colors: int = 10) -> Extraction:
    return Extraction(f"{behaviour} {argument}".encode(), colors)


async def run(engine: Engine, job: Job[Outcome]) -> Outcome:
    return await engine.run(job, tenant=1)


def lines(log: Path) -> list[str]:
    return log.read_text().splitlines()


async def wait_until_started(log: Path) -> None:
    """Return when a worker has written to the file."""

    def wait() -> None:
        while not log.exists():
            time.sleep(0.01)

    await asyncio.to_thread(wait)


def process_ids() -> set[int]:
    return {process.pid for process in multiprocessing.active_children() if process.pid}


def timed_extractions() -> int:
    return sum(metrics.JOBS["Extraction"].counts)


@pytest.fixture(autouse=True)
def others() -> set[int]:
    """Return the worker processes of other tests' engines."""
    return process_ids()


async def test_a_photo_gives_palette_and_card() -> None:
    file = BytesIO()
    Image.fromarray(load_sample_image("china.jpg")).save(file, "PNG")
    async with Engine(Processes(1)) as engine:
        outcome = await run(engine, Extraction(file.getvalue(), colors=5))
        with pytest.raises(palette.NotAnImageError):
            await run(engine, Extraction(b"some text"))
    assert outcome.palette == palette.extract(file.getvalue(), colors=5)
    assert outcome.card == palette.render_card(outcome.palette)


async def test_an_image_and_its_palette_give_a_poster() -> None:
    file = BytesIO()
    Image.fromarray(load_sample_image("china.jpg")).save(file, "PNG")
    found = palette.extract(file.getvalue(), colors=5)
    async with Engine(Processes(1)) as engine:
        png = await engine.run(Poster(file.getvalue(), found, "China"), tenant=1)
        with pytest.raises(palette.NotAnImageError):
            await engine.run(Poster(b"some text", found, "Text"), tenant=1)
    assert png == palette.render_poster(file.getvalue(), found, "China")


async def test_errors_of_the_work_are_raised_unchanged(engine: Engine) -> None:
    with pytest.raises(palette.ImageTooLargeError) as error:
        await run(engine, job("refuse"))
    refused = error.value
    assert (refused.width, refused.height, refused.limit) == (20_000, 15_000, 100_000_000)
    with pytest.raises(LookupError, match="a bug"):
        await run(engine, job("break_down"))


async def test_a_killed_worker_is_replaced_and_its_job_repeated(engine: Engine, log: Path) -> None:
    outcome = await run(engine, job("die_once", log))
    assert outcome.card == b"alive"


async def test_a_deadly_job_is_tried_twice_and_harms_no_other(engine: Engine, log: Path) -> None:
    deaths = metrics.WORKER_DEATHS.copy()
    async with asyncio.TaskGroup() as group:
        others = [group.create_task(run(engine, job("answer", n))) for n in range(3)]
        with pytest.raises(WorkerDiedError):
            await run(engine, job("die", log))
    assert metrics.WORKER_DEATHS - deaths == {"WorkerDiedError": 2}
    assert len(set(lines(log))) == 2
    assert [other.result().card for other in others] == [b"0", b"1", b"2"]


@pytest.mark.parametrize("seconds", [0, 0.5])
async def test_a_worker_killed_while_idle_is_replaced(
    engine: Engine, others: set[int], seconds: float
) -> None:
    deaths = metrics.WORKER_DEATHS.copy()
    (worker,) = process_ids() - others
    os.kill(worker, signal.SIGKILL)
    await asyncio.sleep(seconds)  # its death is noticed by the next job, or before
    assert (await run(engine, job("answer", "here"))).card == b"here"
    assert metrics.WORKER_DEATHS - deaths == {"WorkerDiedError": 1}


@pytest.mark.parametrize(
    ("behaviour", "error"), [("hang", TimeLimitError), ("devour", MemoryLimitError)]
)
async def test_a_job_beyond_its_limits_is_ended_and_not_repeated(
    log: Path, behaviour: str, error: type[Exception]
) -> None:
    deaths, jobs = metrics.WORKER_DEATHS.copy(), timed_extractions()
    async with Engine(Processes(1, time_limit=1, memory_limit=2**30, work=misbehave)) as engine:
        with pytest.raises(error):
            await run(engine, job(behaviour, log))
        assert metrics.WORKER_DEATHS - deaths == {error.__name__: 1}
        assert timed_extractions() == jobs + 1
        assert len(lines(log)) == 1
        await run(engine, job("note", log))
    assert len(set(lines(log))) == 2


async def test_the_event_loop_has_priority_over_the_workers(
    engine: Engine, others: set[int]
) -> None:
    (worker,) = process_ids() - others
    assert os.getpriority(os.PRIO_PROCESS, worker) > os.getpriority(os.PRIO_PROCESS, 0)
    assert await run(engine, job("answer", "here"))


async def test_ctrl_c_in_the_terminal_does_not_reach_the_workers(
    engine: Engine, others: set[int], log: Path
) -> None:
    (worker,) = process_ids() - others
    os.kill(worker, signal.SIGINT)
    await run(engine, job("note", log))
    assert lines(log) == [str(worker)]


async def test_the_same_image_is_processed_once(engine: Engine, log: Path) -> None:
    first, second = await asyncio.gather(
        run(engine, job("note", log)), run(engine, job("note", log))
    )
    later = await run(engine, job("note", log))
    assert first == second == later
    assert len(lines(log)) == 1
    await run(engine, job("note", log, colors=5))
    assert len(lines(log)) == 2


async def test_the_cache_is_bounded(log: Path) -> None:
    async with Engine(Processes(1, work=misbehave), cache_bytes=20_000) as engine:
        for colors in (1, 2, 1, 3, 1, 2):  # there is room for two, and 1 is always recent
            await run(engine, job("note", log, colors=colors))
    assert len(lines(log)) == 4


async def test_a_cancelled_caller_does_not_cancel_the_job_of_others(
    engine: Engine, log: Path
) -> None:
    callers = [asyncio.create_task(run(engine, job("note_and_wait", log))) for _ in range(2)]
    await wait_until_started(log)
    callers[0].cancel()
    (log.parent / "go").touch()
    assert (await callers[1]).card == str(log).encode()
    assert len(lines(log)) == 1


async def test_closing_finishes_what_runs_and_accepts_nothing_new(
    others: set[int],
    log: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.workers.engine.MAX_WAIT", 1)  # until measured, a turn counts as 1 s
    async with Engine(Processes(1, work=misbehave)) as engine:
        running = asyncio.create_task(run(engine, job("note_and_wait", log)))
        await wait_until_started(log)
        next_two = [asyncio.create_task(run(engine, job("answer", n))) for n in range(2)]
        (refused,), (waiting,) = await asyncio.wait(next_two, return_when=asyncio.FIRST_COMPLETED)
        assert isinstance(refused.exception(), BusyError)
        asyncio.get_running_loop().call_later(0.5, (log.parent / "go").touch)
    assert running.done()
    assert running.result().card == str(log).encode()
    assert process_ids() == others
    with pytest.raises(ClosedError):
        await waiting
    with pytest.raises(ClosedError):
        await run(engine, job("answer"))
    assert await run(engine, job("note_and_wait", log)) == running.result()


async def test_closing_does_not_wait_for_long(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.workers.engine.CLOSE_GRACE", 0.1)
    async with asyncio.timeout(15), Engine(Processes(1, work=misbehave)) as engine:
        running = asyncio.create_task(run(engine, job("note_and_wait", log)))
        await wait_until_started(log)
    assert running.cancelled()


async def test_no_discord_network_or_database_gets_into_a_worker(engine: Engine) -> None:
    outcome = await run(engine, job("name_modules"))
    imported = set(outcome.palette.dominant.name.split())
    assert "sklearn" in imported
    assert imported.isdisjoint({"discord", "aiohttp", "sqlalchemy", "pydantic"})
