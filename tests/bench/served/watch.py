"""The processes of the bot from outside: their memory and CPU time, and killing them."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from time import monotonic

import numpy as np
import psutil

SAMPLE_INTERVAL = 2.0  # seconds
MEBIBYTE = 2**20


@dataclass
class Watch:
    """Memory in MiB over time: each page shared by n processes counts as 1/n in each (PSS)."""

    bot: psutil.Process
    seconds: list[float] = field(default_factory=list)
    bot_memory: list[float] = field(default_factory=list)
    worker_memory: list[float] = field(default_factory=list)
    killed: int = 0

    def workers(self) -> list[psutil.Process]:
        """Return the workers: they are children of a server process that forks them."""
        return [worker for child in self.bot.children() for worker in child.children()]

    async def kill_workers(self, interval: float) -> None:
        """Kill a worker now and then, whatever it is doing."""
        random = Random(0)  # noqa: S311, nothing to keep secret
        while True:
            await asyncio.sleep(interval)
            if workers := self.workers():
                random.choice(workers).kill()
                self.killed += 1

    async def sample_memory(self) -> None:
        while True:
            workers = [_memory(worker) for worker in self.workers()]
            self.seconds.append(monotonic())
            self.bot_memory.append(_memory(self.bot))
            self.worker_memory.append(sum(workers))
            await asyncio.sleep(SAMPLE_INTERVAL)

    def cpu_seconds(self) -> tuple[float, float]:
        """Return the CPU seconds of the bot's own process and of its workers so far."""
        own = self.bot.cpu_times()
        # The CPU time of an ended worker counts for the server that forked it.
        servers = [server.cpu_times() for server in self.bot.children()]
        ended = sum(times.children_user + times.children_system for times in servers)
        return own.user + own.system, ended + sum(map(_cpu_seconds, self.workers()))


def growth(seconds: list[float], memory: list[float]) -> float:
    """Return the relative growth of memory in the second half, by linear regression."""
    half = len(memory) // 2
    if half < 2:  # too few samples
        return 0.0
    time, size = np.array(seconds[half:]), np.array(memory[half:])
    slope, start = np.polyfit(time - time[0], size, 1)
    return float(slope * (time[-1] - time[0]) / start)


def _memory(process: psutil.Process) -> float:
    try:
        return process.memory_full_info().pss / MEBIBYTE
    except psutil.NoSuchProcess:  # killed a moment ago
        return 0.0


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # killed a moment ago
        return 0.0
    return times.user + times.system
