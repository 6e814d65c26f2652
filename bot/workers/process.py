"""One worker process, seen from the bot.

Pebble does the hard parts: deadlines, exceptions for dead processes, and new processes. Each worker
is a pebble pool of one: the workers of a larger pool read from one pipe under one lock, so one that
is killed at the wrong moment would take the others with it.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from pebble import ProcessExpired, ProcessPool

from bot import metrics

from .errors import EngineError, MemoryLimitError, TimeLimitError, WorkerDiedError
from .job import Job, Result
from .worker import SINGLE_THREAD_ENVIRONMENT, SLOW_IMPORTS, become_worker

_GRACE = 10  # seconds beyond the time limit, after which pebble itself counts as stuck


class WorkerProcess:
    """A process that runs one job at a time and is replaced when it dies or must be killed.

    ``work`` is what it does with a job. ``time_limit`` is in seconds per job, ``memory_limit`` in
    bytes of address space.
    """

    def __init__(
        self, work: Callable[[Job[Any]], Any], *, time_limit: float, memory_limit: int
    ) -> None:
        self._work = work
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        self._pool = self._new_pool()

    async def start(self) -> None:
        """Start the process and wait until it is warm. Raises :class:`WorkerDiedError`."""
        os.environ.update(SINGLE_THREAD_ENVIRONMENT)
        started = await asyncio.to_thread(self._pool.schedule, os.getpid)
        try:
            async with asyncio.timeout(self._time_limit + _GRACE):
                await asyncio.wrap_future(started)
        except (BrokenProcessPool, TimeoutError) as error:
            raise WorkerDiedError from error

    async def run(self, job: Job[Result]) -> Result:
        """Return the result of ``job``.

        Raises what ``work`` raises, or :class:`TimeLimitError`, :class:`MemoryLimitError` or
        :class:`WorkerDiedError`; after one of these three, the process has been replaced.
        """
        try:
            future = self._schedule(job)
        except RuntimeError:  # the process died while it was idle
            await self._replace(WorkerDiedError())
            future = self._schedule(job)
        guard = asyncio.timeout(self._time_limit + _GRACE)
        try:
            async with guard:
                return await asyncio.wrap_future(future)
        except (TimeoutError, MemoryError, ProcessExpired, BrokenProcessPool) as error:
            reason = WorkerDiedError()
            if isinstance(error, MemoryError):
                reason = MemoryLimitError()
            elif isinstance(error, TimeoutError) and not guard.expired():
                reason = TimeLimitError(self._time_limit)
            await self._replace(reason)
            raise reason from error

    async def stop(self) -> None:
        """Kill the process, whatever it is doing."""
        self._pool.stop()
        await asyncio.to_thread(self._pool.join)

    async def _replace(self, reason: EngineError) -> None:
        metrics.WORKER_DEATHS[type(reason).__name__] += 1
        await self.stop()
        self._pool = self._new_pool()
        await self.start()

    def _schedule(self, job: Job[Result]) -> Future[Result]:
        return self._pool.schedule(self._work, args=(job,), timeout=self._time_limit)

    def _new_pool(self) -> ProcessPool:
        # Workers are forked from a server process that has done the imports and has no threads;
        # never from the bot, whose threads and connections they would inherit.
        context = get_context("forkserver")
        context.set_forkserver_preload([become_worker.__module__, *SLOW_IMPORTS])
        return ProcessPool(
            max_workers=1,
            initializer=become_worker,
            initargs=(self._memory_limit,),
            context=context,  # pyright: ignore[reportArgumentType], its Pipe differs on Windows
        )
