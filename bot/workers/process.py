"""One worker process, as the bot sees it.

Pebble does the hard part: deadlines, ended processes as exceptions, fresh processes. Each worker is
a pebble pool of one: the workers of a shared pool read from one pipe under one lock, so a worker
killed at the wrong moment would take the others along.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from pebble import ProcessExpired, ProcessPool

from .errors import MemoryLimitError, TimeLimitError, WorkerDiedError
from .job import Job, Result
from .worker import ONE_THREAD, SLOW_IMPORTS, prepare

_GRACE = 10
"""Seconds beyond the time limit after which pebble itself is taken to be stuck."""


class WorkerProcess:
    """A process that does one job at a time and is replaced when it dies or has to be ended."""

    def __init__(
        self, work: Callable[[Job[Any]], Any], *, time_limit: float, memory_limit: int
    ) -> None:
        self._work = work
        self._time_limit = time_limit
        self._memory_limit = memory_limit
        self._pool = self._new_pool()

    async def start(self) -> None:
        """Start the process; return when it is warm. Raises :class:`WorkerDiedError`."""
        os.environ.update(ONE_THREAD)
        warm = await asyncio.to_thread(self._pool.schedule, os.getpid)
        try:
            async with asyncio.timeout(self._time_limit + _GRACE):
                await asyncio.wrap_future(warm)
        except (BrokenProcessPool, TimeoutError) as error:
            raise WorkerDiedError from error

    async def run(self, job: Job[Result]) -> Result:
        """Do ``job``.

        Raises what the work raises, :class:`TimeLimitError`, :class:`MemoryLimitError` or
        :class:`WorkerDiedError`; after the last three, the process is a fresh one.
        """
        try:
            future = self._schedule(job)
        except RuntimeError:  # the process died while it had nothing to do
            await self._replace()
            future = self._schedule(job)
        guard = asyncio.timeout(self._time_limit + _GRACE)
        try:
            async with guard:
                return await asyncio.wrap_future(future)
        except (TimeoutError, MemoryError, ProcessExpired, BrokenProcessPool) as error:
            await self._replace()
            if isinstance(error, MemoryError):
                raise MemoryLimitError from error
            if isinstance(error, TimeoutError) and not guard.expired():
                raise TimeLimitError(self._time_limit) from error
            raise WorkerDiedError from error

    async def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._pool.stop()
        await asyncio.to_thread(self._pool.join)

    async def _replace(self) -> None:
        await self.stop()
        self._pool = self._new_pool()
        await self.start()

    def _schedule(self, job: Job[Result]) -> Future[Result]:
        return self._pool.schedule(self._work, args=(job,), timeout=self._time_limit)

    def _new_pool(self) -> ProcessPool:
        # Workers are forked from a server process that has the imports done and no threads; never
        # from the bot, whose threads and connections they would inherit.
        context = get_context("forkserver")
        context.set_forkserver_preload([prepare.__module__, *SLOW_IMPORTS])
        return ProcessPool(
            max_workers=1,
            initializer=prepare,
            initargs=(self._memory_limit,),
            context=context,  # pyright: ignore[reportArgumentType], its Pipe differs on Windows
        )
