"""The one place where work leaves the event loop for worker processes on this machine."""

import asyncio
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Self

from cachetools import LRUCache

from bot import metrics
from bot.turns import MAX_WAIT, ClosedError, FairTurns

from .errors import WorkerDiedError
from .job import Job, Result
from .process import WorkerProcess
from .worker import run_job


class Engine:
    """Runs jobs in worker processes; an async context manager.

    Without ``workers``, there is one per processor. A job has ``time_limit`` seconds, a worker
    ``memory_limit`` bytes of address space. ``cache_bytes`` is about how much memory the cached
    results may take. ``work`` is what a worker does with a job. Jobs wait for a worker in
    :class:`~bot.turns.FairTurns`, up to about :data:`~bot.turns.MAX_WAIT`; each has its image in
    memory, so callers should let only a few wait.
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        time_limit: float = 20,
        memory_limit: int = 2 * 2**30,
        cache_bytes: int = 32 * 2**20,
        work: Callable[[Job[Any]], object] = run_job,
    ) -> None:
        self._workers = [
            WorkerProcess(work, time_limit=time_limit, memory_limit=memory_limit)
            for _ in range(workers or os.cpu_count() or 1)
        ]
        self._idle = self._workers.copy()
        self.turns = FairTurns(len(self._workers), max_wait=MAX_WAIT)
        self._running: dict[Job[Any], asyncio.Task[Any]] = {}
        self._cache: LRUCache[Job[Any], Any] = LRUCache(cache_bytes, getsizeof=_estimated_size)
        self._closed = False

    async def __aenter__(self) -> Self:
        try:
            await asyncio.gather(*(worker.start() for worker in self._workers))
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        self.turns.refuse_waiting()
        try:
            await asyncio.gather(*self._running.values(), return_exceptions=True)
        finally:
            await self._stop()

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
            worker = self._idle.pop()  # there are as many turns as workers
            try:
                with metrics.JOBS[type(job).__name__].measured():
                    return await _run_despite_death(worker, job)
            finally:
                self._idle.append(worker)

    def _finish(self, key: Job[Any], task: asyncio.Task[Any]) -> None:
        del self._running[key]
        # Reading the exception marks it as retrieved, in case every caller was cancelled.
        if task.cancelled() or task.exception() is not None:
            return
        with suppress(ValueError):  # larger than the whole cache
            self._cache[key] = task.result()

    async def _stop(self) -> None:
        await asyncio.gather(*(worker.stop() for worker in self._workers))


async def _run_despite_death(worker: WorkerProcess, job: Job[Result]) -> Result:
    try:
        return await worker.run(job)
    except WorkerDiedError:  # perhaps not the job's fault: try a new process
        return await worker.run(job)


def _estimated_size(result: object) -> int:
    """Return about how many bytes a result takes in memory."""
    return len(pickle.dumps(result)) + 8 * 1024
