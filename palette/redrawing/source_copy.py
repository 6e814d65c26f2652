"""A copy of a picture to send along with its palette: small, upright, in sRGB, and discreet."""

import io
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from palette.color.oklab import srgb_to_oklab
from palette.decoding.decode import MAX_FRAMES, Raster, decode
from palette.decoding.distinct import Counts
from palette.decoding.formats import decoder_errors, open_image
from palette.decoding.frames import choose_frames

from .animated_webp import animated_webp
from .recolor import redraw

_FEW = 256  # colours, which make small files without loss, as in a GIF
_SMALL = 1_000_000  # pixels, which do so whatever they show
_ANIMATION_PIXELS = 4_000_000
_LARGEST = 8_000_000  # bytes


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """The content of an image file, and what its name is to end with: ``jpg`` or ``webp``."""

    data: bytes
    suffix: str


def source_copy(data: bytes, max_side: int = 1600) -> SourceCopy:
    """Copy an image so that its palette can be made again from the copy.

    The copy is at most ``max_side`` pixels wide and high, upright, in sRGB, below 8 MB, and tells
    nothing but what is seen: no EXIF, XMP, comment, profile, or colours of hidden pixels. A picture
    that need not be reduced stays exact if it has up to a megapixel or 256 distinct colours. These
    stay the only ones if it is reduced. Other pictures lose what a JPEG of quality 90 loses. An
    animation becomes one of the up to 24 frames that :func:`palette.extract` looks at, with at most
    four megapixels together.

    Raises the children of :class:`palette.errors.ImageError`.
    """
    image = open_image(data)
    with decoder_errors():
        frames = len(choose_frames(image, MAX_FRAMES)[0])
    if frames > 1:
        scale = math.sqrt(_ANIMATION_PIXELS / (frames * image.width * image.height))
        max_side = max(1, min(max_side, int(max(image.size) * scale)))
    raster = decode(data, few=_FEW, pixels=_pixels(image.size, max_side, frames))
    pictures = [_picture(raster, frame, max_side) for frame in range(frames)]
    lossless = raster.distinct is not None or raster.rgb[..., 0].size <= _SMALL
    if frames > 1:
        stills = [_webp(picture, lossless=lossless) for picture in pictures]
        return SourceCopy(animated_webp(stills, pictures[0].size), "webp")
    return _still(pictures[0], lossless=lossless)


def _pixels(size: tuple[int, int], side: int, frames: int) -> int:
    """Return what to ask of the decoder so that it leaves the longer side ``side`` or more.

    It leaves whole fractions of the sides; only halves of halves are quick to get from a JPEG.
    """
    factor = 1
    while max(size) // (2 * factor) >= side:
        factor *= 2
    pixels = max(1, size[0] // factor) * max(1, size[1] // factor)
    return pixels if frames == 1 else math.ceil(3 * frames * pixels / 5)


def _picture(raster: Raster, frame: int, max_side: int) -> Image.Image:
    picture = Image.fromarray(raster.rgb[frame])
    if raster.alpha is not None:
        picture.putalpha(Image.fromarray(raster.alpha[frame]))
    # Unlike the usual filter, this one does not overshoot to colours that are not there.
    picture.thumbnail((max_side, max_side), Image.Resampling.HAMMING)
    return picture if raster.distinct is None else _exact(picture, raster.distinct)


def _exact(picture: Image.Image, distinct: Counts) -> Image.Image:
    """Mix the only colours there are where reducing has blended them: none is lost or new."""
    colors = np.array(sorted(distinct), np.uint8)
    indices = redraw(np.asarray(picture.convert("RGB")), srgb_to_oklab(colors), dither=True)
    exact = Image.fromarray(colors[indices])
    if picture.mode == "RGBA":
        exact.putalpha(picture.getchannel("A"))
    return exact


def _still(picture: Image.Image, *, lossless: bool) -> SourceCopy:
    if lossless:
        data = _webp(picture, lossless=True)
        if len(data) <= _LARGEST:
            return SourceCopy(data, "webp")
    if picture.mode == "RGBA":
        return SourceCopy(_webp(picture, lossless=False), "webp")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, subsampling="4:4:4")
    return SourceCopy(file.getvalue(), "jpg")


def _webp(picture: Image.Image, *, lossless: bool) -> bytes:
    file = io.BytesIO()
    effort = {"quality": 0, "method": 0} if lossless else {"quality": 90, "method": 1}
    picture.save(file, "WEBP", lossless=lossless, **effort)
    return file.getvalue()
