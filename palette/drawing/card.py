"""The swatch card: a band of all colours in proportion, and a tile with the details of each.

The card is drawn in tones, which are numbers rather than colours: for each swatch, from transparent
over its outline and its colour to its ink, so that anti-aliasing gives the tones in between. Adding
where the tones of each swatch start in the list of all colours makes the card a small paletted PNG.
"""

import io
import math
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
from PIL import Image, ImageDraw

from palette.color.rgb import RGB
from palette.model import Palette, Swatch

from .lettering import CAP_HEIGHT, Typeface, fit_text, font, font_for, ink, is_drawable, mix

# Lengths are in pixels; a chat shows the card at about half its size.
WIDTH = 1100
GAP = 12
RADIUS = 24
OUTLINE = 2
BAND_HEIGHT = 100
MIN_BAND_WIDTH = 10  # so that even the smallest share can be seen on a phone
MAX_COLUMNS = 5
TEXT_SIZES = {2: (76, 40), 3: (58, 34), 4: (44, 28), 5: (34, 24)}  # of code and name, by crowding
ROOMY_HEIGHTS = {1: 280, 2: 216}  # of a tile, by rows; with more rows, as high as the text

# Distances between baselines, as multiples of the name's size.
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

Label = tuple[str, str]
"""What a card calls a swatch, and how it writes its share."""


def english(swatch: Swatch) -> Label:
    """Return what a card says of a swatch in English."""
    return swatch.name, swatch.percent


def render_card(palette: Palette, label: Callable[[Swatch], Label] = english) -> bytes:
    """Draw a palette, in its order, as a PNG 1100 pixels wide on a transparent background.

    ``label`` says a swatch's name and share in another language. If any of them has letters that
    the card's typefaces lack, all are written in English instead: they have those of English,
    German, Spanish, French, Portuguese, Romanian and, as far as colours need it, Japanese. All text
    has a contrast of at least 4.5 : 1 (WCAG 2) with its tile, whatever the colour.
    """
    columns, rows = _grid(len(palette))
    sizes = TEXT_SIZES[max(columns, rows + 1)]
    height = _tile_height(rows, *sizes)
    card = Image.new("L", (WIDTH, BAND_HEIGHT + rows * (GAP + height)))
    first_tones = np.zeros((card.height, WIDTH), np.uint8)
    card.paste(_rounded_rectangle(WIDTH, BAND_HEIGHT))
    for number, (left, right) in enumerate(_band_spans(palette)):
        first_tones[:BAND_HEIGHT, left:right] = number * TONES
    labels = _labels(palette, label)
    for number, swatch in enumerate(palette):
        row, column = divmod(number, columns)
        left, right = (round(edge * (WIDTH + GAP) / columns) for edge in (column, column + 1))
        right -= GAP
        top = BAND_HEIGHT + GAP + row * (height + GAP)
        bottom = top + height
        first_tones[top:bottom, left:right] = number * TONES
        _draw_tile(card, (left, top, right, bottom), swatch, labels[number], sizes)
    card = Image.fromarray(np.asarray(card) + first_tones)
    card.putpalette(b"".join(_tones(swatch.rgb) for swatch in palette), "RGBA")
    png = io.BytesIO()
    card.save(png, "PNG", compress_level=5)
    return png.getvalue()


def _labels(palette: Palette, label: Callable[[Swatch], Label]) -> list[Label]:
    labels = [label(swatch) for swatch in palette]
    if all(is_drawable(text) for each in labels for text in each):
        return labels
    return [english(swatch) for swatch in palette]


def _grid(count: int) -> tuple[int, int]:
    """Return columns and rows with the fewest empty cells, then rows; never more rows than columns.

    There are at most five columns.
    """
    shapes = [(columns, math.ceil(count / columns)) for columns in range(1, MAX_COLUMNS + 1)]
    return min(
        (shape for shape in shapes if shape[1] <= shape[0]),
        key=lambda shape: (shape[0] * shape[1], shape[1]),
    )


def _tile_height(rows: int, code_size: int, name_size: int) -> int:
    text = (1 + CAP_HEIGHT) * code_size + (CODE_TO_NAME + LINE + NAME_TO_SHARE) * name_size
    return max(round(text), ROOMY_HEIGHTS.get(rows, 0))


def _band_spans(palette: Palette) -> Iterator[tuple[int, int]]:
    """Return where each colour of the band starts and ends, in proportion to the shares.

    The smallest get their minimum width first; the others divide what is left in proportion.
    """
    widths = [0.0] * len(palette)
    room, remaining = float(WIDTH), sum(swatch.share for swatch in palette)
    for share, number in sorted((swatch.share, number) for number, swatch in enumerate(palette)):
        widths[number] = max(MIN_BAND_WIDTH, room * share / remaining)
        room -= widths[number]
        remaining -= share
    # Edges are rounded rather than widths: otherwise the rounding errors would add up.
    return pairwise(map(round, accumulate(widths, initial=0.0)))


@cache
def _rounded_rectangle(width: int, height: int) -> Image.Image:
    """Draw an outlined rectangle with smooth corners, in tones."""
    scale = 4
    right, bottom = width * scale - 1, height * scale - 1
    shape = Image.new("L", (right + 1, bottom + 1))
    draw = ImageDraw.Draw(shape)
    for inset, tone in ((0, OUTLINE_TONE), (OUTLINE * scale, COLOR_TONE)):
        box = (inset, inset, right - inset, bottom - inset)
        draw.rounded_rectangle(box, RADIUS * scale - inset, tone)
    return shape.reduce(scale)


def _draw_tile(
    card: Image.Image, box: Box, swatch: Swatch, label: Label, sizes: tuple[int, int]
) -> None:
    left, top, right, bottom = box
    name, share = label
    code_size, name_size = sizes
    card.paste(_rounded_rectangle(right - left, bottom - top), box)
    draw = ImageDraw.Draw(card)
    margin = code_size // 2

    def write(text: str, baseline: float, typeface: Typeface) -> None:
        draw.text((left + margin, baseline), text, INK_TONE, typeface, "ls")

    baseline = top + margin + CAP_HEIGHT * code_size
    write(swatch.hex.upper(), baseline, font("semibold", code_size))
    lines, typeface = fit_text(name[:1].upper() + name[1:], right - left - 2 * margin, name_size)
    for number, line in enumerate(lines):
        write(line, baseline + (CODE_TO_NAME + LINE * number) * name_size, typeface)
    write(share, bottom - margin, font_for(share, name_size))


def _tones(rgb: RGB) -> bytes:
    """Return the colours, as RGBA, that the tones of a swatch stand for."""
    text = ink(rgb)
    outline = mix(rgb, text, OUTLINE_INK)
    fading = [(*outline, 255 * tone // OUTLINE_TONE) for tone in range(OUTLINE_TONE + 1)]
    steps = range(INK_TONE - COLOR_TONE + 1)
    inked = [(*mix(rgb, text, step / steps[-1]), 255) for step in steps]
    return bytes(channel for color in fading + inked for channel in color)
