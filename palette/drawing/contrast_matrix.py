"""The contrast matrix of the check card: the contrast of every pair of colours."""

from collections.abc import Sequence
from dataclasses import dataclass

from palette.color.contrast import MIN_RATIOS, Level, level
from palette.color.rgb import RGB
from palette.model import Palette, Swatch
from palette.vision import rounded_down

from .card import Box
from .lettering import CAP_HEIGHT, fit_text, font, ink
from .sheet import FAINT_TEXT, INNER_WIDTH, LEGEND_SIZE, MARGIN, SECTION_GAP, TEXT, Sheet

GAP = 4  # pixels between tiles
MAX_COLUMN_WIDTH = 260  # pixels; with few colours, the rest of the width is for their names
NAME_LINE, CODE_GAP = 1.15, 0.25  # line height and gap below the code, in the size of the name
UNREADABLE_FILL: RGB = (41, 42, 49)

# How each level is written in the legend, in a large cell and in a small one.
LEVELS: dict[Level, tuple[str, str, str]] = {
    "AAA": ("AAA", "AAA", "···"),
    "AA": ("AA", "AA", "··"),
    "AA large": ("AA 18 pt", "18 pt", "·"),
}
DOT_SIZE = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """Lengths in pixels that depend on the number of colours."""

    count: int
    min_header_width: int
    row_height: int
    code_size: int  # of text; what has size 0 is not written
    name_size: int
    ratio_size: int
    level_size: int

    @property
    def header_width(self) -> int:
        """The width of what is in front of the first column."""
        return max(self.min_header_width, INNER_WIDTH - self.count * MAX_COLUMN_WIDTH)

    def column(self, number: int) -> tuple[int, int]:
        """Return where a column starts and ends."""
        width = (INNER_WIDTH + GAP - self.header_width) / self.count
        left, right = (
            MARGIN + self.header_width + round(at * width) for at in (number, number + 1)
        )
        return left, right - GAP


def layout_for(count: int) -> Layout:
    """Return the layout for this number of colours."""
    if count <= 5:
        return Layout(count, 270, 100, code_size=36, name_size=23, ratio_size=36, level_size=22)
    if count <= 10:
        return Layout(count, 236, 88, code_size=27, name_size=18, ratio_size=28, level_size=17)
    if count <= 15:
        return Layout(count, 168, 58, code_size=22, name_size=0, ratio_size=23, level_size=0)
    return Layout(count, 168, 46, code_size=21, name_size=0, ratio_size=19, level_size=0)


def draw_matrix(
    sheet: Sheet, palette: Palette, contrasts: Sequence[Sequence[float]], layout: Layout
) -> None:
    """Draw the ratio of each pair, shape (n, n); for a single colour, only its header."""
    if len(palette) == 1:
        box = (MARGIN, sheet.top, MARGIN + INNER_WIDTH, sheet.top + layout.row_height)
        _draw_header(sheet, box, 0, palette.dominant, layout)
        sheet.top += layout.row_height
        return
    _draw_column_numbers(sheet, palette, layout)
    for row, swatch in enumerate(palette):
        top, bottom = sheet.top, sheet.top + layout.row_height - GAP
        header = (MARGIN, top, MARGIN + layout.header_width - GAP, bottom)
        _draw_header(sheet, header, row, swatch, layout)
        for column, other in enumerate(palette):
            left, right = layout.column(column)
            box = (left, top, right, bottom)
            if row == column:
                sheet.tile(box, swatch.rgb)
            else:
                _draw_ratio(sheet, box, (swatch.rgb, other.rgb), contrasts[row][column], layout)
        sheet.top += layout.row_height
    _draw_legend(sheet, layout)


def _draw_column_numbers(sheet: Sheet, palette: Palette, layout: Layout) -> None:
    height = round(1.3 * layout.code_size)
    for number, swatch in enumerate(palette):
        left, right = layout.column(number)
        box = (left, sheet.top, right, sheet.top + height)
        sheet.tile(box, swatch.rgb)
        size = round(0.8 * layout.code_size)
        sheet.write_centered(box, str(number + 1), size, ink(swatch.rgb))
    sheet.top += height + GAP


def _draw_header(sheet: Sheet, box: Box, number: int, swatch: Swatch, layout: Layout) -> None:
    """Draw a tile with the number, the code and, if there is room, the name."""
    left, top, right, bottom = box
    sheet.tile(box, swatch.rgb)
    start, color = left + layout.code_size // 2, ink(swatch.rgb)
    name_lines: tuple[str, ...] = ()
    typeface = font("medium", layout.code_size)
    if layout.name_size:
        width = right - left - layout.code_size
        name_lines, typeface = fit_text(swatch.name, width, layout.name_size)
    below = [
        (NAME_LINE * line + CODE_GAP) * layout.name_size for line in range(1, len(name_lines) + 1)
    ]
    height = CAP_HEIGHT * layout.code_size + max(below, default=0)
    baseline = (top + bottom - height) / 2 + CAP_HEIGHT * layout.code_size
    code = f"{number + 1}  {swatch.hex.upper()}"
    sheet.write((start, baseline), code, font("semibold", layout.code_size), color)
    for line, distance in zip(name_lines, below, strict=True):
        sheet.write((start, baseline + distance), line, typeface, color)


def _draw_ratio(
    sheet: Sheet, box: Box, pair: tuple[RGB, RGB], ratio: float, layout: Layout
) -> None:
    """Write a ratio and its level, in the second colour on the first if that is legible."""
    left, top, right, bottom = box
    background, text = pair
    # Rounded down: 4.49 does not pass for 4.5.
    number = f"{rounded_down(ratio, 0):.0f}" if ratio >= 10 else f"{rounded_down(ratio)}"
    reached = level(ratio)
    if reached is None:
        sheet.tile(box, UNREADABLE_FILL, outlined=False)
        sheet.write_centered(box, number, layout.ratio_size, FAINT_TEXT)
        return
    sheet.tile(box, background)
    middle = top + round(0.64 * (bottom - top))
    sheet.write_centered((left, top, right, middle), number, layout.ratio_size, text)
    _, name, dots = LEVELS[reached]
    mark, size = (name, layout.level_size) if layout.level_size else (dots, DOT_SIZE)
    sheet.write_centered((left, middle, right, bottom - 8), mark, size, text)


def _draw_legend(sheet: Sheet, layout: Layout) -> None:
    sheet.top += SECTION_GAP // 2 + LEGEND_SIZE
    left = float(MARGIN)
    for reached, (name, _, dots) in LEVELS.items():
        text = f"{name}  {MIN_RATIOS[reached]:g} : 1"
        if not layout.level_size:
            sheet.write((left, sheet.top + 2), dots, font("semibold", DOT_SIZE), TEXT)
            left += font("semibold", DOT_SIZE).getlength(f"{dots}·")
        sheet.write((left, sheet.top), text, font("medium", LEGEND_SIZE), FAINT_TEXT)
        left += font("medium", LEGEND_SIZE).getlength(text) + 2 * SECTION_GAP
