"""The swatch picture: one band in proportion, and a tile with code, name and share for each colour.

The card is drawn in tones, which are numbers and no colours yet: from transparent over the outline
of a swatch and its colour to its ink. So anti-aliasing gives the tone in between. Adding where the
tones of each swatch begin in the list of all colours makes the card a small paletted picture.
"""

import io
import math
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from palette.color.rgb import RGB
from palette.model import Palette, Swatch

from .lettering import CAP_HEIGHT, fitted, font, ink, mix

# Lengths are pixels, about two to each that a chat shows.
WIDTH = 1100
GAP = 12
RADIUS = 24
OUTLINE = 2
BAND_HEIGHT = 100
MIN_BAND_WIDTH = 10  # of any colour in the band: a smaller share could not be seen on a phone
MAX_COLUMNS = 5
TEXT_SIZES = {2: (76, 40), 3: (58, 34), 4: (44, 28), 5: (34, 24)}  # of code and name, by crowding
ROOMY_HEIGHTS = {1: 280, 2: 216}  # of a tile by rows; more rows take what their text needs

# Distances between baselines, in the size of the name.
CODE_TO_NAME = 1.4
LINE = 1.2
NAME_TO_SHARE = 1.7

# The tones of a swatch: its outline at growing opacity, its colour, four steps to its ink.
OUTLINE_TONE = 3
COLOR_TONE = 4
INK_TONE = 8
TONES = 9
OUTLINE_INK = 0.16  # keeps a white tile visible on white and a dark one on dark

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def render_card(palette: Palette) -> bytes:
    """Draw the palette, in its order, as a PNG 1100 pixels wide on a transparent ground.

    All text has a contrast of at least 4.5 : 1 (WCAG 2) with its tile, whatever the colour.
    """
    columns, rows = _grid(len(palette))
    code_size, name_size = TEXT_SIZES[max(columns, rows + 1)]
    height = _tile_height(rows, code_size, name_size)
    card = Image.new("L", (WIDTH, BAND_HEIGHT + rows * (GAP + height)))
    starts = np.zeros((card.height, WIDTH), np.uint8)
    card.paste(_rounded_rectangle(WIDTH, BAND_HEIGHT))
    for number, (left, right) in enumerate(_band_spans(palette)):
        starts[:BAND_HEIGHT, left:right] = number * TONES
    for number, swatch in enumerate(palette):
        row, column = divmod(number, columns)
        left, right = (round(edge * (WIDTH + GAP) / columns) for edge in (column, column + 1))
        right -= GAP
        top = BAND_HEIGHT + GAP + row * (height + GAP)
        bottom = top + height
        starts[top:bottom, left:right] = number * TONES
        _draw_tile(card, (left, top, right, bottom), swatch, code_size, name_size)
    card = Image.fromarray(np.asarray(card) + starts)
    card.putpalette(b"".join(_tones(swatch.rgb) for swatch in palette), "RGBA")
    png = io.BytesIO()
    card.save(png, "PNG", compress_level=5)
    return png.getvalue()


def _grid(count: int) -> tuple[int, int]:
    """Columns and rows, never more rows than columns, with the fewest empty cells, then rows."""
    shapes = [(columns, math.ceil(count / columns)) for columns in range(1, MAX_COLUMNS + 1)]
    return min(
        (shape for shape in shapes if shape[1] <= shape[0]),
        key=lambda shape: (shape[0] * shape[1], shape[1]),
    )


def _tile_height(rows: int, code_size: int, name_size: int) -> int:
    text = (1 + CAP_HEIGHT) * code_size + (CODE_TO_NAME + LINE + NAME_TO_SHARE) * name_size
    return max(round(text), ROOMY_HEIGHTS.get(rows, 0))


def _band_spans(palette: Palette) -> Iterator[tuple[int, int]]:
    """Where each colour of the band begins and ends: in proportion to the shares.

    The smallest take their minimum first, the others share in proportion what is left.
    """
    widths = [0.0] * len(palette)
    room, remaining = float(WIDTH), sum(swatch.share for swatch in palette)
    for share, number in sorted((swatch.share, number) for number, swatch in enumerate(palette)):
        widths[number] = max(MIN_BAND_WIDTH, room * share / remaining)
        room -= widths[number]
        remaining -= share
    # Edges are rounded, not widths: else the largest would take what the others lose or gain.
    return pairwise(map(round, accumulate(widths, initial=0.0)))


@cache
def _rounded_rectangle(width: int, height: int) -> Image.Image:
    """Draw an outlined rectangle with smooth corners."""
    scale = 4
    right, bottom = width * scale - 1, height * scale - 1
    shape = Image.new("L", (right + 1, bottom + 1))
    draw = ImageDraw.Draw(shape)
    for inset, tone in ((0, OUTLINE_TONE), (OUTLINE * scale, COLOR_TONE)):
        box = (inset, inset, right - inset, bottom - inset)
        draw.rounded_rectangle(box, RADIUS * scale - inset, tone)
    return shape.reduce(scale)


def _draw_tile(card: Image.Image, box: Box, swatch: Swatch, code_size: int, name_size: int) -> None:
    left, top, right, bottom = box
    card.paste(_rounded_rectangle(right - left, bottom - top), box)
    draw = ImageDraw.Draw(card)
    margin = code_size // 2

    def write(text: str, baseline: float, typeface: ImageFont.FreeTypeFont) -> None:
        draw.text((left + margin, baseline), text, INK_TONE, typeface, "ls")

    baseline = top + margin + CAP_HEIGHT * code_size
    write(swatch.hex.upper(), baseline, font("semibold", code_size))
    name = swatch.name[:1].upper() + swatch.name[1:]
    lines, typeface = fitted(name, right - left - 2 * margin, name_size)
    for number, line in enumerate(lines):
        write(line, baseline + (CODE_TO_NAME + LINE * number) * name_size, typeface)
    write(swatch.percent, bottom - margin, font("medium", name_size))


def _tones(rgb: RGB) -> bytes:
    """Return the colours, as RGBA, that the tones of a swatch stand for."""
    text = ink(rgb)
    outline = mix(rgb, text, OUTLINE_INK)
    fading = [(*outline, 255 * tone // OUTLINE_TONE) for tone in range(OUTLINE_TONE + 1)]
    steps = range(INK_TONE - COLOR_TONE + 1)
    inked = [(*mix(rgb, text, step / steps[-1]), 255) for step in steps]
    return bytes(channel for color in fading + inked for channel in color)
