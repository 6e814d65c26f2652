"""Text on colours: the typeface of the drawings, and inks that are legible."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from palette.color.contrast import MIN_RATIOS, contrast
from palette.color.rgb import RGB

Typeface = ImageFont.FreeTypeFont

CAP_HEIGHT = 0.73  # of the font size
PUNCTUATION = "\u2013\u2014\u2018\u2019\u201c\u201d\u2026"  # beside Latin-1
BLACK: RGB = (0, 0, 0)
WHITE: RGB = (255, 255, 255)


def ink(rgb: RGB) -> RGB:
    """Return black or white, whichever makes text on this colour legible."""
    # Their contrasts multiply to 21: where white falls short of 4.5, black has 4.67 or more.
    return WHITE if contrast(WHITE, rgb) >= MIN_RATIOS["AA"] else BLACK


def inks(colors: Sequence[RGB]) -> list[RGB]:
    """Return an ink for each colour that is legible on it, changing as seldom as possible."""
    chosen: list[RGB] = []
    common, length = {WHITE, BLACK}, 0  # what is legible on all of a run of colours; how many
    for rgb in colors:
        legible = {text for text in (WHITE, BLACK) if contrast(text, rgb) >= MIN_RATIOS["AA"]}
        if not common & legible:
            chosen += [*common] * length
            common, length = legible, 0
        common, length = common & legible, length + 1
    return chosen + [WHITE if WHITE in common else BLACK] * length


def mix(one: RGB, other: RGB, amount: float) -> RGB:
    """Return the sRGB colour that lies this far, 0 to 1, from one to the other."""
    red, green, blue = (round(a + (b - a) * amount) for a, b in zip(one, other, strict=True))
    return red, green, blue


@cache
def font(weight: Literal["medium", "semibold"], size: int) -> Typeface:
    """Load the typeface, which has the letters of Latin-1, in a size in pixels.

    Pillow kerns it only if the system has libfribidi.
    """
    return ImageFont.truetype(Path(__file__).parent / f"fonts/swatch-sans-{weight}.otf", size)


def is_drawable(text: str) -> bool:
    """Return whether the typeface has all letters of a text: Latin-1, dashes and quotes."""
    return all(
        letter.isprintable() and (ord(letter) < 256 or letter in PUNCTUATION) for letter in text
    )


def fit_text(text: str, width: int, size: int) -> tuple[tuple[str, ...], Typeface]:
    """Break a text that is too wide into two even lines, and shrink it if it still is.

    Returns the lines and their typeface; ``width`` and ``size`` are in pixels.
    """
    typeface = font("medium", size)
    if typeface.getlength(text) <= width:
        return (text,), typeface
    words = text.split()
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    lines = min(breaks, key=lambda lines: max(map(len, lines)), default=(text,))
    excess = max(map(typeface.getlength, lines)) / width
    return lines, typeface if excess <= 1 else font("medium", max(1, int(size / excess)))
