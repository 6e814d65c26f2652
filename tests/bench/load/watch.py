"""The bot's processes from outside: their memory, and their violent ends."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from time import monotonic

import numpy as np
import psutil

SAMPLE_EVERY = 2.0  # seconds
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

    async def kill_workers(self, every: float) -> None:
        """Kill a worker now and then, whatever it is doing."""
        draw = Random(0)  # noqa: S311, nothing to keep secret
        while True:
            await asyncio.sleep(every)
            if workers := self.workers():
                draw.choice(workers).kill()
                self.killed += 1

    async def sample_memory(self) -> None:
        while True:
            workers = [_memory(worker) for worker in self.workers()]
            self.seconds.append(monotonic())
            self.bot_memory.append(_memory(self.bot))
            self.worker_memory.append(sum(workers))
            await asyncio.sleep(SAMPLE_EVERY)

    def cpu_seconds(self) -> tuple[float, float]:
        """Return what the bot's own process and its workers have computed so far."""
        own = self.bot.cpu_times()
        # What a worker has computed is its server's when it has ended.
        servers = [server.cpu_times() for server in self.bot.children()]
        ended = sum(times.children_user + times.children_system for times in servers)
        return own.user + own.system, ended + sum(map(_cpu_seconds, self.workers()))


def growth(seconds: list[float], memory: list[float]) -> float:
    """Return by which part memory grew in the second half, along the line that fits best."""
    half = len(memory) // 2
    if half < 2:  # too short to tell
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
