"""Frames turned upright and made smaller."""

import math
import struct
from functools import lru_cache

import numpy as np
from PIL import Image
from PIL.ImageFile import ImageFile

_TRANSPOSE_BY_ORIENTATION = {  # EXIF 2.32, tag 0x0112
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def reduce_frame(frame: Image.Image, pixels: int) -> Image.Image:
    """Average areas until about this many pixels are left."""
    factor = round(math.sqrt(frame.width * frame.height / pixels))
    if factor <= 1:
        return frame
    x, y = min(factor, frame.width), min(factor, frame.height)
    # If one side is shorter than the factor, the other one is reduced by more.
    return frame.reduce(
        (min(frame.width, factor * factor // y), min(frame.height, factor * factor // x))
    )


def sample_frame(frame: Image.Image, pixels: int) -> Image.Image:
    """Pick about this many pixels, evenly spread."""
    step = math.sqrt(frame.width * frame.height / pixels)
    if step <= 1:
        return frame
    size = max(1, round(frame.width / step)), max(1, round(frame.height / step))
    return frame.resize(size, Image.Resampling.NEAREST)


def sample_neighbors(frame: Image.Image, sample: Image.Image) -> list[Image.Image]:
    """Pick the pixels to the left of, right of, above and below those of a sample of the frame.

    A pixel without such a neighbour, at the border, is its own.
    """
    return [_sample_shifted(frame, sample, *shift) for shift in ((-1, 0), (1, 0), (0, -1), (0, 1))]


def _sample_shifted(frame: Image.Image, sample: Image.Image, x: int, y: int) -> Image.Image:
    box = x, y, frame.width + x, frame.height + y
    picked = frame.transform(sample.size, Image.Transform.EXTENT, box, Image.Resampling.NEAREST)
    across = _is_shifted(frame.width, sample.width, x)
    down = _is_shifted(frame.height, sample.height, y)
    if all(across) and all(down):
        return picked
    mask = np.outer(down, across)
    return Image.composite(picked, sample, Image.fromarray(mask.astype(np.uint8) * 255))


@lru_cache(maxsize=8)  # the frames of an animation have the same size
def _is_shifted(length: int, count: int, shift: int) -> tuple[bool, ...]:
    """Return whether each of ``count`` positions, picked along a side, is off by ``shift``.

    It is not at the border, nor where rounding goes the other way.
    """
    indices = np.arange(2, length + 2, dtype=np.int32)  # 0 is beyond the border
    positions = Image.fromarray(indices[None])
    picked = np.asarray(positions.resize((count, 1), Image.Resampling.NEAREST))[0]
    box = shift, 0, length + shift, 1
    nearest = Image.Resampling.NEAREST
    shifted = positions.transform((count, 1), Image.Transform.EXTENT, box, nearest)
    return tuple((np.asarray(shifted)[0] == picked + shift).tolist())


def turn_upright(frame: Image.Image, image: ImageFile) -> Image.Image:
    """Apply the EXIF orientation of the loaded image, unless its EXIF is too damaged to read."""
    if image.format == "JXL":  # its decoder has turned it, by the codestream
        return frame
    try:
        turn = _TRANSPOSE_BY_ORIENTATION.get(image.getexif().get(0x0112, 1))
    except (SyntaxError, ValueError, struct.error):
        return frame
    return frame if turn is None else frame.transpose(turn)
