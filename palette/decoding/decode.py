"""From the bytes of an image to sRGB pixels, small enough to count."""

import math
import struct
from dataclasses import dataclass

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from palette.color.arrays import Bytes
from palette.errors import FullyTransparentError

from .color_management import srgb_converter
from .distinct import Counts, distinct_colors
from .formats import MAX_PIXELS, decoder_errors, open_image
from .frames import choose_frames, load_frames
from .modes import plain

WORKING_PIXELS = 256 * 256
MAX_FRAMES = 24
# A JPEG can be decoded at a part of its size, the faster the smaller, if this many pixels are left:
# fewer would have lost grain and, with it, the true shares of the colours.
_DRAFTS = ((8, 180_000), (4, 700_000), (2, 700_000))
# Pixels of full size that tell the shares. A prime's square: steps of whole pixels, which could
# meet the same half of a dithering's pattern each time, are rare.
_SAMPLED_PIXELS = 211 * 211
# A JPEG that is flat at full size blends into no more colours than this when decoded reduced.
_FLAT_BLENDS = 256
_TURNS = {  # EXIF 2.32, tag 0x0112
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Pixels:
    """Pixels in sRGB.

    ``rgb`` has shape (frames, height, width, 3); ``alpha``, shape (frames, height, width), 0 to
    255, is None when everything is opaque.
    """

    rgb: Bytes
    alpha: Bytes | None


@dataclass(frozen=True, slots=True)
class Raster(Pixels):
    """The pixels of an image or animation, reduced by area.

    ``sample`` are unreduced ones, evenly spread: about 44,521, or all if there are fewer.
    ``distinct`` counts all visible colours of the unreduced image, by their alpha, if they are few.
    ``notes`` are sentences for the user.
    """

    sample: Pixels
    distinct: Counts | None
    notes: tuple[str, ...]


def decode(
    data: bytes,
    *,
    few: int = 0,
    pixels: int = WORKING_PIXELS,
    frames: int = MAX_FRAMES,
    max_pixels: int = MAX_PIXELS,
) -> Raster:
    """Decode an image: orientation applied, colours managed, reduced to about ``pixels`` pixels.

    Sides shrink by whole factors, averaging areas (never skipping pixels), to less than 2.25 times
    ``pixels``; up to ``frames`` frames spread over an animation share five thirds of that. Up to
    ``few`` distinct visible colours are reported exactly.

    Raises the children of :class:`palette.errors.ImageError`.
    """
    image = open_image(data, max_pixels)
    with decoder_errors():
        numbers, frames_note = choose_frames(image, frames)
        share = pixels if len(numbers) == 1 else max(1, 5 * pixels // (3 * len(numbers)))
        drafted = _draft(image, share)
        convert, profile_note = srgb_converter(image)
        small: list[Image.Image] = []
        sampled: list[Image.Image] = []
        counts: Counts | None = {} if few else None
        for frame in load_frames(image, numbers, max_pixels):
            reduced = _reduced(frame, share)
            small.append(_upright(convert(reduced), image))
            sampled.append(convert(_sampled(frame, max(1, _SAMPLED_PIXELS // len(numbers)))))
            whole = frame
            if drafted and counts is not None:
                flat = reduced.getcolors(_FLAT_BLENDS) is not None
                whole = plain(open_image(data, max_pixels)) if flat else None
            if counts is not None:
                more = None if whole is None else distinct_colors(whole, few, convert)
                counts = _sum(counts, more, few)
    rgb, alpha = _arrays(small)
    if not counts and alpha is not None and not alpha.any():
        raise FullyTransparentError("The image is fully transparent: there is no colour to see.")
    notes = tuple(note for note in (profile_note, frames_note) if note)
    return Raster(rgb, alpha, Pixels(*_arrays(sampled)), counts, notes)


def _sum(one: Counts, other: Counts | None, few: int) -> Counts | None:
    """Add the colours of a frame to those of earlier ones, while they stay few."""
    if other is None:
        return None
    total = {color: one.get(color, 0.0) + other.get(color, 0.0) for color in one | other}
    return total if len(total) <= few else None


def _draft(image: ImageFile, pixels: int) -> bool:
    """Have a large JPEG decoded at the least part that keeps ``pixels`` and its detail."""
    if not isinstance(image, JpegImageFile):
        return False
    for scale, detail in _DRAFTS:
        if image.width // scale * (image.height // scale) >= max(pixels, detail):
            image.draft(None, (image.width // scale, image.height // scale))
            return True
    return False


def _reduced(frame: Image.Image, pixels: int) -> Image.Image:
    factor = round(math.sqrt(frame.width * frame.height / pixels))
    if factor <= 1:
        return frame
    x, y = min(factor, frame.width), min(factor, frame.height)
    # A side shorter than the factor leaves more to the other one.
    return frame.reduce(
        (min(frame.width, factor * factor // y), min(frame.height, factor * factor // x))
    )


def _sampled(frame: Image.Image, pixels: int) -> Image.Image:
    step = math.sqrt(frame.width * frame.height / pixels)
    if step <= 1:
        return frame
    size = max(1, round(frame.width / step)), max(1, round(frame.height / step))
    return frame.resize(size, Image.Resampling.NEAREST)


def _upright(frame: Image.Image, image: ImageFile) -> Image.Image:
    """Turn a frame as the loaded image's EXIF says; if that is too damaged to tell, it stays."""
    try:
        turn = _TURNS.get(image.getexif().get(0x0112, 1))
    except (SyntaxError, ValueError, struct.error):
        return frame
    return frame if turn is None else frame.transpose(turn)


def _arrays(frames: list[Image.Image]) -> tuple[Bytes, Bytes | None]:
    if all(frame.mode == "RGB" for frame in frames):
        return np.stack([np.asarray(frame) for frame in frames]), None
    rgba = np.stack([np.asarray(frame.convert("RGBA")) for frame in frames])
    if rgba[..., 3].min() == 255:
        return rgba[..., :3], None
    return rgba[..., :3], rgba[..., 3]
