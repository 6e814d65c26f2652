"""The jobs that make something from a palette that is there: images, a check, files."""

from dataclasses import dataclass
from io import BytesIO

from palette import (
    Check,
    CheckLabels,
    Palette,
    SourceCopy,
    check,
    export,
    recolor,
    render_check,
    render_poster,
)
from palette.annotation.roles import with_roles
from palette.decoding.formats import open_image

from .job import ImageJob, Job
from .jobs import MAX_SIDE, CopyKind, make_copy


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
