"""Every job that workers do, and its result."""

from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Literal

from bot.color_names import color_name, label
from bot.language import language_of
from palette import (
    RGB,
    Check,
    CheckLabels,
    ColorCount,
    Order,
    Palette,
    SourceCopy,
    Style,
    Swatch,
    check,
    export,
    extract,
    recolor,
    render_card,
    render_check,
    render_poster,
    render_scale,
    render_strip,
    source_copy,
)
from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.annotation.roles import with_roles
from palette.color.oklab import srgb_to_oklab
from palette.decoding.formats import open_image

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
        extracted = extract(
            self.data,
            self.colors,
            style=self.style,
            exactly=self.exactly,
            keep=self.keep,
            leave_out=self.leave_out,
        )
        palette = extracted.sorted_by(self.order)
        copy = None if self.copy == "none" else make_copy(self.data, self.copy)
        return Outcome(palette, _card(palette, self.language, compact=self.compact), copy)


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
        return Outcome(palette, _card(palette, self.language, compact=self.compact))


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


@dataclass(frozen=True, slots=True)
class RedrawnImage:
    """An image in the colours of a palette, as the bytes of a PNG, and a copy of the original.

    Of an ``animated`` image, only the first frame is redrawn. ``size_before`` is how many bytes the
    copy, or its first frame, takes as a PNG. ``is_ditherable`` says whether the image is another
    one with dithering than without.
    """

    image: bytes
    copy: SourceCopy
    size_before: int
    animated: bool
    is_ditherable: bool


@dataclass(frozen=True, slots=True)
class Redrawing(ImageJob[RedrawnImage]):
    """Redraw an image in the colours of a palette."""

    palette: Palette
    dither: bool = False
    copy: CopyKind = "new"

    def run(self) -> RedrawnImage:
        """Return the redrawn image and the copy. Raises :class:`palette.ImageError`."""
        copy = make_copy(self.data, self.copy)
        redrawn, other = (
            recolor(copy.data, self.palette, dither=dither, max_side=MAX_SIDE)
            for dither in (self.dither, not self.dither)
        )
        before = open_image(copy.data)
        animated = getattr(before, "n_frames", 1) > 1
        png = BytesIO()
        before.save(png, "PNG", save_all=False)
        return RedrawnImage(redrawn, copy, len(png.getvalue()), animated, redrawn != other)


@dataclass(frozen=True, slots=True)
class Poster(ImageJob[bytes]):
    """Draw an image above its colours; see :func:`palette.render_poster`."""

    palette: Palette
    title: str

    def run(self) -> bytes:
        """Return the bytes of a PNG. Raises :class:`palette.ImageError`."""
        return render_poster(self.data, self.palette, self.title)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was measured of a palette, and a drawing of it as the bytes of a PNG."""

    check: Check
    card: bytes


@dataclass(frozen=True, slots=True)
class Checking(Job[CheckResult]):
    """Measure how well the colours of a palette can be told apart."""

    palette: Palette
    labels: CheckLabels

    def run(self) -> CheckResult:
        """Return the measurements and their drawing."""
        return CheckResult(check(self.palette), render_check(self.palette, self.labels))


@dataclass(frozen=True, slots=True)
class Export(Job[bytes]):
    """Write a palette as a file; ``suffix`` is one of :data:`palette.FORMATS`."""

    palette: Palette
    suffix: str = "png"
    title: str = "Palette"

    def run(self) -> bytes:
        """Return the bytes of the file."""
        # Replies keep no roles, which follow from the colours and their shares.
        return export(with_roles(self.palette), self.suffix, self.title)


def _card(palette: Palette, language: str, *, compact: bool) -> bytes:
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
