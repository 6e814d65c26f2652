"""The matrix in the picture of a check: the contrast of every pair."""

from collections.abc import Sequence
from dataclasses import dataclass

from palette.color.contrast import Level, level
from palette.color.rgb import RGB
from palette.model import Palette, Swatch
from palette.vision import rounded_down

from .card import Box
from .lettering import CAP_HEIGHT, fitted, font, ink
from .sheet import FAINT, INNER, LEGEND_SIZE, MARGIN, SPACE, TEXT, Sheet

GAP = 4  # between tiles
MOST_COLUMN = 260  # few colours leave the rest of the width to their names
LINE, APART = 1.15, 0.25  # of a name from the next line, and more from the code, in its size
HOLLOW: RGB = (41, 42, 49)

# Each level as written in the legend, where there is room, and where there is little.
LEVELS: dict[Level, tuple[str, str, str]] = {
    "AAA": ("AAA  7 : 1", "AAA", "···"),
    "AA": ("AA  4.5 : 1", "AA", "··"),
    "AA large": ("AA 18 pt  3 : 1", "18 pt", "·"),
}
DOT_SIZE = 30


@dataclass(frozen=True, slots=True)
class Measures:
    """Lengths in pixels that depend on how many colours there are."""

    count: int
    least_head: int
    row: int
    code: int  # sizes of text; what has size 0 is not written
    name: int
    ratio: int
    mark: int

    @property
    def head(self) -> int:
        """Width of what stands before the first column."""
        return max(self.least_head, INNER - self.count * MOST_COLUMN)

    def column(self, number: int) -> tuple[int, int]:
        """Return where a column begins and ends."""
        width = (INNER + GAP - self.head) / self.count
        left, right = (MARGIN + self.head + round(at * width) for at in (number, number + 1))
        return left, right - GAP


def measures_of(count: int) -> Measures:
    """Return the measures of a picture of so many colours."""
    if count <= 5:
        return Measures(count, least_head=270, row=100, code=36, name=23, ratio=36, mark=22)
    if count <= 10:
        return Measures(count, least_head=236, row=88, code=27, name=18, ratio=28, mark=17)
    if count <= 15:
        return Measures(count, least_head=168, row=58, code=22, name=0, ratio=23, mark=0)
    return Measures(count, least_head=168, row=46, code=21, name=0, ratio=19, mark=0)


def draw_matrix(
    sheet: Sheet, palette: Palette, contrasts: Sequence[Sequence[float]], measures: Measures
) -> None:
    """Draw the ratio of each pair: shape (n, n). Of one colour, only itself is drawn."""
    if len(palette) == 1:
        box = (MARGIN, sheet.top, MARGIN + INNER, sheet.top + measures.row)
        _draw_head(sheet, box, 0, palette.dominant, measures)
        sheet.top += measures.row
        return
    height = round(1.3 * measures.code)
    for number, swatch in enumerate(palette):
        left, right = measures.column(number)
        box = (left, sheet.top, right, sheet.top + height)
        sheet.tile(box, swatch.rgb)
        sheet.write_inside(box, str(number + 1), round(0.8 * measures.code), ink(swatch.rgb))
    sheet.top += height + GAP
    for row, swatch in enumerate(palette):
        top, bottom = sheet.top, sheet.top + measures.row - GAP
        head = (MARGIN, top, MARGIN + measures.head - GAP, bottom)
        _draw_head(sheet, head, row, swatch, measures)
        for column, other in enumerate(palette):
            left, right = measures.column(column)
            box = (left, top, right, bottom)
            if row == column:
                sheet.tile(box, swatch.rgb)
            else:
                pair, ratio = (swatch.rgb, other.rgb), contrasts[row][column]
                _draw_ratio(sheet, box, pair, ratio, measures)
        sheet.top += measures.row
    _draw_legend(sheet, measures)


def _draw_head(sheet: Sheet, box: Box, number: int, swatch: Swatch, measures: Measures) -> None:
    """Draw a tile with number, code and, if there is room, name."""
    left, top, right, bottom = box
    sheet.tile(box, swatch.rgb)
    start, color = left + measures.code // 2, ink(swatch.rgb)
    names: tuple[str, ...] = ()
    typeface = font("medium", measures.code)
    if measures.name:
        names, typeface = fitted(swatch.name, right - left - measures.code, measures.name)
    below = [(LINE * line + APART) * measures.name for line in range(1, len(names) + 1)]
    height = CAP_HEIGHT * measures.code + max(below, default=0)
    baseline = (top + bottom - height) / 2 + CAP_HEIGHT * measures.code
    code = f"{number + 1}  {swatch.hex.upper()}"
    sheet.write((start, baseline), code, font("semibold", measures.code), color)
    for name, distance in zip(names, below, strict=True):
        sheet.write((start, baseline + distance), name, typeface, color)


def _draw_ratio(
    sheet: Sheet, box: Box, pair: tuple[RGB, RGB], ratio: float, measures: Measures
) -> None:
    """Write a ratio with its level, in the second colour on the first where that can be read."""
    left, top, right, bottom = box
    ground, text = pair
    # Rounded down: 4.49 does not pass for 4.5.
    number = f"{rounded_down(ratio, 0):.0f}" if ratio >= 10 else f"{rounded_down(ratio)}"
    reached = level(ratio)
    if reached is None:
        sheet.tile(box, HOLLOW, outlined=False)
        sheet.write_inside(box, number, measures.ratio, FAINT)
        return
    sheet.tile(box, ground)
    middle = top + round(0.64 * (bottom - top))
    sheet.write_inside((left, top, right, middle), number, measures.ratio, text)
    _, name, dots = LEVELS[reached]
    mark, size = (name, measures.mark) if measures.mark else (dots, DOT_SIZE)
    sheet.write_inside((left, middle, right, bottom - 8), mark, size, text)


def _draw_legend(sheet: Sheet, measures: Measures) -> None:
    sheet.top += SPACE // 2 + LEGEND_SIZE
    left = float(MARGIN)
    for text, _, dots in LEVELS.values():
        if not measures.mark:
            sheet.write((left, sheet.top + 2), dots, font("semibold", DOT_SIZE), TEXT)
            left += font("semibold", DOT_SIZE).getlength(f"{dots}·")
        sheet.write((left, sheet.top), text, font("medium", LEGEND_SIZE), FAINT)
        left += font("medium", LEGEND_SIZE).getlength(text) + 2 * SPACE
