"""What people choose about a palette."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Self

from bot.language import N_, Language
from bot.ui import MAX_OPTIONS
from bot.workers.jobs import CopyMode, Extraction
from palette import MAX_COLORS, RGB, ColorCount, Order, Style

MAX_LEFT_OUT = MAX_OPTIONS - MAX_COLORS
"""How many colours can be left out: one menu lists them beside those of the palette."""

STYLE_LABELS: Mapping[Style, str] = MappingProxyType(
    {
        "seen": N_("Colours people notice"),
        "faithful": N_("Closest to the pixels"),
    }
)

EXACTLY = "exactly"
"""The third way to choose: seen, and as many as were asked for."""

WAY_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "seen": STYLE_LABELS["seen"],
        EXACTLY: N_("Colours people notice, always the full number"),
        "faithful": STYLE_LABELS["faithful"],
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


def color_count(count: ColorCount, language: Language) -> str:
    """Return a number of colours in words."""
    if count == "auto":
        return language.say("As many as the image needs")
    return language.plural("{count} colour", "{count} colours", count)


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen about a palette: see :func:`palette.extract`.

    ``keep`` and ``leave_out``, at most :data:`MAX_LEFT_OUT`, are colours of an earlier palette of
    the same image.
    """

    colors: ColorCount = 10
    style: Style = "seen"
    exactly: bool = False
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()

    @property
    def way(self) -> str:
        """The way of :data:`WAY_LABELS` in which colours are chosen."""
        return EXACTLY if self.exactly else self.style

    def choosing(self, way: str) -> Self:
        """Return these options with another way of :data:`WAY_LABELS`."""
        style: Style = "faithful" if way == "faithful" else "seen"
        return replace(self, style=style, exactly=way == EXACTLY)

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
            exactly=self.exactly,
            order=self.order,
            keep=self.keep,
            leave_out=self.leave_out,
            copy=copy,
        )
