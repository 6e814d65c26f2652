"""The swatch card: a band of all colours in proportion, and each with its details.

Up to five colours are tiles side by side, more are a list in two columns, read downwards.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from PIL import ImageDraw

from palette.model import Palette, Swatch

from .lettering import CAP_HEIGHT, font, font_for, inks, is_drawable
from .tones import INK_TONE, Box, TonedDrawing
from .wrapping import shorten, wrap

# Lengths are in pixels; a chat shows the card at about half its size, a phone at a quarter. Text
# is 34 pixels or more, so that it is never smaller than 9 on a phone.
WIDTH = 1100
GAP = 12
BAND_HEIGHT = 100
MIN_BAND_WIDTH = 10  # so that even the smallest share can be seen on a phone

MAX_TILES = 5
TILE_HEIGHT = 280
TILE_TEXT_SIZES = {1: (76, 40), 2: (76, 40), 3: (58, 36), 4: (42, 34), 5: (34, 34)}  # code, others
# Distances between baselines, as multiples of the name's size.
CODE_TO_NAME, LINE = 1.35, 1.18

ROW_HEIGHT, ROW_MARGIN = 104, 26
ROW_CODE_SIZE, ROW_SIZE = 42, 34
ROW_LINE = 43  # between baselines
ROW_RAISE = 2  # as letters of names reach below the line
NUMBER_GAP = 18

Label = tuple[str, str]
"""What a card calls a swatch, and how it writes its share."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written about a colour."""

    number: str
    code: str
    name: str
    share: str


def english(swatch: Swatch) -> Label:
    """Return what a card says of a swatch in English."""
    return swatch.name, swatch.percent


def render_card(palette: Palette, label: Callable[[Swatch], Label] = english) -> bytes:
    """Draw a palette, in its order, as a PNG 1100 pixels wide on a transparent background.

    ``label`` says a swatch's name and share in another language. If any of them has letters that
    the card's typefaces lack, all are written in English instead: they have those of English,
    German, Spanish, French, Portuguese, Romanian and, as far as colours need it, Japanese. All text
    has a contrast of at least 4.5 : 1 (WCAG 2) with its tile, whatever the colour, and is set in at
    least 34 pixels. Cards of up to five colours are equally high; beyond, every two more colours
    make the card a row of 116 pixels higher.
    """
    boxes = _boxes(len(palette))
    card = TonedDrawing(WIDTH, max(bottom for *_, bottom in boxes))
    card.add_rectangle((0, 0, WIDTH, BAND_HEIGHT))
    for number, (left, right) in enumerate(band_spans(palette, WIDTH, MIN_BAND_WIDTH)):
        card.give((left, 0, right, BAND_HEIGHT), number)
    for number, box in enumerate(boxes):
        card.add_rectangle(box)
        card.give(box, number)
    _write_entries(card.draw, boxes, _entries(palette, label))
    colors = [swatch.rgb for swatch in palette]
    return card.png(colors, inks(colors))


def _entries(palette: Palette, label: Callable[[Swatch], Label]) -> list[Entry]:
    """Return what is written about each colour; a single one needs no number."""
    labels = [label(swatch) for swatch in palette]
    if not all(is_drawable(text) for each in labels for text in each):
        labels = [english(swatch) for swatch in palette]
    return [
        Entry(
            str(number) if len(palette) > 1 else "",
            swatch.hex.upper(),
            name[:1].upper() + name[1:],
            share,
        )
        for number, (swatch, (name, share)) in enumerate(zip(palette, labels, strict=True), 1)
    ]


def _boxes(count: int) -> list[Box]:
    """Return where each colour is: one row of tiles, or a list in two columns."""
    is_list = count > MAX_TILES
    columns, height = (2, ROW_HEIGHT) if is_list else (count, TILE_HEIGHT)
    rows = math.ceil(count / columns)
    top = BAND_HEIGHT + GAP
    cells = (divmod(number, rows) for number in range(count))
    return [cell_box(column, row, columns, height, top) for column, row in cells]


def cell_box(column: int, row: int, columns: int, height: int, top: int) -> Box:
    """Return where a cell is in a grid below ``top``, whose columns share the width evenly."""
    left, right = (round(edge * (WIDTH + GAP) / columns) for edge in (column, column + 1))
    top += row * (height + GAP)
    return left, top, right - GAP, top + height


def band_spans(palette: Palette, width: int, min_width: float) -> Iterator[tuple[int, int]]:
    """Return where each colour of a band starts and ends, in proportion to the shares.

    The smallest get their minimum width first; the others divide what is left in proportion.
    """
    widths = [0.0] * len(palette)
    room, remaining = float(width), sum(swatch.share for swatch in palette)
    for share, number in sorted((swatch.share, number) for number, swatch in enumerate(palette)):
        widths[number] = max(min_width, room * share / remaining)
        room -= widths[number]
        remaining -= share
    # Edges are rounded rather than widths: otherwise the rounding errors would add up.
    return pairwise(map(round, accumulate(widths, initial=0.0)))


def _write_entries(
    draw: ImageDraw.ImageDraw, boxes: Sequence[Box], entries: Sequence[Entry]
) -> None:
    if len(entries) > MAX_TILES:
        number_width = max(font("medium", ROW_SIZE).getlength(entry.number) for entry in entries)
        for box, entry in zip(boxes, entries, strict=True):
            _write_row(draw, box, entry, number_width)
        return
    code_size, size = TILE_TEXT_SIZES[len(entries)]
    for box, entry in zip(boxes, entries, strict=True):
        _write_tile(draw, box, entry, code_size, size)


def _write_tile(
    draw: ImageDraw.ImageDraw, box: Box, entry: Entry, code_size: int, size: int
) -> None:
    """Write the code and the name at the top of a tile, the share and the number at its bottom."""
    margin = code_size // 2
    left, top, right, bottom = box[0] + margin, box[1] + margin, box[2] - margin, box[3] - margin
    typeface = font_for(entry.name, size)
    baseline = top + CAP_HEIGHT * code_size
    draw.text((left, baseline), entry.code, INK_TONE, font("semibold", code_size), "ls")
    baseline += CODE_TO_NAME * size
    room = bottom - CAP_HEIGHT * size - baseline
    for line in wrap(entry.name, right - left, typeface, int(room / (LINE * size))):
        draw.text((left, baseline), line, INK_TONE, typeface, "ls")
        baseline += LINE * size
    draw.text((left, bottom), entry.share, INK_TONE, font_for(entry.share, size), "ls")
    draw.text((right, bottom), entry.number, INK_TONE, font("medium", size), "rs")


def _write_row(draw: ImageDraw.ImageDraw, box: Box, entry: Entry, number_width: float) -> None:
    """Write the number, the code and the share, and the name below the code."""
    left, right = box[0] + ROW_MARGIN + number_width + NUMBER_GAP, box[2] - ROW_MARGIN
    typeface = font("medium", ROW_SIZE)
    upper = (box[1] + box[3] + CAP_HEIGHT * ROW_CODE_SIZE - ROW_LINE) / 2 - ROW_RAISE
    lower = upper + ROW_LINE
    draw.text((left - NUMBER_GAP, upper), entry.number, INK_TONE, typeface, "rs")
    draw.text((left, upper), entry.code, INK_TONE, font("semibold", ROW_CODE_SIZE), "ls")
    draw.text((right, upper), entry.share, INK_TONE, font_for(entry.share, ROW_SIZE), "rs")
    typeface = font_for(entry.name, ROW_SIZE)
    name = shorten(entry.name, right - left, typeface)
    draw.text((left, lower), name, INK_TONE, typeface, "ls")
