"""What is counted and timed, of the whole process: plain numbers, which are cheap to keep.

:mod:`bot.monitoring` shows them to those who ask, and is not there unless somebody may.
"""

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Generator
from contextlib import contextmanager

REQUEST_KINDS = ("post", "command", "press", "form")

# Seconds: from what nobody notices to the time that Discord gives an answer.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0)


class Durations:
    """How many durations ended between two of :data:`BOUNDS`, and how long they were together.

    ``counts`` has one more item than there are bounds; ``total`` is in seconds.
    """

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        """Count one duration."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds

    @contextmanager
    def measured(self) -> Generator[None]:
        """Count how long the block takes, also if it fails."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.add(time.monotonic() - start)


REQUESTS: Counter[str] = Counter()
"""By one of :data:`REQUEST_KINDS`, as are :data:`ANSWERS`."""
REFUSALS: Counter[str] = Counter()
"""By reason: see :data:`bot.errors.REASONS`."""
WORKER_DEATHS: Counter[str] = Counter()
"""By the name of the :class:`~bot.workers.errors.EngineError`."""

ANSWERS: defaultdict[str, Durations] = defaultdict(Durations)
DOWNLOADS: defaultdict[str, Durations] = defaultdict(Durations)
"""By queue: see :attr:`bot.download.fetcher.Fetcher.turns`."""
JOBS: defaultdict[str, Durations] = defaultdict(Durations)
"""By the name of the job's type."""
LOOP_LAG = Durations()
