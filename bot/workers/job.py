"""What every job is: a value that goes to a worker process."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Generic, Self, TypeVar

Result = TypeVar("Result")


class Job(ABC, Generic[Result]):
    """Work for a worker process.

    Subclasses are frozen dataclasses that can be pickled; equal jobs have equal results.
    """

    __slots__ = ()

    @abstractmethod
    def run(self) -> Result:
        """Do the work, in a worker process. Raises :class:`palette.PaletteError`."""

    def key(self) -> Self:
        """Return what the result is remembered under: equal for equal jobs, and small."""
        return self


@dataclass(frozen=True, slots=True)
class ImageJob(Job[Result]):
    """Work on an image; ``data`` is the content of its file."""

    data: bytes

    def key(self) -> Self:
        """Return the job with a digest in place of the image, which must not be kept."""
        return replace(self, data=sha256(self.data).digest())
