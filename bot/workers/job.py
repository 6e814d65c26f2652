"""The base of every job: a value that is sent to a worker process."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Generic, Self, TypeVar

Result = TypeVar("Result")


class Job(ABC, Generic[Result]):
    """Work for a worker process.

    Subclasses are frozen dataclasses that can be pickled. Equal jobs have equal results.
    """

    __slots__ = ()

    @abstractmethod
    def run(self) -> Result:
        """Return the result; called in a worker. Raises :class:`palette.PaletteError`."""

    def cache_key(self) -> Self:
        """Return a small value that stands for the job: equal for equal jobs only."""
        return self


@dataclass(frozen=True, slots=True)
class ImageJob(Job[Result]):
    """A job on an image; ``data`` are the bytes of its file."""

    data: bytes

    def cache_key(self) -> Self:
        """Return the job with a digest in place of the image, which must not be kept."""
        return replace(self, data=sha256(self.data).digest())
