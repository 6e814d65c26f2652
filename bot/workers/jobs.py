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
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import palette
from palette import Order, Palette
from palette.decoding.formats import open_image
from palette.color.rgb import RGB
from palette.redrawing.source_copy import SourceCopy, source_copy

Result = TypeVar("Result")

Copying = Literal["none", "new", "same"]
"""Which copy of a picture to return: none, a new one, or the picture itself, which is one."""

MAX_SIDE = 1600  # pixels: of pictures that are sent


@dataclass(frozen=True, slots=True)
class Job(ABC, Generic[Result]):
    """Something to do with ``data``: the file of a picture, or a packed palette.

    Children are frozen dataclasses: equal jobs have equal results, and both can be pickled.
    """

    data: bytes

    @abstractmethod
    def run(self) -> Result:
        """Do it, in a worker process; raises :class:`palette.PaletteError`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The palette of a picture, and its card as the bytes of a PNG file.

    ``copy`` is a small copy of the picture without metadata, if one was asked for.
    """

    palette: Palette
    card: bytes
    copy: SourceCopy | None = None


@dataclass(frozen=True, slots=True)
class Extraction(Job[Outcome]):
    """Find the palette of a picture and draw its card."""

    colors: int = 10
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()
    copy: Copying = "none"

    def run(self) -> Outcome:
        """Raise :class:`palette.PaletteError` when there is no palette."""
        found = palette.extract(
            self.data, self.colors, keep=self.keep, leave_out=self.leave_out
        ).sorted_by(self.order)
        copy = None if self.copy == "none" else copied(self.data, self.copy)
        return Outcome(found, palette.render_card(found), copy)


def copied(data: bytes, copy: Literal["new", "same"]) -> SourceCopy:
    """Return a small copy of a picture; a copy of a copy would lose a little each time."""
    if copy == "new":
        return source_copy(data, MAX_SIDE)
    format_ = (open_image(data).format or "").lower()
    return SourceCopy(data, "jpg" if format_ == "jpeg" else format_)


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
