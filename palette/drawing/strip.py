"""The strip: the colours of a palette with their codes and nothing else, for small places."""

import math

import numpy as np
from PIL import Image, ImageDraw

from palette.model import Palette

from .card import GAP, WIDTH
from .filtered_png import filtered_png
from .lettering import CAP_HEIGHT, font, inks
from .tones import INK_TONE, TONES, rounded_rectangle, tones

COLUMNS = 5
CELL_HEIGHT = 72
CODE_SIZE = 36  # 9 pixels on a phone, as on the card


def render_strip(palette: Palette) -> bytes:
    """Draw the colours of a palette, in its order, as a PNG 1100 pixels wide: five in a row.

    All codes have a contrast of at least 4.5 : 1 (WCAG 2).
    """
    columns = min(COLUMNS, len(palette))
    rows = math.ceil(len(palette) / columns)
    strip = Image.new("L", (WIDTH, rows * (CELL_HEIGHT + GAP) - GAP))
    first_tones = np.zeros((strip.height, WIDTH), np.uint8)
    draw = ImageDraw.Draw(strip)
    for number, swatch in enumerate(palette):
        row, column = divmod(number, columns)
        left, right = (round(edge * (WIDTH + GAP) / columns) for edge in (column, column + 1))
        right -= GAP
        top = row * (CELL_HEIGHT + GAP)
        first_tones[top : top + CELL_HEIGHT, left:right] = number * TONES
        strip.paste(rounded_rectangle(right - left, CELL_HEIGHT), (left, top))
        baseline = top + (CELL_HEIGHT + CAP_HEIGHT * CODE_SIZE) / 2
        code, typeface = swatch.hex.upper(), font("semibold", CODE_SIZE)
        draw.text(((left + right) / 2, baseline), code, INK_TONE, typeface, "ms")
    colors = [swatch.rgb for swatch in palette]
    return filtered_png(np.asarray(strip) + first_tones, b"".join(map(tones, colors, inks(colors))))
