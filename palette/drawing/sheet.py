"""A dark sheet on which a picture lays tiles and text from top to bottom."""

from collections.abc import Sequence
from functools import cache
from typing import cast

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from palette.color.oklab import srgb_to_oklab
from palette.color.rgb import RGB
from palette.redrawing.recolor import paletted_png, redraw

from .card import OUTLINE, OUTLINE_INK, WIDTH, Box
from .lettering import CAP_HEIGHT, font, ink, mix

# Lengths are pixels, about two to each that a chat shows.
MARGIN = 32
INNER = WIDTH - 2 * MARGIN
SPACE = 30  # between parts
LEGEND_SIZE = 24
HIGHEST = 3000  # is cut
CORNER = 9

GROUND: RGB = (30, 31, 36)
TEXT: RGB = (228, 229, 233)
FAINT: RGB = (150, 153, 163)

Typeface = ImageFont.FreeTypeFont


class Sheet:
    """The picture while it is drawn; ``top`` is where the next thing goes."""

    def __init__(self) -> None:
        self.top = MARGIN
        self._image = Image.new("RGB", (WIDTH, HIGHEST), GROUND)
        self._draw = ImageDraw.Draw(self._image)

    def band(self, box: Box, colors: Sequence[RGB]) -> None:
        """Lay colours side by side, equally wide and without a gap, in one tile."""
        self._lay(box, [mix(rgb, ink(rgb), OUTLINE_INK) for rgb in colors], 0)
        self._lay(box, colors, OUTLINE)

    def tile(self, box: Box, rgb: RGB, *, outlined: bool = True) -> None:
        """Lay a tile of one colour."""
        if outlined:
            self.band(box, [rgb])
        else:
            self._lay(box, [rgb], 0)

    def _lay(self, box: Box, colors: Sequence[RGB], inset: int) -> None:
        size = (box[2] - box[0], box[3] - box[1])
        stripes = Image.new("RGB", size)
        for number, rgb in enumerate(colors):
            left, right = (round(at * size[0] / len(colors)) for at in (number, number + 1))
            stripes.paste(rgb, (left, 0, right, size[1]))
        self._image.paste(stripes, box, _rounded(size, inset))

    def write(
        self, at: tuple[float, float], text: str, typeface: Typeface, color: RGB, anchor: str = "ls"
    ) -> None:
        """Write at a point of the baseline: its left end (``ls``) or its middle (``ms``)."""
        self._draw.text(at, text, color, typeface, anchor)

    def write_inside(self, box: Box, text: str, size: int, color: RGB) -> None:
        """Write in the middle of a box."""
        left, top, right, bottom = box
        baseline = (top + bottom + CAP_HEIGHT * size) / 2
        self.write(((left + right) / 2, baseline), text, font("semibold", size), color, "ms")

    def png(self) -> bytes:
        """Cut the picture off below what was drawn, and write it with its 256 commonest colours.

        That spares half of the bytes, and is all tiles: only edges of letters are approximated.
        """
        picture = self._image.crop((0, 0, WIDTH, self.top + MARGIN))
        counts = cast("list[tuple[int, RGB]]", picture.getcolors(WIDTH * HIGHEST))
        commonest = sorted(counts, key=lambda counted: (-counted[0], counted[1]))[:256]
        colors = np.array([color for _, color in commonest], np.uint8)
        indices = redraw(np.asarray(picture), srgb_to_oklab(colors))
        return paletted_png(indices, colors.tobytes())


@cache
def _rounded(size: tuple[int, int], inset: int) -> Image.Image:
    """Return a mask: a rectangle with smooth round corners, ``inset`` from the edge."""
    scale = 4
    mask = Image.new("L", (size[0] * scale, size[1] * scale))
    right, bottom = ((side - inset) * scale - 1 for side in size)
    box = (inset * scale, inset * scale, right, bottom)
    ImageDraw.Draw(mask).rounded_rectangle(box, (CORNER - inset) * scale, 255)
    return mask.reduce(scale)
