"""WCAG 2 contrast: the ratio of two colours, and the level that text in them reaches."""

from typing import Literal

from coloraide import Color

from .rgb import RGB

Level = Literal["AAA", "AA", "AA large"]
"""A WCAG 2 conformance level for text; ``"AA large"`` is for large text only."""


def contrast(one: RGB, other: RGB) -> float:
    """Return the WCAG 2 contrast ratio, 1 to 21, unrounded (4.499 does not pass for 4.5)."""
    return as_color(one).contrast(as_color(other), method="wcag21")


def level(ratio: float) -> Level | None:
    """Return the level that text with this contrast ratio reaches, or None below 3.

    WCAG 2, success criteria 1.4.3 and 1.4.6. Text is large from 18 points, or from 14 in bold.
    """
    if ratio >= 7:
        return "AAA"
    if ratio >= 4.5:
        return "AA"
    return "AA large" if ratio >= 3 else None


def as_color(rgb: RGB) -> Color:
    """Convert to a coloraide colour."""
    return Color("srgb", [channel / 255 for channel in rgb])
