"""What a worker of the bot takes at rest, and what one core gets through, cards included."""

import asyncio
import re
import time
from collections.abc import Iterator
from pathlib import Path

from bot.workers.jobs import Extraction
from bot.workers.process import WorkerProcess
from bot.workers.worker import SINGLE_THREAD_ENVIRONMENT
from tests.bench import processes, scenes
from tests.bench.cache import cached
from tests.bench.targets.figure import Figure

MAX_MEGABYTES_AT_REST = 90
MIN_PER_SECOND = {(1200, 900): 70, (4000, 3000): 35}  # baseline JPEGs of so many pixels
SECONDS = 3.0


class Proportions:
    """A job that measures its own process; shared pages count in part, as many times as shared."""

    def run(self) -> float:
        rollup = Path("/proc/self/smaps_rollup")
        if not rollup.exists():
            return 0.0
        kilobytes = re.search(r"^Pss:\s+(\d+) kB$", rollup.read_text(), re.MULTILINE)
        return int(kilobytes[1]) / 1024 if kilobytes else 0.0


def worker() -> Iterator[Figure]:
    megabytes = asyncio.run(_at_rest())
    yield Figure(
        "memory of a worker at rest, one of two",
        f"≤ {MAX_MEGABYTES_AT_REST} MB",
        f"{megabytes:.0f} MB",
        megabytes <= MAX_MEGABYTES_AT_REST,
    )
    for size, wanted in MIN_PER_SECOND.items():
        rate = processes.run_in_fresh_process(
            _per_second, SINGLE_THREAD_ENVIRONMENT, cached(scenes.large_jpeg)(size)
        )
        yield Figure(
            f"palettes and cards a second and core, {size[0] * size[1] / 1e6:.0f} megapixels",
            f"≥ {wanted}",
            f"{rate:.0f}",
            rate >= wanted,
        )


async def _at_rest() -> float:
    """Return the megabytes of a worker, its share of what it has in common with others."""
    workers = [WorkerProcess(Proportions.run, time_limit=20, memory_limit=2**31) for _ in range(2)]
    await asyncio.gather(*(each.start() for each in workers))
    try:
        return await workers[0].run(Proportions())
    finally:
        await asyncio.gather(*(each.stop() for each in workers))


def _per_second(data: bytes) -> float:
    """Return how many times a second of processor time a palette and its card are made."""
    Extraction(data).run()
    start, count = time.process_time(), 0
    while time.process_time() - start < SECONDS:
        Extraction(data).run()
        count += 1
    return count / (time.process_time() - start)
