"""WCAG 2 contrast: the ratio of two colours, and the level that text in them reaches."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from coloraide import Color

from .rgb import RGB

Level = Literal["AAA", "AA", "AA large"]
"""A WCAG 2 conformance level for text; ``"AA large"`` is for large text only."""

MIN_RATIOS: Mapping[Level, float] = MappingProxyType({"AAA": 7.0, "AA": 4.5, "AA large": 3.0})
"""The contrast ratio from which each level is reached, the strictest first.

WCAG 2, success criteria 1.4.3 and 1.4.6. Text is large from 18 points, or from 14 in bold.
"""


def contrast(one: RGB, other: RGB) -> float:
    """Return the WCAG 2 contrast ratio, 1 to 21, unrounded (4.499 does not pass for 4.5)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def level(ratio: float) -> Level | None:
    """Return the level that text with this contrast ratio reaches, or None below 3."""
    return next((reached for reached, least in MIN_RATIOS.items() if ratio >= least), None)


@lru_cache(maxsize=1024)  # of a palette, each colour is compared with all others
def _luminance(rgb: RGB) -> float:
    return max(0.0, as_color(rgb).luminance())


def as_color(rgb: RGB) -> Color:
    """Convert to a coloraide colour."""
    return Color("srgb", [channel / 255 for channel in rgb])
