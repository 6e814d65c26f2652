"""The one place where work leaves the event loop: for processes on this machine, or a cluster."""

import asyncio
import pickle
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Any, Protocol, Self

from cachetools import LRUCache

from bot import metrics
from bot.turns import MAX_WAIT, ClosedError, FairTurns

from .job import Job, Result

CLOSE_GRACE = 5.0  # seconds; the replies that jobs are for have had theirs by then


class Workers(AbstractAsyncContextManager["Workers"], Protocol):
    """What runs the jobs: :class:`~bot.workers.processes.Processes` or a cluster."""

    @property
    def are_ready(self) -> bool:
        """Whether a job could run at once if it got its turn."""
        ...

    def follow(self, resize: Callable[[int], object]) -> None:
        """Call ``resize`` with how many jobs can run at a time, now and when that changes."""
        ...

    async def run(self, job: Job[Result]) -> Result:
        """Return the result of ``job``, or raise as :meth:`Engine.run` does."""
        ...


class Engine:
    """Runs jobs on ``workers``, which it starts and stops; an async context manager.

    ``cache_bytes`` is about how much memory the cached results may take. Jobs wait for a worker in
    :class:`~bot.turns.FairTurns`, up to about :data:`~bot.turns.MAX_WAIT`; each has its image in
    memory, so callers should let only a few wait. At the end, jobs that run have
    :data:`CLOSE_GRACE` to finish: on a cluster, one may wait for minutes.
    """

    def __init__(self, workers: Workers, *, cache_bytes: int = 32 * 2**20) -> None:
        self._workers = workers
        self.turns = FairTurns(1, max_wait=MAX_WAIT)
        self._running: dict[Job[Any], asyncio.Task[Any]] = {}
        self._cache: LRUCache[Job[Any], Any] = LRUCache(cache_bytes, getsizeof=_estimated_size)
        self._closed = False

    async def __aenter__(self) -> Self:
        await self._workers.__aenter__()
        self._workers.follow(self.turns.resize)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        self.turns.refuse_waiting()
        running = list(self._running.values())
        try:
            if running:
                await asyncio.wait(running, timeout=CLOSE_GRACE)
        finally:
            for task in running:
                task.cancel()
            await self._workers.__aexit__(None, None, None)

    @property
    def is_ready(self) -> bool:
        """Whether its workers are."""
        return self._workers.are_ready

    async def run(self, job: Job[Result], *, tenant: int) -> Result:
        """Run ``job`` in a worker and return its result; equal jobs in progress run only once.

        ``tenant`` is the id of the server or user it is for: waiting tenants are served in turn.
        Cancelling one caller does not cancel the job for the others. Raises
        :class:`palette.PaletteError`, :class:`~bot.workers.errors.EngineError` or, if the job gets
        no turn, :class:`~bot.turns.BusyError` or :class:`~bot.turns.ClosedError`.
        """
        key = await asyncio.to_thread(job.cache_key)  # hashing an image takes a while
        if (cached := self._cache.get(key)) is not None:
            return cached
        if (task := self._running.get(key)) is None:
            if self._closed:
                raise ClosedError
            task = self._running[key] = asyncio.create_task(self._run_in_turn(job, tenant))
            task.add_done_callback(partial(self._finish, key))
        return await asyncio.shield(task)

    async def _run_in_turn(self, job: Job[Result], tenant: int) -> Result:
        async with self.turns.turn(tenant):
            with metrics.JOBS[type(job).__name__].measured():
                return await self._workers.run(job)

    def _finish(self, key: Job[Any], task: asyncio.Task[Any]) -> None:
        del self._running[key]
        # Reading the exception marks it as retrieved, in case every caller was cancelled.
        if task.cancelled() or task.exception() is not None:
            return
        with suppress(ValueError):  # larger than the whole cache
            self._cache[key] = task.result()


def _estimated_size(result: object) -> int:
    """Return about how many bytes a result takes in memory."""
    return len(pickle.dumps(result)) + 8 * 1024
