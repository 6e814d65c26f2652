"""The check card: what is hard to tell apart and for whom, and what is legible on what.

Its only words are those of its labels; the rest are numbers, codes and WCAG levels.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

from palette.color.ciede2000 import HARD_TO_TELL_APART
from palette.color.rgb import RGB
from palette.model import Palette, Swatch
from palette.vision import check, rounded_down

from .contrast_matrix import draw_matrix
from .lettering import CAP_HEIGHT, font, font_for, ink, is_drawable
from .sheet import FAINT_TEXT, GAP, INNER_WIDTH, MARGIN, SECTION_GAP, TEXT, TEXT_SIZE, Sheet
from .text_samples import draw_samples
from .tones import Box

# Lengths are in pixels.
TILE_HEIGHT = 64
MAX_TILES_IN_ROW = 4
HALF_WIDTH = 64  # of one colour of a pair
PAIRS_IN_ROW, MAX_PAIR_ROWS = 4, 2


@dataclass(frozen=True, slots=True)
class CheckLabels:
    """What a check card calls its four kinds of vision, and the line of text in its samples."""

    typical: str = "Typical"
    protanopia: str = "Protanopia"
    deuteranopia: str = "Deuteranopia"
    tritanopia: str = "Tritanopia"
    sample: str = "A line of text"


ENGLISH = CheckLabels()


def render_check(palette: Palette, labels: CheckLabels = ENGLISH) -> bytes:
    """Draw what :func:`palette.check` measures of a palette, as a PNG 1100 pixels wide.

    From top to bottom:

    - the colours, numbered, and the closest of the pairs that are hard to tell apart anyway;
    - the colours as people with each deficiency see them, and the worst of the pairs that only then
      become hard to tell apart. Beside each pair is the CIEDE2000 that is left;
    - the best pairs for text, as text of one colour on the other;
    - the contrast ratio (WCAG 2) of every pair, in the column's colour on the row's if that reaches
      3 : 1.

    Figures are rounded down. No text is smaller than 34 pixels. If the labels have letters that the
    typefaces lack, the English ones replace them.
    """
    result = check(palette)
    if not all(map(is_drawable, astuple(labels))):
        labels = ENGLISH
    sheet = Sheet()
    colors = [swatch.rgb for swatch in palette]
    close = [(pair.one, pair.other, pair.difference) for pair in result.close]
    pairs = math.comb(len(palette), 2)
    counted = f"CIEDE2000 < {HARD_TO_TELL_APART:g}:  {len(close)} / {pairs}" if pairs else ""
    _draw_heading(sheet, labels.typical, counted)
    _draw_codes(sheet, palette)
    _draw_pairs(sheet, palette, colors, close)
    names = (labels.protanopia, labels.deuteranopia, labels.tritanopia)
    for name, seen in zip(names, result.simulations, strict=True):
        confusions = [(pair.one, pair.other, pair.simulated) for pair in seen.confusions]
        _draw_heading(sheet, name, f"+ {len(confusions)}" if confusions else "")
        box = (MARGIN, sheet.top, MARGIN + INNER_WIDTH, sheet.top + TILE_HEIGHT)
        _draw_strip(sheet, box, seen.colors, range(len(palette)))
        sheet.top += TILE_HEIGHT
        _draw_pairs(sheet, palette, seen.colors, confusions)
    if result.text_pairs:
        sheet.top += SECTION_GAP
        draw_samples(sheet, result.text_pairs, labels.sample)
    if pairs:
        sheet.top += SECTION_GAP
        draw_matrix(sheet, palette, result.contrasts)
    return sheet.png()


def _draw_heading(sheet: Sheet, name: str, note: str) -> None:
    if sheet.top > MARGIN:
        sheet.top += SECTION_GAP
    sheet.top += round(CAP_HEIGHT * TEXT_SIZE)
    sheet.write((MARGIN, sheet.top), name, font_for(name, TEXT_SIZE, "semibold"), TEXT)
    sheet.write(
        (MARGIN + INNER_WIDTH, sheet.top), note, font("medium", TEXT_SIZE), FAINT_TEXT, "rs"
    )
    sheet.top += 3 * GAP


def _draw_codes(sheet: Sheet, palette: Palette) -> None:
    """Draw a tile with the number and the code of each colour."""
    rows = math.ceil(len(palette) / MAX_TILES_IN_ROW)
    columns = math.ceil(len(palette) / rows)
    width = (INNER_WIDTH + GAP) / columns
    for number, swatch in enumerate(palette):
        row, column = divmod(number, columns)
        left, right = (MARGIN + round(at * width) for at in (column, column + 1))
        top = sheet.top + row * (TILE_HEIGHT + GAP)
        box = (left, top, right - GAP, top + TILE_HEIGHT)
        sheet.tile(box, swatch.rgb)
        code = f"{number + 1}  {swatch.hex.upper()}"
        sheet.write_centered(box, code, TEXT_SIZE, ink(swatch.rgb))
    sheet.top += rows * (TILE_HEIGHT + GAP) - GAP


def _draw_strip(sheet: Sheet, box: Box, colors: Sequence[RGB], numbers: Sequence[int]) -> None:
    """Draw some of the colours side by side, with their numbers."""
    sheet.band(box, [colors[number] for number in numbers])
    left, top, right, bottom = box
    edges = [round(left + at * (right - left) / len(numbers)) for at in range(len(numbers) + 1)]
    for number, (start, end) in zip(numbers, pairwise(edges), strict=True):
        shown = str(number + 1)
        sheet.write_centered((start, top, end, bottom), shown, TEXT_SIZE, ink(colors[number]))


def _draw_pairs(
    sheet: Sheet,
    palette: Palette,
    colors: Sequence[RGB],
    pairs: Sequence[tuple[Swatch, Swatch, float]],
) -> None:
    """Draw the first pairs with their differences, and how many more there are."""
    max_cells = PAIRS_IN_ROW * MAX_PAIR_ROWS
    shown = pairs if len(pairs) <= max_cells else pairs[: max_cells - 1]
    number_of = {swatch: number for number, swatch in enumerate(palette)}
    typeface = font("medium", TEXT_SIZE)
    for cell in range(min(len(pairs), max_cells)):
        column = cell % PAIRS_IN_ROW
        left = MARGIN + round(column * INNER_WIDTH / PAIRS_IN_ROW)
        if column == 0:
            sheet.top += TILE_HEIGHT + 2 * GAP
        top, right = sheet.top - TILE_HEIGHT, left + 2 * HALF_WIDTH
        baseline = (top + sheet.top + CAP_HEIGHT * TEXT_SIZE) / 2
        if cell == len(shown):
            more = f"+ {len(pairs) - cell}"
            sheet.write((left, baseline), more, typeface, FAINT_TEXT)
            break
        one, other, difference = shown[cell]
        numbers = number_of[one], number_of[other]
        _draw_strip(sheet, (left, top, right, sheet.top), colors, numbers)
        left_over = str(rounded_down(difference))
        sheet.write((right + 3 * GAP, baseline), left_over, typeface, FAINT_TEXT)
