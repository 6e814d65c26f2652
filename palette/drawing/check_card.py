"""The picture of a check: the contrast of every pair, and the palette as others see it.

It holds no sentence, only numbers, codes, the levels of WCAG and the names of three conditions.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from palette.color.rgb import RGB
from palette.model import Palette
from palette.vision import HARD_TO_TELL_APART, Confusion, check, rounded_down

from .contrast_matrix import Measures, draw_matrix, measures_of
from .lettering import CAP_HEIGHT, font, ink, is_drawable
from .sheet import FAINT, INNER, LEGEND_SIZE, MARGIN, SPACE, TEXT, Sheet

# Lengths are pixels, about two to each that a chat shows.
STRIP_HEIGHT = 60
LABEL_SIZE = 27
PAIR_WIDTH, PAIR_HEIGHT, PAIR_GAP, NUMBER_SIZE = 92, 42, 10, 22
PAIRS_IN_ROW, PAIR_ROWS = 6, 2


@dataclass(frozen=True, slots=True)
class CheckLabels:
    """What the rows of colours are called."""

    typical: str = "Typical"
    protanopia: str = "Protanopia"
    deuteranopia: str = "Deuteranopia"
    tritanopia: str = "Tritanopia"


ENGLISH = CheckLabels()


def render_check(palette: Palette, labels: CheckLabels = ENGLISH) -> bytes:
    """Draw what :func:`palette.vision.check` measures of a palette, as a PNG 1100 pixels wide.

    First a matrix of the contrast ratios (WCAG 2), rounded down: text of the column's colour on the
    row's where that reaches 3 : 1. Then the colours as people with each deficiency see them and,
    worst first, pairs that become hard to tell apart, with the CIEDE2000 that is left. Labels that
    need other letters than those of Latin-1 are left in English.
    """
    measured = check(palette)
    measures = measures_of(len(palette))
    sheet = Sheet()
    draw_matrix(sheet, palette, measured.contrasts, measures)
    sheet.top += SPACE
    names = astuple(labels)
    if not all(map(is_drawable, names)):
        names = astuple(ENGLISH)
    longest = max(map(font("medium", LABEL_SIZE).getlength, names))
    size = min(LABEL_SIZE, int(LABEL_SIZE * (measures.head - SPACE / 2) / longest))
    own = tuple(swatch.rgb for swatch in palette)
    rows = [(own, ()), *((seen.colors, seen.confusions) for seen in measured.simulations)]
    for name, (colors, confusions) in zip(names, rows, strict=True):
        top, bottom = sheet.top, sheet.top + STRIP_HEIGHT
        baseline = (top + bottom + CAP_HEIGHT * size) / 2
        sheet.write((MARGIN, baseline), name, font("medium", size), TEXT)
        _draw_strip(sheet, colors, measures)
        _draw_confusions(sheet, palette, colors, confusions)
        sheet.top += SPACE // 2
    if len(palette) > 1:
        sheet.top += LEGEND_SIZE + SPACE // 2
        text = f"CIEDE2000 < {HARD_TO_TELL_APART:g}"
        sheet.write((MARGIN, sheet.top), text, font("medium", LEGEND_SIZE), FAINT)
    return sheet.png()


def _draw_strip(sheet: Sheet, colors: Sequence[RGB], measures: Measures) -> None:
    """Draw colours, numbered, under the columns of the matrix."""
    top, bottom = sheet.top, sheet.top + STRIP_HEIGHT
    sheet.band((measures.column(0)[0], top, MARGIN + INNER, bottom), colors)
    for number, color in enumerate(colors):
        left, right = measures.column(number)
        box = (left, top, right, bottom)
        sheet.write_inside(box, str(number + 1), measures.ratio - 4, ink(color))
    sheet.top = bottom


def _draw_confusions(
    sheet: Sheet, palette: Palette, colors: Sequence[RGB], confusions: Sequence[Confusion]
) -> None:
    """Draw pairs of seen colours with their difference, and how many more there are."""
    most = PAIRS_IN_ROW * PAIR_ROWS
    shown = confusions if len(confusions) <= most else confusions[: most - 1]
    number_of = {swatch.rgb: number for number, swatch in enumerate(palette)}
    typeface = font("medium", LEGEND_SIZE)
    top = sheet.top
    for at in range(min(len(confusions), most)):
        row, column = divmod(at, PAIRS_IN_ROW)
        left = MARGIN + round(column * INNER / PAIRS_IN_ROW)
        top = sheet.top + PAIR_GAP + row * (PAIR_HEIGHT + PAIR_GAP)
        baseline = top + (PAIR_HEIGHT + CAP_HEIGHT * LEGEND_SIZE) / 2
        if at == len(shown):
            sheet.write((left, baseline), f"+ {len(confusions) - at}", typeface, FAINT)
            break
        middle, right = left + PAIR_WIDTH // 2, left + PAIR_WIDTH
        pair = [number_of[swatch.rgb] for swatch in (shown[at].one, shown[at].other)]
        sheet.band((left, top, right, top + PAIR_HEIGHT), [colors[number] for number in pair])
        for number, start, end in zip(pair, (left, middle), (middle, right), strict=True):
            box = (start, top, end, top + PAIR_HEIGHT)
            sheet.write_inside(box, str(number + 1), NUMBER_SIZE, ink(colors[number]))
        difference = f"{rounded_down(shown[at].simulated)}"
        sheet.write((right + PAIR_GAP, baseline), difference, typeface, FAINT)
    if confusions:
        sheet.top = top + PAIR_HEIGHT
