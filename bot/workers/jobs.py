"""The jobs that find palettes and draw them, and their results."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from bot.color_names import color_name, label
from bot.language import language_of
from palette import (
    RGB,
    ColorCount,
    Order,
    Palette,
    SourceCopy,
    Style,
    Swatch,
    extract,
    render_card,
    render_scale,
    render_strip,
    source_copy,
)
from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.color.oklab import srgb_to_oklab
from palette.decoding.formats import open_image
from palette.decoding.once import decoding_once

from .job import ImageJob, Job

MAX_SIDE = 1600  # pixels: the longer side of images that a reply carries

CopyKind = Literal["new", "same"]
"""A new copy of an image, or the image itself because it is a copy already."""

CopyMode = CopyKind | Literal["none"]
"""Which copy of an image a job returns, if any."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The palette of an image, and its card as the bytes of a PNG.

    ``copy`` is a small copy of the image without its metadata, if one was asked for.
    """

    palette: Palette
    card: bytes
    copy: SourceCopy | None = None


@dataclass(frozen=True, slots=True)
class Extraction(ImageJob[Outcome]):
    """Extract the palette of an image and draw its card; see :func:`palette.extract`.

    ``language`` is the code of the one that the card is in; a ``compact`` one is a strip.
    """

    colors: ColorCount = 10
    style: Style = "seen"
    exactly: bool = False
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()
    copy: CopyMode = "none"
    language: str = "en"
    compact: bool = False

    def run(self) -> Outcome:
        """Return the palette and its card. Raises :class:`palette.PaletteError`."""
        if self.copy == "none":
            palette, copy = self._palette(), None
        else:
            with decoding_once():
                palette, copy = self._palette(), make_copy(self.data, self.copy)
        return Outcome(palette, draw_card(palette, self.language, compact=self.compact), copy)

    def _palette(self) -> Palette:
        extracted = extract(
            self.data,
            self.colors,
            style=self.style,
            exactly=self.exactly,
            keep=self.keep,
            leave_out=self.leave_out,
        )
        return extracted.sorted_by(self.order)


@dataclass(frozen=True, slots=True)
class Sorting(Job[Outcome]):
    """Put a palette in another order and draw its card, as :class:`Extraction` does."""

    palette: Palette
    order: Order = "path"
    language: str = "en"
    compact: bool = False

    def run(self) -> Outcome:
        """Return the same colours in the other order."""
        # By code first, as when extracted: the result must not depend on the current order.
        swatches = sorted(self.palette, key=lambda swatch: swatch.rgb)
        path = shortest_path(srgb_to_oklab([swatch.rgb for swatch in swatches]))
        by_path = replace(self.palette, swatches=tuple(swatches[int(stop)] for stop in path))
        palette = by_path.sorted_by(self.order)
        return Outcome(palette, draw_card(palette, self.language, compact=self.compact))


@dataclass(frozen=True, slots=True)
class Drawing(Job[Outcome]):
    """Draw the card of a palette as it is, in the language of this code."""

    palette: Palette
    language: str = "en"

    def run(self) -> Outcome:
        """Return the palette and its card."""
        return Outcome(self.palette, draw_card(self.palette, self.language))


@dataclass(frozen=True, slots=True)
class Scale(Job[Outcome]):
    """Name one colour and draw its tints and shades in the language of this code."""

    rgb: RGB
    language: str = "en"

    def run(self) -> Outcome:
        """Return the colour as a palette of its own, and the drawing."""
        (name,) = name_colors(srgb_to_oklab([self.rgb]))
        card = render_scale(self.rgb, color_name(name, language_of(self.language)))
        return Outcome(Palette((Swatch(self.rgb, 1.0, name),)), card)


@dataclass(frozen=True, slots=True)
class Copying(ImageJob[SourceCopy]):
    """Make the copy of an image that a reply carries."""

    copy: CopyKind = "new"

    def run(self) -> SourceCopy:
        """Return the copy. Raises :class:`palette.ImageError`."""
        return make_copy(self.data, self.copy)


def draw_card(palette: Palette, language: str, *, compact: bool = False) -> bytes:
    """Draw the card of a palette in the language of this code; a ``compact`` one is a strip."""
    if compact:
        return render_strip(palette)
    return render_card(palette, partial(label, language=language_of(language)))


def make_copy(data: bytes, kind: CopyKind) -> SourceCopy:
    """Return a small copy of an image, or the image itself if it is one already.

    A copy of a copy would lose a little quality each time. Raises :class:`palette.ImageError`.
    """
    if kind == "new":
        return source_copy(data, MAX_SIDE)
    format_ = (open_image(data).format or "").lower()
    return SourceCopy(data, "jpg" if format_ == "jpeg" else format_)
