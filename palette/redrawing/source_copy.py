"""A copy of an image to send along with its palette: small, upright, in sRGB, without metadata."""

import io
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from palette.color.oklab import srgb_to_oklab
from palette.decoding.decode import MAX_FRAMES, Raster, decode
from palette.decoding.distinct import Counts
from palette.decoding.formats import open_image, translating_decoder_errors
from palette.decoding.frames import choose_frames

from .animated_webp import animated_webp
from .recolor import nearest_indices

# With no more colours or pixels than this, even lossless files are small.
_MAX_LOSSLESS_COLORS = 256
_MAX_LOSSLESS_PIXELS = 1_000_000
_MAX_ANIMATION_PIXELS = 4_000_000
_MAX_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """The content of an image file, and its suffix: ``jpg`` or ``webp``."""

    data: bytes
    suffix: str


def source_copy(data: bytes, max_side: int = 1600) -> SourceCopy:
    """Copy an image so that its palette can be found again in the copy.

    The copy is upright, in sRGB, at most ``max_side`` pixels wide and high and less than 8 MB; it
    reveals nothing but what is visible: no EXIF, XMP, comment, profile or hidden colours. An image
    that need not be reduced stays exact if it has up to a megapixel or 256 distinct colours; these
    also remain the only ones if it is reduced. Other images lose what a JPEG of quality 90 loses.
    An animation becomes one of the up to 24 frames that :func:`palette.extract` looks at, of at
    most four megapixels in total.

    Raises the subclasses of :class:`palette.errors.ImageError`.
    """
    image = open_image(data)
    with translating_decoder_errors():
        frames = len(choose_frames(image, MAX_FRAMES)[0])
    if frames > 1:
        scale = math.sqrt(_MAX_ANIMATION_PIXELS / (frames * image.width * image.height))
        max_side = max(1, min(max_side, int(max(image.size) * scale)))
    raster = decode(
        data,
        max_distinct=_MAX_LOSSLESS_COLORS,
        target_pixels=_target_pixels(image.size, max_side, frames),
    )
    stills = [_still(raster, frame, max_side) for frame in range(frames)]
    lossless = raster.distinct is not None or raster.rgb[..., 0].size <= _MAX_LOSSLESS_PIXELS
    if frames > 1:
        files = [_webp(still, lossless=lossless) for still in stills]
        return SourceCopy(animated_webp(files, stills[0].size), "webp")
    return _encode(stills[0], lossless=lossless)


def _target_pixels(size: tuple[int, int], side: int, frames: int) -> int:
    """Return what to ask of the decoder so that the longer side keeps at least ``side`` pixels.

    It divides sides by whole numbers; only powers of two are fast to get from a JPEG.
    """
    factor = 1
    while max(size) // (2 * factor) >= side:
        factor *= 2
    pixels = max(1, size[0] // factor) * max(1, size[1] // factor)
    return pixels if frames == 1 else math.ceil(3 * frames * pixels / 5)


def _still(raster: Raster, frame: int, max_side: int) -> Image.Image:
    image = Image.fromarray(raster.rgb[frame])
    if raster.alpha is not None:
        image.putalpha(Image.fromarray(raster.alpha[frame]))
    # Unlike the default filter, this one does not overshoot to colours that are not there.
    image.thumbnail((max_side, max_side), Image.Resampling.HAMMING)
    return image if raster.distinct is None else _restrict_colors(image, raster.distinct)


def _restrict_colors(image: Image.Image, distinct: Counts) -> Image.Image:
    """Dither what reducing has blended, so that no colour is lost and none is new."""
    colors = np.array(sorted(distinct), np.uint8)
    rgb = np.asarray(image.convert("RGB"))
    restricted = Image.fromarray(colors[nearest_indices(rgb, srgb_to_oklab(colors), dither=True)])
    if image.mode == "RGBA":
        restricted.putalpha(image.getchannel("A"))
    return restricted


def _encode(image: Image.Image, *, lossless: bool) -> SourceCopy:
    if lossless:
        data = _webp(image, lossless=True)
        if len(data) <= _MAX_BYTES:
            return SourceCopy(data, "webp")
    if image.mode == "RGBA":
        return SourceCopy(_webp(image, lossless=False), "webp")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, subsampling="4:4:4")
    return SourceCopy(file.getvalue(), "jpg")


def _webp(image: Image.Image, *, lossless: bool) -> bytes:
    file = io.BytesIO()
    effort = {"quality": 0, "method": 0} if lossless else {"quality": 90, "method": 1}
    image.save(file, "WEBP", lossless=lossless, **effort)
    return file.getvalue()
