"""From the bytes of an image to sRGB pixels, small enough to count."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from .color_management import srgb_converter
from .distinct import Counts, distinct_colors
from .errors import FullyTransparentError
from .formats import MAX_PIXELS, decoder_errors, open_image
from .modes import plain

Bytes = NDArray[np.uint8]

WORKING_PIXELS = 256 * 256
MAX_FRAMES = 24
# Frames are decoded one after the other: this bounds the time an endless animation can take.
_ANIMATION_PIXELS = 200_000_000
_ANIMATED_FORMATS = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
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
class Raster:
    """The pixels of an image or animation, reduced by area, in sRGB.

    ``rgb`` has shape (frames, height, width, 3); ``alpha``, shape (frames, height, width), 0 to
    255, is None when everything is opaque. ``distinct`` counts all visible colours of the unreduced
    image, by their alpha, if they are few. ``notes`` are sentences for the user.
    """

    rgb: Bytes
    alpha: Bytes | None
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
    ``pixels``, which up to ``frames`` frames spread over an animation share. Up to ``few`` distinct
    visible colours are reported exactly.

    Raises the children of :class:`palette.errors.ImageError`.
    """
    image = open_image(data, max_pixels)
    with decoder_errors():
        numbers, spread_note = _spread(image, frames)
        share = max(1, pixels // len(numbers))
        drafted = _draft(image, share)
        convert, profile_note = srgb_converter(image)
        turn = _TURNS.get(image.getexif().get(0x0112, 1))
        small: list[Image.Image] = []
        counts: Counts | None = {}
        for number in numbers:
            image.seek(number)
            frame = plain(image)
            reduced = _reduced(frame, share)
            converted = convert(reduced)
            small.append(converted if turn is None else converted.transpose(turn))
            if drafted and reduced.getcolors(_FLAT_BLENDS):
                frame, drafted = plain(open_image(data, max_pixels)), False
            if counts is not None:
                more = None if drafted else distinct_colors(frame, few, convert)
                counts = _sum(counts, more, few)
    rgb, alpha = _arrays(small)
    if not counts and alpha is not None and not alpha.any():
        raise FullyTransparentError("The image is fully transparent: there is no colour to see.")
    notes = tuple(note for note in (profile_note, spread_note) if note)
    return Raster(rgb, alpha, counts, notes)


def _sum(one: Counts, other: Counts | None, few: int) -> Counts | None:
    """Add the colours of a frame to those of earlier ones, while they stay few."""
    if other is None:
        return None
    total = {color: one.get(color, 0.0) + other.get(color, 0.0) for color in one | other}
    return total if len(total) <= few else None


def _spread(image: ImageFile, frames: int) -> tuple[list[int], str | None]:
    """Choose the frames to look at, and say so when there is more than one."""
    total: int = getattr(image, "n_frames", 1) if image.format in _ANIMATED_FORMATS else 1
    if total == 1 or frames == 1:
        return [image.tell()], None
    reachable = min(total, max(1, _ANIMATION_PIXELS // (image.width * image.height)))
    count = min(frames, reachable)
    numbers = [round(index * (reachable - 1) / max(1, count - 1)) for index in range(count)]
    looked = f"all {total}" if count == total else f"{count} of its {total}"
    return numbers, f"It moves: these are the colours of {looked} frames."


def _draft(image: ImageFile, pixels: int) -> bool:
    """Have a JPEG decoded at the smallest eighth, quarter or half that keeps ``pixels``."""
    if not isinstance(image, JpegImageFile):
        return False
    for scale in (8, 4, 2):
        if image.width // scale * (image.height // scale) >= pixels:
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


def _arrays(frames: list[Image.Image]) -> tuple[Bytes, Bytes | None]:
    if all(frame.mode == "RGB" for frame in frames):
        return np.stack([np.asarray(frame) for frame in frames]), None
    rgba = np.stack([np.asarray(frame.convert("RGBA")) for frame in frames])
    if rgba[..., 3].min() == 255:
        return rgba[..., :3], None
    return rgba[..., :3], rgba[..., 3]
