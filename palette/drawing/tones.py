"""Rounded tiles in tones, which are numbers rather than colours.

For each colour the tones go from transparent over its outline and the colour itself to its ink, so
that anti-aliasing gives those in between. Adding where the tones of each colour start in the list
of all of them makes a drawing a small paletted PNG.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from palette.color.rgb import RGB

from .filtered_png import filtered_png
from .lettering import mix

# The tones of a colour: its outline at growing opacity, itself, four steps to its ink.
OUTLINE_TONE = 3
COLOR_TONE = 4
INK_TONE = 8
TONES = 9

# Lengths are in pixels.
RADIUS = 24
OUTLINE = 2
OUTLINE_INK = 0.16  # keeps a white tile visible on white and a dark one on dark


Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class TonedDrawing:
    """A drawing each place of which belongs to one of several colours; the first, at the start."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("L", (width, height))
        self.draw = ImageDraw.Draw(self.image)
        self._first_tones = np.zeros((height, width), np.uint8)

    def add_rectangle(self, box: Box) -> None:
        """Draw an outlined rectangle with smooth corners."""
        left, top, right, bottom = box
        self.image.paste(rounded_rectangle(right - left, bottom - top), (left, top))

    def give(self, box: Box, number: int) -> None:
        """Let all that is drawn in a box be of the colour of this number."""
        left, top, right, bottom = box
        self._first_tones[top:bottom, left:right] = number * TONES

    def png(self, colors: Sequence[RGB], inks: Sequence[RGB]) -> bytes:
        """Return the drawing in these colours, each with its ink, as a PNG."""
        indices = np.asarray(self.image) + self._first_tones
        return filtered_png(indices, b"".join(map(tones, colors, inks)))


@cache
def rounded_rectangle(width: int, height: int) -> Image.Image:
    """Draw an outlined rectangle with smooth corners, in tones."""
    scale = 4
    right, bottom = width * scale - 1, height * scale - 1
    shape = Image.new("L", (right + 1, bottom + 1))
    draw = ImageDraw.Draw(shape)
    for inset, tone in ((0, OUTLINE_TONE), (OUTLINE * scale, COLOR_TONE)):
        box = (inset, inset, right - inset, bottom - inset)
        draw.rounded_rectangle(box, RADIUS * scale - inset, tone)
    return shape.reduce(scale)


def tones(rgb: RGB, text: RGB) -> bytes:
    """Return the colours, as RGBA, that the tones of a colour with this ink stand for."""
    outline = mix(rgb, text, OUTLINE_INK)
    fading = [(*outline, 255 * tone // OUTLINE_TONE) for tone in range(OUTLINE_TONE + 1)]
    steps = range(INK_TONE - COLOR_TONE + 1)
    inked = [(*mix(rgb, text, step / steps[-1]), 255) for step in steps]
    return bytes(channel for color in fading + inked for channel in color)
