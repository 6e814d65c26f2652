"""Frames turned upright and made smaller."""

import math
import struct

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


def turn_upright(frame: Image.Image, image: ImageFile) -> Image.Image:
    """Apply the EXIF orientation of the loaded image, unless its EXIF is too damaged to read."""
    try:
        turn = _TRANSPOSE_BY_ORIENTATION.get(image.getexif().get(0x0112, 1))
    except (SyntaxError, ValueError, struct.error):
        return frame
    return frame if turn is None else frame.transpose(turn)
