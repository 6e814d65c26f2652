"""The samples of the check card: text in colours of the palette, on others of them."""

from collections.abc import Sequence

from palette.color.contrast import level
from palette.vision import TextPair

from .contrast_matrix import LEVEL_NAMES, shown_ratio
from .lettering import CAP_HEIGHT, font, font_for
from .sheet import GAP, INNER_WIDTH, MARGIN, TEXT_SIZE, Sheet

# Lengths are in pixels.
PADDING = 30
LARGE_SIZE = 54
LINE_GAP = 24
HEIGHT = 2 * PADDING + LINE_GAP + round(CAP_HEIGHT * (LARGE_SIZE + TEXT_SIZE))


def draw_samples(sheet: Sheet, pairs: Sequence[TextPair], line: str) -> None:
    """Draw a panel for each of some pairs: a line of text, the codes, the ratio and its level."""
    left, right = MARGIN + PADDING, MARGIN + INNER_WIDTH - PADDING
    large, small = font("semibold", LARGE_SIZE), font("medium", TEXT_SIZE)
    for pair in pairs:
        bottom = sheet.top + HEIGHT
        sheet.tile((MARGIN, sheet.top, MARGIN + INNER_WIDTH, bottom), pair.background.rgb)
        codes = f"{pair.text.hex.upper()} / {pair.background.hex.upper()}"
        upper, lower = sheet.top + PADDING + CAP_HEIGHT * LARGE_SIZE, bottom - PADDING
        color = pair.text.rgb
        sheet.write((left, upper), line, font_for(line, LARGE_SIZE, "semibold"), color)
        sheet.write((right, upper), f"{shown_ratio(pair.ratio)} : 1", large, color, "rs")
        sheet.write((left, lower), codes, small, color)
        sheet.write((right, lower), LEVEL_NAMES[level(pair.ratio)], small, color, "rs")
        sheet.top = bottom + 2 * GAP
    sheet.top -= 2 * GAP
