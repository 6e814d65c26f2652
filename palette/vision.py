"""How well people can tell the colours of a palette apart: contrast, colour vision deficiency.

These are measurements; nothing here calls a palette "safe".
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from palette.color.ciede2000 import difference_matrix
from palette.color.contrast import as_color, contrast
from palette.color.rgb import RGB

from .model import Palette, Swatch

HARD_TO_TELL_APART = 10.0
"""The CIEDE2000 difference below which two colours, not side by side, are easily confused.

This is a choice, not a law: side by side, people tell apart colours that differ by 1 or 2.
"""


class Deficiency(StrEnum):
    """A kind of dichromacy: one of the three cone types, L, M or S, is missing."""

    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


# Viénot, Brettel and Mollon (1999) model a missing L or M cone by one plane; a missing S cone
# takes the two half-planes of Brettel, Viénot and Mollon (1997).
_FILTERS = {
    Deficiency.PROTANOPIA: ("protan", "vienot"),
    Deficiency.DEUTERANOPIA: ("deutan", "vienot"),
    Deficiency.TRITANOPIA: ("tritan", "brettel"),
}


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two colours that a deficiency makes hard to tell apart.

    ``typical`` and ``simulated`` are their CIEDE2000 differences without and with it.
    """

    one: Swatch
    other: Swatch
    typical: float
    simulated: float


@dataclass(frozen=True, slots=True)
class Simulation:
    """A palette as people with ``deficiency``, at full severity, see it.

    ``colors`` are in the palette's order. ``confusions``, worst first, are all pairs whose
    difference falls below ``HARD_TO_TELL_APART`` and below half of what it was.
    """

    deficiency: Deficiency
    colors: tuple[RGB, ...]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What :func:`check` measures of a palette.

    ``contrasts[i][j]`` is the WCAG 2 contrast ratio of its colours i and j, 1 to 21.
    """

    contrasts: tuple[tuple[float, ...], ...]
    simulations: tuple[Simulation, ...]


def check(palette: Palette) -> Check:
    """Measure the contrast of every pair of colours, and simulate each deficiency."""
    colors = [swatch.rgb for swatch in palette]
    return Check(
        tuple(tuple(contrast(one, other) for other in colors) for one in colors),
        tuple(_simulate_palette(palette, deficiency) for deficiency in Deficiency),
    )


def rounded_down(value: float, decimals: int = 1) -> float:
    """Round down, so that a figure never seems to reach a threshold that it misses."""
    return math.floor(round(value * 10**decimals, 6)) / 10**decimals  # 20.9999999 is 21


def simulate(rgb: RGB, deficiency: Deficiency) -> RGB:
    """Return the colour as people with this deficiency, at full severity, see it."""
    name, method = _FILTERS[deficiency]
    seen = as_color(rgb).filter(name, 1, method=method).convert("srgb").clip()
    red, green, blue = (round(channel * 255) for channel in seen.coords())
    return red, green, blue


def _simulate_palette(palette: Palette, deficiency: Deficiency) -> Simulation:
    original = [swatch.rgb for swatch in palette]
    colors = tuple(simulate(rgb, deficiency) for rgb in original)
    typical = difference_matrix(original, original)
    simulated = difference_matrix(colors, colors)
    confusions = [
        Confusion(
            palette.swatches[i], palette.swatches[j], float(typical[i, j]), float(simulated[i, j])
        )
        for i, j in combinations(range(len(palette)), 2)
        if simulated[i, j] < min(HARD_TO_TELL_APART, typical[i, j] / 2)
    ]
    confusions.sort(key=lambda confusion: confusion.simulated)
    return Simulation(deficiency, colors, tuple(confusions))
