"""What people choose about a palette."""

from dataclasses import dataclass

from palette import Order
from palette.color.rgb import RGB

from bot.workers.jobs import Copying, Extraction

MAX_LEFT_OUT = 5
"""How many colours can be left out: a menu shows them with 20 others, and no menu more than 25."""


def code(rgb: RGB) -> str:
    """Return what people know a colour by: ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


@dataclass(frozen=True, slots=True)
class Options:
    """How the palette of an image is to be: see :func:`palette.extract`.

    ``keep`` and ``leave_out``, at most :data:`MAX_LEFT_OUT`, are colours of an earlier palette of
    the same image.
    """

    colors: int = 10
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()

    def job(self, data: bytes) -> Extraction:
        """Return the job to do with an image attached to the message that is answered."""
        return self._job(data, "none")

    def job_with_copy(self, data: bytes) -> Extraction:
        """Return the job to do with any other image, whose copy the reply has to carry."""
        return self._job(data, "new")

    def job_for_copy(self, data: bytes) -> Extraction:
        """Return the job to do with the copy that an earlier reply carries, for another reply."""
        return self._job(data, "same")

    def _job(self, data: bytes, copy: Copying) -> Extraction:
        return Extraction(data, self.colors, self.order, self.keep, self.leave_out, copy)
