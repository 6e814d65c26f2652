"""The check card: the contrast of every pair, and the palette with colour vision deficiencies.

It holds no sentence, only numbers, codes, WCAG levels and the names of three conditions.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from palette.color.rgb import RGB
from palette.model import Palette
from palette.vision import HARD_TO_TELL_APART, Confusion, check, rounded_down

from .contrast_matrix import Layout, draw_matrix, layout_for
from .lettering import CAP_HEIGHT, font, font_for, ink, is_drawable
from .sheet import FAINT_TEXT, INNER_WIDTH, LEGEND_SIZE, MARGIN, SECTION_GAP, TEXT, Sheet

# Lengths are in pixels; a chat shows the card at about half its size.
STRIP_HEIGHT = 60
LABEL_SIZE = 27
PAIR_WIDTH, PAIR_HEIGHT, PAIR_GAP, NUMBER_SIZE = 92, 42, 10, 22
PAIRS_IN_ROW, MAX_PAIR_ROWS = 6, 2


@dataclass(frozen=True, slots=True)
class CheckLabels:
    """What the four rows of colours on a check card are called."""

    typical: str = "Typical"
    protanopia: str = "Protanopia"
    deuteranopia: str = "Deuteranopia"
    tritanopia: str = "Tritanopia"


ENGLISH = CheckLabels()


def render_check(palette: Palette, labels: CheckLabels = ENGLISH) -> bytes:
    """Draw what :func:`palette.check` measures of a palette, as a PNG 1100 pixels wide.

    At the top is a matrix of the contrast ratios (WCAG 2), rounded down, as text of the column's
    colour on the row's if that reaches 3 : 1. Below are the colours as people with each deficiency
    see them, followed by the pairs that become hard to tell apart, worst first, with the CIEDE2000
    that is left. If the labels have letters that the typefaces lack, the English ones replace them.
    """
    result = check(palette)
    layout = layout_for(len(palette))
    sheet = Sheet()
    draw_matrix(sheet, palette, result.contrasts, layout)
    sheet.top += SECTION_GAP
    names = astuple(labels)
    if not all(map(is_drawable, names)):
        names = astuple(ENGLISH)
    longest = max(font_for(name, LABEL_SIZE).getlength(name) for name in names)
    size = min(LABEL_SIZE, int(LABEL_SIZE * (layout.header_width - SECTION_GAP / 2) / longest))
    original = tuple(swatch.rgb for swatch in palette)
    rows = [(original, ()), *((seen.colors, seen.confusions) for seen in result.simulations)]
    for name, (colors, confusions) in zip(names, rows, strict=True):
        top, bottom = sheet.top, sheet.top + STRIP_HEIGHT
        baseline = (top + bottom + CAP_HEIGHT * size) / 2
        sheet.write((MARGIN, baseline), name, font_for(name, size), TEXT)
        _draw_strip(sheet, colors, layout)
        _draw_confusions(sheet, palette, colors, confusions)
        sheet.top += SECTION_GAP // 2
    if len(palette) > 1:
        sheet.top += LEGEND_SIZE + SECTION_GAP // 2
        text = f"CIEDE2000 < {HARD_TO_TELL_APART:g}"
        sheet.write((MARGIN, sheet.top), text, font("medium", LEGEND_SIZE), FAINT_TEXT)
    return sheet.png()


def _draw_strip(sheet: Sheet, colors: Sequence[RGB], layout: Layout) -> None:
    """Draw numbered colours below the columns of the matrix."""
    top, bottom = sheet.top, sheet.top + STRIP_HEIGHT
    sheet.band((layout.column(0)[0], top, MARGIN + INNER_WIDTH, bottom), colors)
    for number, color in enumerate(colors):
        left, right = layout.column(number)
        box = (left, top, right, bottom)
        sheet.write_centered(box, str(number + 1), layout.ratio_size - 4, ink(color))
    sheet.top = bottom


def _draw_confusions(
    sheet: Sheet, palette: Palette, colors: Sequence[RGB], confusions: Sequence[Confusion]
) -> None:
    """Draw pairs of simulated colours with their difference, and how many more there are."""
    max_cells = PAIRS_IN_ROW * MAX_PAIR_ROWS
    shown = confusions if len(confusions) <= max_cells else confusions[: max_cells - 1]
    number_of = {swatch.rgb: number for number, swatch in enumerate(palette)}
    typeface = font("medium", LEGEND_SIZE)
    top = sheet.top
    for cell in range(min(len(confusions), max_cells)):
        row, column = divmod(cell, PAIRS_IN_ROW)
        left = MARGIN + round(column * INNER_WIDTH / PAIRS_IN_ROW)
        top = sheet.top + PAIR_GAP + row * (PAIR_HEIGHT + PAIR_GAP)
        baseline = top + (PAIR_HEIGHT + CAP_HEIGHT * LEGEND_SIZE) / 2
        if cell == len(shown):
            more = f"+ {len(confusions) - cell}"
            sheet.write((left, baseline), more, typeface, FAINT_TEXT)
            break
        middle, right = left + PAIR_WIDTH // 2, left + PAIR_WIDTH
        pair = [number_of[swatch.rgb] for swatch in (shown[cell].one, shown[cell].other)]
        sheet.band((left, top, right, top + PAIR_HEIGHT), [colors[number] for number in pair])
        for number, start, end in zip(pair, (left, middle), (middle, right), strict=True):
            box = (start, top, end, top + PAIR_HEIGHT)
            sheet.write_centered(box, str(number + 1), NUMBER_SIZE, ink(colors[number]))
        difference = str(rounded_down(shown[cell].simulated))
        sheet.write((right + PAIR_GAP, baseline), difference, typeface, FAINT_TEXT)
    if confusions:
        sheet.top = top + PAIR_HEIGHT
