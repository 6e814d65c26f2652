"""A dark sheet that is filled with tiles and text from top to bottom."""

from collections.abc import Sequence
from functools import cache
from typing import cast

import numpy as np
from PIL import Image, ImageDraw

from palette.color.oklab import srgb_to_oklab
from palette.color.rgb import RGB
from palette.redrawing.recolor import nearest_indices, paletted_png

from .card import WIDTH, Box
from .lettering import CAP_HEIGHT, Typeface, font, ink, mix
from .tones import OUTLINE, OUTLINE_INK

# Lengths are in pixels; a phone shows the sheet 295 pixels wide.
MARGIN = 32
INNER_WIDTH = WIDTH - 2 * MARGIN
GAP = 6  # between tiles
SECTION_GAP = 48
TEXT_SIZE = 34  # the smallest: 9 pixels on a phone
MAX_HEIGHT = 6000  # of the canvas, before it is cropped
CORNER_RADIUS = 14

BACKGROUND: RGB = (30, 31, 36)
TEXT: RGB = (228, 229, 233)
FAINT_TEXT: RGB = (150, 153, 163)


class Sheet:
    """A drawing in progress; ``top`` is where the next thing goes."""

    def __init__(self) -> None:
        self.top = MARGIN
        self._image = Image.new("RGB", (WIDTH, MAX_HEIGHT), BACKGROUND)
        self._draw = ImageDraw.Draw(self._image)

    def band(self, box: Box, colors: Sequence[RGB]) -> None:
        """Draw colours side by side, equally wide and without gaps, in one tile."""
        self._fill(box, [mix(rgb, ink(rgb), OUTLINE_INK) for rgb in colors], 0)
        self._fill(box, colors, OUTLINE)

    def tile(self, box: Box, rgb: RGB, *, outlined: bool = True) -> None:
        """Draw a tile of one colour."""
        if outlined:
            self.band(box, [rgb])
        else:
            self._fill(box, [rgb], 0)

    def _fill(self, box: Box, colors: Sequence[RGB], inset: int) -> None:
        size = (box[2] - box[0], box[3] - box[1])
        stripes = Image.new("RGB", size)
        for number, rgb in enumerate(colors):
            left, right = (round(at * size[0] / len(colors)) for at in (number, number + 1))
            stripes.paste(rgb, (left, 0, right, size[1]))
        self._image.paste(stripes, box, _cached_mask(size, CORNER_RADIUS, inset))

    def write(
        self, at: tuple[float, float], text: str, typeface: Typeface, color: RGB, anchor: str = "ls"
    ) -> None:
        """Write with the left (``ls``), middle (``ms``) or right (``rs``) of the baseline there."""
        self._draw.text(at, text, color, typeface, anchor)

    def write_centered(self, box: Box, text: str, size: int, color: RGB) -> None:
        """Write in the middle of a box."""
        left, top, right, bottom = box
        baseline = (top + bottom + CAP_HEIGHT * size) / 2
        self.write(((left + right) / 2, baseline), text, font("semibold", size), color, "ms")

    def png(self) -> bytes:
        """Crop the sheet below what was drawn, and encode it with its 256 most common colours.

        That halves the file. Tiles keep their exact colours; only the edges of letters are
        approximated.
        """
        image = self._image.crop((0, 0, WIDTH, self.top + MARGIN))
        counts = cast("list[tuple[int, RGB]]", image.getcolors(WIDTH * MAX_HEIGHT))
        most_common = sorted(counts, key=lambda counted: (-counted[0], counted[1]))[:256]
        colors = np.array([color for _, color in most_common], np.uint8)
        indices = nearest_indices(np.asarray(image), srgb_to_oklab(colors))
        return paletted_png(indices, colors.tobytes())


def rounded_mask(size: tuple[int, int], radius: int, inset: int = 0) -> Image.Image:
    """Return a mask of a rectangle with smooth round corners, ``inset`` from the edge."""
    scale = 4
    mask = Image.new("L", (size[0] * scale, size[1] * scale))
    right, bottom = ((side - inset) * scale - 1 for side in size)
    box = (inset * scale, inset * scale, right, bottom)
    ImageDraw.Draw(mask).rounded_rectangle(box, (radius - inset) * scale, 255)
    return mask.reduce(scale)


_cached_mask = cache(rounded_mask)
