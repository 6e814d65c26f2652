"""What people choose about a palette."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.language import N_, Language
from bot.ui import MAX_OPTIONS
from bot.workers.jobs import CopyMode, Extraction
from palette import MAX_COLORS, RGB, Order, Style

MAX_LEFT_OUT = MAX_OPTIONS - MAX_COLORS
"""How many colours can be left out: one menu lists them beside those of the palette."""

STYLE_LABELS: Mapping[Style, str] = MappingProxyType(
    {
        "seen": N_("Colours people notice"),
        "faithful": N_("Closest to the pixels"),
    }
)

ORDER_LABELS: Mapping[Order, str] = MappingProxyType(
    {
        "path": N_("Smooth blend"),
        "share": N_("Most used first"),
        "hue": N_("By hue"),
        "lightness": N_("Dark to light"),
    }
)


def color_count(count: int, language: Language) -> str:
    """Return a number of colours in words."""
    return language.plural("{count} colour", "{count} colours", count)


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen about a palette: see :func:`palette.extract`.

    ``keep`` and ``leave_out``, at most :data:`MAX_LEFT_OUT`, are colours of an earlier palette of
    the same image.
    """

    colors: int = 10
    style: Style = "seen"
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()

    def job(self, data: bytes) -> Extraction:
        """Return the job for an image that the message which is answered carries."""
        return self._job(data, "none")

    def job_with_copy(self, data: bytes) -> Extraction:
        """Return the job for any other image, whose copy the reply must carry."""
        return self._job(data, "new")

    def job_for_copy(self, data: bytes) -> Extraction:
        """Return the job for the copy that an earlier reply carries, for another reply."""
        return self._job(data, "same")

    def _job(self, data: bytes, copy: CopyMode) -> Extraction:
        return Extraction(
            data,
            colors=self.colors,
            style=self.style,
            order=self.order,
            keep=self.keep,
            leave_out=self.leave_out,
            copy=copy,
        )
