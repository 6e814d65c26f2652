"""The jobs that find one palette of several images: each is read by itself, and then joined.

So no more files are in memory at once than for other palettes, and each has the limits of one.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from palette import ColorCount, Order, Style
from palette.decoding.decode import Raster
from palette.drawing.contact_sheet import render_contact_sheet
from palette.extract import choose_together, make_brief, read

from .job import ImageJob, Job
from .jobs import Outcome, draw_card


@dataclass(frozen=True, slots=True)
class ReadImage:
    """What is left of an image when it has been read; the digest stands for its file."""

    raster: Raster
    digest: bytes


@dataclass(frozen=True, slots=True)
class Reading(ImageJob[ReadImage]):
    """Read an image for a :class:`Joining` with the same choices."""

    colors: ColorCount = 10
    style: Style = "seen"

    def run(self) -> ReadImage:
        """Return what is needed of the image. Raises :class:`palette.ImageError`."""
        raster = read(self.data, make_brief(self.colors, self.style))
        return ReadImage(raster, sha256(self.data).digest())


@dataclass(frozen=True, slots=True)
class JointOutcome:
    """The palette of several images with its card, and a WebP that shows the images."""

    outcome: Outcome
    contact_sheet: bytes


@dataclass(frozen=True, slots=True)
class Joining(Job[JointOutcome]):
    """Find the palette of several images together: see :func:`palette.extract_many`."""

    rasters: tuple[Raster, ...]
    digests: tuple[bytes, ...]
    colors: ColorCount = 10
    style: Style = "seen"
    order: Order = "path"
    language: str = "en"

    @classmethod
    def of(
        cls,
        images: list[ReadImage],
        colors: ColorCount,
        style: Style,
        order: Order,
        language: str,
    ) -> Self:
        """Return the job for images in the order in which they are shown."""
        rasters = tuple(image.raster for image in images)
        digests = tuple(image.digest for image in images)
        return cls(rasters, digests, colors, style, order, language)

    def run(self) -> JointOutcome:
        """Return the palette, its card and the contact sheet."""
        by_digest = sorted(range(len(self.rasters)), key=self.digests.__getitem__)
        rasters = [self.rasters[number] for number in by_digest]
        palette = choose_together(rasters, make_brief(self.colors, self.style))
        palette = palette.sorted_by(self.order)
        outcome = Outcome(palette, draw_card(palette, self.language))
        return JointOutcome(outcome, render_contact_sheet(self.rasters))

    def cache_key(self) -> Self:
        """Return the job without the images, for which their digests stand."""
        return replace(self, rasters=())
