"""What goes to a worker, what comes back, and why nothing may come back.

    EngineError                  no worker can give an answer (a PaletteError is an answer)
    ├── BusyError                too much is waiting already
    ├── ClosedError              the bot is stopping
    ├── TimeLimitError           the job took longer than one may
    ├── MemoryLimitError         the job needed more memory than one may
    └── WorkerDiedError          the worker died under the job, twice

Every error is one sentence when printed.
"""

import math
from dataclasses import dataclass

from palette import Palette


@dataclass(frozen=True, slots=True)
class Job:
    """One picture to look at: the bytes of its file, and what is asked of it."""

    data: bytes
    colors: int = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """The palette of a picture, and its card as the bytes of a PNG file."""

    palette: Palette
    card: bytes


class EngineError(Exception):
    """No worker can give an answer; the sentence is fit for a user to read."""


class BusyError(EngineError):
    """Too much is waiting already; after about ``retry_after`` seconds there may be room."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"I am busy. Please try again in {math.ceil(retry_after)} s.")
        self.retry_after = retry_after


class ClosedError(EngineError):
    """The engine takes no more jobs."""

    def __init__(self) -> None:
        super().__init__("I am being restarted. Please try again in a moment.")


class TimeLimitError(EngineError):
    """The job was still running after ``seconds``, and was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"This picture takes longer than the {seconds:g} s allowed.")
        self.seconds = seconds


class MemoryLimitError(EngineError):
    """The job needed more memory than a worker may have."""

    def __init__(self) -> None:
        super().__init__("This picture needs more memory than allowed.")


class WorkerDiedError(EngineError):
    """The worker was killed from outside or crashed, under the job or while it started."""

    def __init__(self) -> None:
        super().__init__("A worker process died.")
