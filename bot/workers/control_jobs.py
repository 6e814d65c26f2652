"""What the controls have workers do."""

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from .jobs import MAX_SIDE, Outcome, copied
from .job import Job
from palette import Order, Palette, render_card
from palette.drawing.check_card import ENGLISH, CheckLabels, render_check
from palette.export.formats import export
from palette.decoding.formats import open_image
from palette.color.oklab import srgb_to_oklab
from palette.annotation.order import shortest_path
from palette.redrawing.recolor import recolor
from palette.redrawing.source_copy import SourceCopy
from palette.vision import Check, check

from bot.reply.packing import unpack


@dataclass(frozen=True, slots=True)
class Sorting(Job[Outcome]):
    """Put a packed palette in another order, and draw its card."""

    order: Order = "path"

    def run(self) -> Outcome:
        """Return the same colours, without the roles and notes that are not packed."""
        # From the order of the codes, like an extracted one: that from before is not to matter.
        swatches = sorted(unpack(self.data), key=lambda swatch: swatch.rgb)
        path = shortest_path(srgb_to_oklab([swatch.rgb for swatch in swatches]))
        found = Palette(tuple(swatches[int(stop)] for stop in path)).sorted_by(self.order)
        return Outcome(found, render_card(found))


@dataclass(frozen=True, slots=True)
class Duplicating(Job[SourceCopy]):
    """Make the copy of a picture that a reply carries; see :func:`bot.workers.jobs.copied`."""

    copy: Literal["new", "same"] = "new"

    def run(self) -> SourceCopy:
        """Raise :class:`palette.ImageError` when there is no picture."""
        return copied(self.data, self.copy)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A picture in the colours of a palette, as the bytes of a PNG file, and a copy of it before.

    Of an ``animated`` one it is the first frame. ``size_before`` is how many bytes the copy, or
    this frame of it, takes as a PNG file of the same width and height.
    """

    picture: bytes
    copy: SourceCopy
    size_before: int
    animated: bool


@dataclass(frozen=True, slots=True)
class Redrawing(Job[Redrawn]):
    """Redraw a picture with nothing but some colours, which are packed."""

    swatches: bytes = b""
    dither: bool = False
    copy: Literal["new", "same"] = "new"

    def run(self) -> Redrawn:
        """Raise :class:`palette.ImageError` when there is no picture."""
        copy = copied(self.data, self.copy)
        swatches = unpack(self.swatches, shares=False)
        redrawn = recolor(copy.data, swatches, dither=self.dither, max_side=MAX_SIDE)
        before = open_image(copy.data)
        animated = getattr(before, "n_frames", 1) > 1
        as_png = BytesIO()
        before.save(as_png, "PNG", save_all=False)
        return Redrawn(redrawn, copy, len(as_png.getvalue()), animated)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was measured of a palette, and a picture of it as the bytes of a PNG file."""

    check: Check
    card: bytes


@dataclass(frozen=True, slots=True)
class Checking(Job[Checked]):
    """Measure how far the colours of a packed palette can be told apart."""

    labels: CheckLabels = ENGLISH

    def run(self) -> Checked:
        """Measure, and draw what was measured."""
        found = unpack(self.data)
        return Checked(check(found), render_check(found, self.labels))


@dataclass(frozen=True, slots=True)
class Export(Job[bytes]):
    """Write a packed palette as a file of one of :data:`palette.export.FORMATS`."""

    suffix: str = "png"
    title: str = "Palette"

    def run(self) -> bytes:
        """Return the file."""
        return export(unpack(self.data), self.suffix, self.title)
