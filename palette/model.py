"""What a palette is: frozen, plain, comparable values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

import numpy as np

from palette.color.oklab import chroma, srgb_to_oklab
from palette.color.rgb import RGB

MAX_COLORS = 20
Order = Literal["path", "share", "hue", "lightness"]

_GREY = 0.02  # OKLab chroma below which a hue cannot be seen


class Role(StrEnum):
    """The part a swatch plays in its palette."""

    DOMINANT = "dominant"
    ACCENT = "accent"
    DARK = "dark"
    LIGHT = "light"
    VIBRANT = "vibrant"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Swatch:
    """One colour of a palette.

    ``rgb`` is sRGB, 0 to 255 a channel; ``share`` is the fraction (0 to 1] of the visible pixels
    nearest to this colour, 0 only if it was kept although there are none; ``name`` is a human name,
    unique in its palette; ``roles`` in the order of :class:`Role`.
    """

    rgb: RGB
    share: float
    name: str
    roles: tuple[Role, ...] = ()

    @property
    def hex(self) -> str:
        """The colour as ``#rrggbb``, lower case."""
        return "#{:02x}{:02x}{:02x}".format(*self.rgb)

    @property
    def percent(self) -> str:
        """The share in whole percent, which never claims nothing or everything."""
        if self.share < 0.01:
            return "<1%"
        return ">99%" if 0.99 < self.share < 1 else f"{self.share:.0%}"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one picture, along the shortest path through them.

    ``swatches`` holds 1 to 20 distinct colours whose shares sum to 1 (within 1e-9).
    ``background`` is the swatch that covers most of the picture's border, if one does.
    ``notes`` are sentences about how the picture was read ("its colour profile is broken …").
    Equal pictures give equal palettes.
    """

    swatches: tuple[Swatch, ...]
    background: Swatch | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.swatches)

    def __iter__(self) -> Iterator[Swatch]:
        return iter(self.swatches)

    @property
    def hex(self) -> tuple[str, ...]:
        """The codes of all colours, in order."""
        return tuple(swatch.hex for swatch in self.swatches)

    @property
    def dominant(self) -> Swatch:
        """The swatch with the largest share (the first of equals)."""
        return max(self.swatches, key=lambda swatch: swatch.share)

    def sorted_by(self, order: Order) -> "Palette":
        """Return the same palette in another order.

        ``"path"`` is the order :func:`palette.extract` gives: the shortest way through all colours,
        from the darker end. ``"share"`` falls, ``"lightness"`` rises; ``"hue"`` goes round the
        OKLCh wheel from red, greys (chroma below 0.02) first.
        """
        if order == "path":
            return self
        lab = srgb_to_oklab([swatch.rgb for swatch in self.swatches])
        strength = chroma(lab)
        hue = np.where(strength < _GREY, -1.0, np.arctan2(lab[:, 2], lab[:, 1]) % (2 * np.pi))
        keys = {
            "share": [-swatch.share for swatch in self.swatches],
            "hue": list(zip(hue.tolist(), lab[:, 0].tolist(), strict=True)),
            "lightness": lab[:, 0].tolist(),
        }[order]
        ranks = sorted(range(len(self)), key=keys.__getitem__)
        return replace(self, swatches=tuple(self.swatches[rank] for rank in ranks))
