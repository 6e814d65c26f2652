"""What people choose about a palette."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
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

    def job(
        self, language: Language, copy: CopyMode, *, compact: bool = False
    ) -> Callable[[bytes], Extraction]:
        """Return the job for an image that is still to be downloaded; its card is in a language.

        The reply needs no copy of an image that the answered message carries, the ``"same"`` copy
        if an earlier reply carries one, and a ``"new"`` copy of any other image.
        """
        return partial(
            Extraction,
            colors=self.colors,
            style=self.style,
            exactly=self.exactly,
            order=self.order,
            keep=self.keep,
            leave_out=self.leave_out,
            copy=copy,
            language=language.code,
            compact=compact,
        )
