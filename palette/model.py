"""The result types: frozen, comparable values that hold nothing but plain data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, get_args

import numpy as np

from palette.color.oklab import chroma, srgb_to_oklab
from palette.color.rgb import RGB, hex_code

MAX_COLORS = 20
"""The largest number of colours a palette can have."""

MAX_AUTO_COLORS = 12
"""The largest number of colours that "auto" gives."""

ColorCount = int | Literal["auto"]
"""How many colours a palette should have; "auto" is as many as the image asks for."""

Order = Literal["path", "share", "hue", "lightness"]
"""An order that :meth:`Palette.sorted_by` takes."""

Style = Literal["seen", "faithful"]
"""How colours are chosen: those a person would pick, or those nearest to the pixels."""

STYLES: tuple[Style, ...] = get_args(Style)
"""Every style."""

_MIN_HUE_CHROMA = 0.02  # OKLab chroma below which people see no hue


class Role(StrEnum):
    """The part a swatch plays in its palette."""

    DOMINANT = "dominant"
    ACCENT = "accent"
    DARK = "dark"
    LIGHT = "light"
    VIBRANT = "vibrant"
    MUTED = "muted"


class NoteKind(StrEnum):
    """What a :class:`Note` is about, and what its numbers are."""

    ALL_FRAMES = "all frames"  # the number of frames
    SOME_FRAMES = "some frames"  # the number of frames looked at, the number of all frames
    BROKEN_PROFILE = "broken profile"  # no numbers
    UNKNOWN_COLOR_SPACE = "unknown colour space"  # no numbers
    HDR = "hdr"  # no numbers
    INCOMPLETE = "incomplete"  # no numbers
    FIRST_PAGE = "first page"  # no numbers
    PREVIEW = "preview"  # no numbers
    FIRST_FRAME = "first frame"  # no numbers


_SENTENCES = {
    NoteKind.ALL_FRAMES: "Animation: colours from all {} frames.",
    NoteKind.SOME_FRAMES: "Animation: colours from {} of {} frames.",
    NoteKind.BROKEN_PROFILE: "The colour profile is broken and was ignored.",
    NoteKind.UNKNOWN_COLOR_SPACE: "The colour space is unknown; the colours were taken for sRGB.",
    NoteKind.HDR: "HDR image: these are the colours that a normal screen shows.",
    NoteKind.INCOMPLETE: "The file is damaged or incomplete: colours from what could be read.",
    NoteKind.FIRST_PAGE: "Several pages: colours from the first one.",
    NoteKind.PREVIEW: "Raw photo: colours from the preview in the file.",
    NoteKind.FIRST_FRAME: "Animation: colours from its first frame.",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about how an image was read.

    ``numbers`` are those in its sentence, in that order; ``str()`` gives the sentence in English.
    """

    kind: NoteKind
    numbers: tuple[int, ...] = ()

    def __str__(self) -> str:
        return _SENTENCES[self.kind].format(*self.numbers)


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of a palette.

    ``rgb`` is sRGB, 0 to 255 a channel. ``share`` is the fraction (0 to 1] of the visible pixels
    that are nearest to this colour; it is 0 only for a kept colour that no pixel is nearest to.
    ``name`` is an English colour name, unique in its palette. ``roles`` follow the order of
    :class:`Role`.
    """

    rgb: RGB
    share: float
    name: str
    roles: tuple[Role, ...] = ()

    @property
    def hex(self) -> str:
        """The colour as ``#rrggbb``, in lower case."""
        return hex_code(self.rgb)

    @property
    def percent(self) -> str:
        """The share in whole percent, never rounded to 0 % or 100 %: ``<1%``, ``42%``, ``>99%``."""
        if self.share < 0.01:
            return "<1%"
        return ">99%" if 0.99 < self.share < 1 else f"{self.share:.0%}"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of an image, ordered along the shortest path through them.

    ``swatches`` holds 1 to 20 distinct colours whose shares sum to 1 (within 1e-9).
    ``background`` is the swatch that covers most of the image's border, if there is one.
    ``notes`` say what is worth knowing about how the image was read. Equal images give equal
    palettes.
    """

    swatches: tuple[Swatch, ...]
    background: Swatch | None = None
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.swatches)

    def __iter__(self) -> Iterator[Swatch]:
        return iter(self.swatches)

    @property
    def hex(self) -> tuple[str, ...]:
        """The hex codes of all colours, in order."""
        return tuple(swatch.hex for swatch in self.swatches)

    @property
    def dominant(self) -> Swatch:
        """The swatch with the largest share (the first one if several tie)."""
        return max(self.swatches, key=lambda swatch: swatch.share)

    def sorted_by(self, order: Order) -> "Palette":
        """Return the same palette in another order.

        ``"path"`` is the order of :func:`palette.extract`: the shortest path through all colours,
        from its darker end. ``"share"`` is largest first, ``"lightness"`` darkest first; ``"hue"``
        goes round the OKLCh wheel from red, after the greys (chroma below 0.02). Raises
        :class:`KeyError` for any other.
        """
        if order == "path":
            return self
        lab = srgb_to_oklab([swatch.rgb for swatch in self.swatches])
        hue = np.arctan2(lab[:, 2], lab[:, 1]) % (2 * np.pi)
        hue = np.where(chroma(lab) < _MIN_HUE_CHROMA, -1.0, hue)
        keys = {
            "share": [-swatch.share for swatch in self.swatches],
            "hue": list(zip(hue.tolist(), lab[:, 0].tolist(), strict=True)),
            "lightness": lab[:, 0].tolist(),
        }[order]
        ranks = sorted(range(len(self)), key=keys.__getitem__)
        return replace(self, swatches=tuple(self.swatches[rank] for rank in ranks))
