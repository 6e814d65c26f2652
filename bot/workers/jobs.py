"""Every job that workers do, and what comes of it."""

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from palette import (
    RGB,
    Check,
    CheckLabels,
    Order,
    Palette,
    SourceCopy,
    check,
    export,
    extract,
    recolor,
    render_card,
    render_check,
    source_copy,
)
from palette.annotation.order import shortest_path
from palette.color.oklab import srgb_to_oklab
from palette.decoding.formats import open_image

from .job import ImageJob, Job

CopyMode = Literal["none", "new", "same"]
"""Which copy of an image to return: none, a new one, or the image itself, which is one already."""

MAX_SIDE = 1600  # pixels, of images that a reply carries


@dataclass(frozen=True, slots=True)
class Outcome:
    """The palette of an image, and its card as PNG bytes.

    ``copy`` is a small copy of the image without metadata, if one was asked for.
    """

    palette: Palette
    card: bytes
    copy: SourceCopy | None = None


@dataclass(frozen=True, slots=True)
class Extraction(ImageJob[Outcome]):
    """Find the palette of an image and draw its card."""

    colors: int = 10
    order: Order = "path"
    keep: tuple[RGB, ...] = ()
    leave_out: tuple[RGB, ...] = ()
    copy: CopyMode = "none"

    def run(self) -> Outcome:
        """Raise :class:`palette.PaletteError` if there is no palette."""
        found = extract(self.data, self.colors, keep=self.keep, leave_out=self.leave_out).sorted_by(
            self.order
        )
        copy = None if self.copy == "none" else make_copy(self.data, self.copy)
        return Outcome(found, render_card(found), copy)


@dataclass(frozen=True, slots=True)
class Sorting(Job[Outcome]):
    """Put a palette in another order and draw its card."""

    palette: Palette
    order: Order = "path"

    def run(self) -> Outcome:
        """Return the same colours in the other order."""
        # Sorted by code first, as when extracted: the order until now must not matter.
        swatches = sorted(self.palette, key=lambda swatch: swatch.rgb)
        path = shortest_path(srgb_to_oklab([swatch.rgb for swatch in swatches]))
        by_path = replace(self.palette, swatches=tuple(swatches[int(stop)] for stop in path))
        found = by_path.sorted_by(self.order)
        return Outcome(found, render_card(found))


@dataclass(frozen=True, slots=True)
class Duplication(ImageJob[SourceCopy]):
    """Make the copy of an image that a reply carries."""

    copy: Literal["new", "same"] = "new"

    def run(self) -> SourceCopy:
        """Raise :class:`palette.ImageError` if there is no image."""
        return make_copy(self.data, self.copy)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """An image in the colours of a palette, as PNG bytes, and a copy of the image before.

    Of an ``animated`` image it is the first frame. ``size_before`` is the number of bytes that the
    copy, or its first frame, takes as a PNG of the same width and height.
    """

    image: bytes
    copy: SourceCopy
    size_before: int
    animated: bool


@dataclass(frozen=True, slots=True)
class Redrawing(ImageJob[Redrawn]):
    """Redraw an image in the colours of a palette."""

    palette: Palette
    dither: bool = False
    copy: Literal["new", "same"] = "new"

    def run(self) -> Redrawn:
        """Raise :class:`palette.ImageError` if there is no image."""
        copy = make_copy(self.data, self.copy)
        redrawn = recolor(copy.data, self.palette, dither=self.dither, max_side=MAX_SIDE)
        before = open_image(copy.data)
        animated = getattr(before, "n_frames", 1) > 1
        as_png = BytesIO()
        before.save(as_png, "PNG", save_all=False)
        return Redrawn(redrawn, copy, len(as_png.getvalue()), animated)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was measured of a palette, and a drawing of it as PNG bytes."""

    check: Check
    card: bytes


@dataclass(frozen=True, slots=True)
class Checking(Job[Checked]):
    """Measure how far the colours of a palette can be told apart."""

    palette: Palette
    labels: CheckLabels

    def run(self) -> Checked:
        """Measure, and draw what was measured."""
        return Checked(check(self.palette), render_check(self.palette, self.labels))


@dataclass(frozen=True, slots=True)
class Export(Job[bytes]):
    """Write a palette as a file of one of :data:`palette.FORMATS`."""

    palette: Palette
    suffix: str = "png"
    title: str = "Palette"

    def run(self) -> bytes:
        """Return the content of the file."""
        return export(self.palette, self.suffix, self.title)


def make_copy(data: bytes, mode: Literal["new", "same"]) -> SourceCopy:
    """Return a small copy of an image; a copy of a copy would lose a little each time."""
    if mode == "new":
        return source_copy(data, MAX_SIDE)
    format_ = (open_image(data).format or "").lower()
    return SourceCopy(data, "jpg" if format_ == "jpeg" else format_)
