"""What a chip looks like: a square of one colour with round corners and a thin outline."""

import io
from functools import cache

from PIL import Image, ImageDraw

from palette import RGB
from palette.drawing.lettering import inks, mix

# In pixels; a menu shows a chip about a sixth as large.
SIZE = 128
_MARGIN = 6
_RADIUS = 34
_OUTLINE = 8
_OUTLINE_INK = 0.3  # keeps a white chip visible on white and a black one on dark
_SCALE = 4  # drawn so many times larger, then reduced


def draw_chip(rgb: RGB) -> bytes:
    """Draw a chip as a PNG of 128 x 128 pixels on a transparent background."""
    (ink,) = inks([rgb])
    chip = Image.new("RGB", (SIZE, SIZE), mix(rgb, ink, _OUTLINE_INK))
    chip.paste(rgb, mask=_rounded_square(_MARGIN + _OUTLINE))
    chip.putalpha(_rounded_square(_MARGIN))
    file = io.BytesIO()
    chip.save(file, "PNG")
    return file.getvalue()


@cache
def _rounded_square(inset: int) -> Image.Image:
    """Draw a mask of the square within a margin; its corners are concentric with the others."""
    shape = Image.new("L", (_SCALE * SIZE, _SCALE * SIZE))
    box = (_SCALE * inset, _SCALE * inset) + (_SCALE * (SIZE - inset) - 1,) * 2
    radius = _SCALE * (_RADIUS + _MARGIN - inset)
    ImageDraw.Draw(shape).rounded_rectangle(box, radius, 255)
    return shape.reduce(_SCALE)
