"""The contrast of two colours as WCAG 2 measures it, and the level that text of it reaches."""

from typing import Literal

from coloraide import Color

from .rgb import RGB

Level = Literal["AAA", "AA", "AA large"]


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21, unrounded (4.499 does not pass for 4.5)."""
    return as_color(one).contrast(as_color(other), method="wcag21")


def level(ratio: float) -> Level | None:
    """Return what text of this contrast ratio reaches (WCAG 2, criteria 1.4.3 and 1.4.6).

    Large text has at least 18 points, or 14 in bold.
    """
    if ratio >= 7:
        return "AAA"
    if ratio >= 4.5:
        return "AA"
    return "AA large" if ratio >= 3 else None


def as_color(rgb: RGB) -> Color:
    """Return the colour as a value of coloraide's."""
    return Color("srgb", [channel / 255 for channel in rgb])
