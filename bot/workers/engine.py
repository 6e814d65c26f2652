"""The one place where work leaves the event loop: local worker processes."""

import asyncio
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Self

from cachetools import LRUCache

from bot.turns import ClosedError, FairTurns

from .errors import WorkerDiedError
from .job import Job, Result
from .process import WorkerProcess
from .worker import do

MAX_WAIT = 600.0  # seconds; a user can be answered for 15 minutes


class Engine:
    """Does jobs in worker processes; an async context manager.

    ``time_limit`` is seconds a job, ``memory_limit`` bytes of address space a worker. Results of
    up to ``cache_bytes`` are kept for when the same is asked again. Jobs wait for a worker in
    :class:`~bot.turns.FairTurns`, for at most about :data:`MAX_WAIT`, each with its picture in
    memory: few should.
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        time_limit: float = 20,
        memory_limit: int = 2 * 2**30,
        cache_bytes: int = 32 * 2**20,
        work: Callable[[Job[Any]], object] = do,
    ) -> None:
        self._workers = [
            WorkerProcess(work, time_limit=time_limit, memory_limit=memory_limit)
            for _ in range(workers or os.cpu_count() or 1)
        ]
        self._idle = self._workers.copy()
        self._turns = FairTurns(len(self._workers), max_wait=MAX_WAIT)
        self._running: dict[Job[Any], asyncio.Task[Any]] = {}
        self._cache: LRUCache[Job[Any], Any] = LRUCache(cache_bytes, getsizeof=_size)
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
        self._turns.dismiss()
        try:
            await asyncio.gather(*self._running.values(), return_exceptions=True)
        finally:
            await self._stop()

    async def run(self, job: Job[Result], *, tenant: int) -> Result:
        """Do ``job``, once for all who ask for the same at the same time.

        ``tenant`` is the server or user it is done for: those who wait are served in turn. Raises
        :class:`palette.PaletteError` or :class:`EngineError`. A caller that is cancelled does not
        take the job away from the others.
        """
        key = await asyncio.to_thread(job.key)  # digests its image
        if (known := self._cache.get(key)) is not None:
            return known
        if (task := self._running.get(key)) is None:
            if self._closed:
                raise ClosedError
            task = self._running[key] = asyncio.create_task(self._do(job, tenant))
            task.add_done_callback(partial(self._finish, key))
        return await asyncio.shield(task)

    async def _do(self, job: Job[Result], tenant: int) -> Result:
        async with self._turns.turn(tenant):
            worker = self._idle.pop()  # there are as many turns as workers
            try:
                try:
                    return await worker.run(job)
                except WorkerDiedError:  # perhaps not this job's fault: the fresh one may try
                    return await worker.run(job)
            finally:
                self._idle.append(worker)

    def _finish(self, key: Job[Any], task: asyncio.Task[Any]) -> None:
        del self._running[key]
        # Asking for the exception marks it as seen, in case every caller was cancelled.
        if task.cancelled() or task.exception() is not None:
            return
        with suppress(ValueError):  # larger than all the memory for results
            self._cache[key] = task.result()

    async def _stop(self) -> None:
        await asyncio.gather(*(worker.stop() for worker in self._workers))


def _size(result: object) -> int:
    """Return about how many bytes a result takes in memory."""
    return len(pickle.dumps(result)) + 8 * 1024
