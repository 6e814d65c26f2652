"""What the same cores do with the same images when there is nothing else to do."""

import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from unittest.mock import patch

from bot.workers.jobs import Extraction
from bot.workers.worker import SINGLE_THREAD_ENVIRONMENT, SLOW_IMPORTS
from palette import PaletteError


@dataclass(frozen=True, slots=True)
class Bare:
    """Images per second in all processes, and CPU seconds per image."""

    rate: float
    cpu: float


def bare_loop(files: Sequence[bytes], processes: int) -> Bare:
    """Extract palettes and draw cards in processes that have their images already."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__, *SLOW_IMPORTS])
    with (
        patch.dict(os.environ, SINGLE_THREAD_ENVIRONMENT),
        ProcessPoolExecutor(processes, mp_context=context) as pool,
    ):
        shares = [files[number::processes] for number in range(processes)]
        list(pool.map(_extract, [share[:2] for share in shares]))  # to warm up
        times = list(pool.map(_extract, shares))
    return Bare(
        rate=sum(len(share) / wall for share, (wall, _) in zip(shares, times, strict=True)),
        cpu=sum(cpu for _, cpu in times) / len(files),
    )


def _extract(files: Sequence[bytes]) -> tuple[float, float]:
    wall, cpu = time.monotonic(), time.process_time()
    for data in files:
        with suppress(PaletteError):
            Extraction(data).run()
    return time.monotonic() - wall, time.process_time() - cpu
