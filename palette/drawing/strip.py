"""The strip: the colours of a palette with their codes and nothing else, for small places."""

import math

from palette.model import Palette

from .card import GAP, WIDTH, cell_box
from .lettering import CAP_HEIGHT, font, inks
from .tones import INK_TONE, TonedDrawing

COLUMNS = 5
CELL_HEIGHT = 72
CODE_SIZE = 36  # 9 pixels on a phone, as on the card


def render_strip(palette: Palette) -> bytes:
    """Draw the colours of a palette, in its order, as a PNG 1100 pixels wide: five in a row.

    All codes have a contrast of at least 4.5 : 1 (WCAG 2).
    """
    columns = min(COLUMNS, len(palette))
    rows = math.ceil(len(palette) / columns)
    strip = TonedDrawing(WIDTH, rows * (CELL_HEIGHT + GAP) - GAP)
    for number, swatch in enumerate(palette):
        row, column = divmod(number, columns)
        box = cell_box(column, row, columns, CELL_HEIGHT, 0)
        strip.add_rectangle(box)
        strip.give(box, number)
        left, top, right, bottom = box
        baseline = (top + bottom + CAP_HEIGHT * CODE_SIZE) / 2
        code, typeface = swatch.hex.upper(), font("semibold", CODE_SIZE)
        strip.draw.text(((left + right) / 2, baseline), code, INK_TONE, typeface, "ms")
    colors = [swatch.rgb for swatch in palette]
    return strip.png(colors, inks(colors))
