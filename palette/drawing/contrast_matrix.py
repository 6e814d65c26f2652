"""The contrast matrix of the check card: the contrast of every pair of colours, once."""

import math
from collections.abc import Sequence
from itertools import pairwise

from palette.color.contrast import MIN_RATIOS, Level, level
from palette.color.rgb import RGB
from palette.model import Palette
from palette.vision import rounded_down

from .lettering import CAP_HEIGHT, font, ink
from .sheet import FAINT_TEXT, GAP, INNER_WIDTH, MARGIN, TEXT_SIZE, Sheet
from .tones import Box

# Lengths are in pixels.
MAX_COLUMNS = 10  # more would be too narrow for a mark
HEADER_WIDTH = 72
HEADER_HEIGHT = 52
MARKED_HEIGHT, UNMARKED_HEIGHT = 96, 52  # of a row with marks, and of one without
UNREADABLE_FILL: RGB = (41, 42, 49)

LEVEL_NAMES: dict[Level | None, str] = {"AAA": "AAA", "AA": "AA", "AA large": "AA 18pt"}
"""What the card calls each level; text is large from 18 points."""


def draw_matrix(sheet: Sheet, palette: Palette, contrasts: Sequence[Sequence[float]]) -> None:
    """Draw the ratio of each pair, shape (n, n), and a legend of the marks that occur.

    A matrix is symmetric, so that only what is below its diagonal is drawn; one of more than ten
    columns is split into two, one below the other.
    """
    columns = len(palette) - 1
    blocks = math.ceil(columns / MAX_COLUMNS)
    for block in range(blocks):
        first, last = (round(at * columns / blocks) for at in (block, block + 1))
        if block:
            sheet.top += 4 * GAP
        _draw_block(sheet, palette, contrasts, range(first, last))
    reached = {level(ratio) for row in contrasts for ratio in row}
    _draw_legend(sheet, [each for each in MIN_RATIOS if each in reached])


def _draw_block(
    sheet: Sheet, palette: Palette, contrasts: Sequence[Sequence[float]], columns: range
) -> None:
    edges = [
        MARGIN + HEADER_WIDTH + GAP + round(at * (INNER_WIDTH - HEADER_WIDTH) / len(columns))
        for at in range(len(columns) + 1)
    ]
    spans = [(left, right - GAP) for left, right in pairwise(edges)]
    for number, (left, right) in zip(columns, spans, strict=True):
        _draw_number(sheet, (left, sheet.top, right, sheet.top + HEADER_HEIGHT), palette, number)
    sheet.top += HEADER_HEIGHT + GAP
    for row in range(columns.start + 1, len(palette)):
        cells = [column for column in columns if column < row]
        is_marked = any(level(contrasts[row][column]) for column in cells)
        bottom = sheet.top + (MARKED_HEIGHT if is_marked else UNMARKED_HEIGHT)
        _draw_number(sheet, (MARGIN, sheet.top, MARGIN + HEADER_WIDTH, bottom), palette, row)
        for column, (left, right) in zip(cells, spans, strict=False):
            pair = palette.swatches[row].rgb, palette.swatches[column].rgb
            _draw_ratio(sheet, (left, sheet.top, right, bottom), pair, contrasts[row][column])
        sheet.top = bottom + GAP
    sheet.top -= GAP


def _draw_number(sheet: Sheet, box: Box, palette: Palette, number: int) -> None:
    rgb = palette.swatches[number].rgb
    sheet.tile(box, rgb)
    sheet.write_centered(box, str(number + 1), TEXT_SIZE, ink(rgb))


def _draw_ratio(sheet: Sheet, box: Box, pair: tuple[RGB, RGB], ratio: float) -> None:
    """Write a ratio and its mark, in the second colour on the first if that is legible."""
    background, text = pair
    reached = level(ratio)
    if reached is None:
        sheet.tile(box, UNREADABLE_FILL, outlined=False)
        sheet.write_centered(box, shown_ratio(ratio), TEXT_SIZE, FAINT_TEXT)
        return
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    sheet.tile(box, background)
    sheet.write_centered((left, top + 8, right, middle), shown_ratio(ratio), TEXT_SIZE, text)
    mark = LEVEL_NAMES[reached].removeprefix("AA ")
    sheet.write_centered((left, middle, right, bottom - 8), mark, TEXT_SIZE, text)


def shown_ratio(ratio: float) -> str:
    """Write a ratio, rounded down: 4.49 does not pass for 4.5."""
    return f"{rounded_down(ratio, 0):.0f}" if ratio >= 10 else f"{rounded_down(ratio)}"


def _draw_legend(sheet: Sheet, levels: Sequence[Level]) -> None:
    if not levels:
        return
    sheet.top += 5 * GAP + round(CAP_HEIGHT * TEXT_SIZE)
    left = float(MARGIN)
    typeface = font("medium", TEXT_SIZE)
    for each in levels:
        text = f"{LEVEL_NAMES[each]}  {MIN_RATIOS[each]:g} : 1"
        sheet.write((left, sheet.top), text, typeface, FAINT_TEXT)
        left += typeface.getlength(text) + 2 * TEXT_SIZE
    sheet.top += GAP  # for the tail of the p
