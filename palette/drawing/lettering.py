"""Text on colours: the typefaces of the drawings, and inks that are legible."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from palette.color.contrast import MIN_RATIOS, contrast
from palette.color.rgb import RGB

Typeface = ImageFont.FreeTypeFont
Face = Literal["medium", "semibold", "japanese"]

FONTS = Path(__file__).parent / "fonts"
CAP_HEIGHT = 0.73  # of the font size
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
def font(face: Face, size: int) -> Typeface:
    """Load a typeface in a size in pixels.

    Pillow kerns it only if the system has libfribidi.
    """
    return ImageFont.truetype(FONTS / f"swatch-sans-{face}.otf", size)


def font_for(text: str, size: int, weight: Literal["medium", "semibold"] = "medium") -> Typeface:
    """Load the typeface that has all letters of a text, if one has; Japanese has one weight."""
    face = _face_for(text)
    return font(weight if face in {"medium", None} else "japanese", size)


def is_drawable(text: str) -> bool:
    """Return whether one typeface has all letters of a text, Latin or Japanese: see ``fonts``."""
    return _face_for(text) is not None


def is_latin(text: str) -> bool:
    """Return whether the typefaces of both weights have all letters of a text."""
    return _letters("latin").issuperset(text)


def _face_for(text: str) -> Face | None:
    if is_latin(text):
        return "medium"
    return "japanese" if _letters("japanese").issuperset(text) else None


@cache
def _letters(script: Literal["latin", "japanese"]) -> frozenset[str]:
    """Return the letters that the typefaces of a script were made for."""
    return frozenset((FONTS / f"{script}.txt").read_text("utf-8")) - {"\n"}
