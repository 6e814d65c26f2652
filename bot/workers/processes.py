"""Worker processes on this machine."""

import asyncio
import os
from collections.abc import Callable
from typing import Any, Self

from .errors import WorkerDiedError
from .job import Job, Result
from .process import WorkerProcess
from .worker import run_job


class Processes:
    """Runs jobs in ``count`` worker processes; an async context manager.

    Without ``count``, there is one per processor. A job has ``time_limit`` seconds, a process
    ``memory_limit`` bytes of address space. ``work`` is what a process does with a job.
    """

    def __init__(
        self,
        count: int | None = None,
        *,
        time_limit: float = 20,
        memory_limit: int = 2 * 2**30,
        work: Callable[[Job[Any]], object] = run_job,
    ) -> None:
        self.count = count or os.cpu_count() or 1
        self._all = [
            WorkerProcess(work, time_limit=time_limit, memory_limit=memory_limit)
            for _ in range(self.count)
        ]
        self._idle: asyncio.LifoQueue[WorkerProcess] = asyncio.LifoQueue()
        for process in self._all:
            self._idle.put_nowait(process)

    async def __aenter__(self) -> Self:
        try:
            await asyncio.gather(*(process.start() for process in self._all))
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def are_ready(self) -> bool:
        """Whether they are; that one is being replaced does not matter."""
        return True

    def follow(self, resize: Callable[[int], object]) -> None:
        """Call ``resize`` with how many jobs can run at a time, which does not change."""
        resize(self.count)

    async def run(self, job: Job[Result]) -> Result:
        """Return the result of ``job``, run by the next process that is idle.

        Raises what the job raises, or an :class:`~bot.workers.errors.EngineError`.
        """
        process = await self._idle.get()
        try:
            try:
                return await process.run(job)
            except WorkerDiedError:  # perhaps not the job's fault: try a new process
                return await process.run(job)
        finally:
            self._idle.put_nowait(process)

    async def retire(self) -> None:
        """Stop the processes, once they are idle; nothing more may be run."""
        for _ in self._all:
            await self._idle.get()
        await self.stop()

    async def stop(self) -> None:
        """Kill the processes, whatever they are doing."""
        await asyncio.gather(*(process.stop() for process in self._all))
