"""How well people can tell the colours of a palette apart: difference, contrast, deficiency.

These are measurements; nothing here calls a palette "safe".
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from palette.color.arrays import Values
from palette.color.ciede2000 import HARD_TO_TELL_APART, difference_matrix
from palette.color.contrast import as_color, contrast
from palette.color.rgb import RGB
from palette.color.text_pairs import best_text_pairs

from .model import Palette, Swatch


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
class ClosePair:
    """Two colours that are hard to tell apart with typical vision; ``difference`` is CIEDE2000."""

    one: Swatch
    other: Swatch
    difference: float


@dataclass(frozen=True, slots=True)
class TextPair:
    """A colour for text, one for its background, and their WCAG 2 contrast ratio, 3 to 21."""

    text: Swatch
    background: Swatch
    ratio: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """Two colours that only a deficiency makes hard to tell apart.

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
    difference falls from ``HARD_TO_TELL_APART`` or more to below it. Pairs that are below it with
    typical vision are in :attr:`Check.close` instead, however close they become.
    """

    deficiency: Deficiency
    colors: tuple[RGB, ...]
    confusions: tuple[Confusion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What :func:`check` measures of a palette.

    ``close`` are all pairs below ``HARD_TO_TELL_APART`` with typical vision, closest first.
    ``text_pairs`` are the up to five that :func:`palette.color.text_pairs.best_text_pairs` chooses,
    highest contrast first; there are none only if no pair reaches 3 : 1. ``contrasts[i][j]`` is the
    WCAG 2 contrast ratio of the colours i and j, 1 to 21.
    """

    close: tuple[ClosePair, ...]
    simulations: tuple[Simulation, ...]
    text_pairs: tuple[TextPair, ...]
    contrasts: tuple[tuple[float, ...], ...]


def check(palette: Palette) -> Check:
    """Measure the difference and contrast of every pair, and simulate each deficiency."""
    swatches = palette.swatches
    colors = [swatch.rgb for swatch in swatches]
    differences = difference_matrix(colors, colors)
    close = [
        ClosePair(swatches[one], swatches[other], float(differences[one, other]))
        for one, other in combinations(range(len(swatches)), 2)
        if differences[one, other] < HARD_TO_TELL_APART
    ]
    close.sort(key=lambda pair: pair.difference)
    contrasts = tuple(tuple(contrast(one, other) for other in colors) for one in colors)
    return Check(
        tuple(close),
        tuple(_simulate_palette(palette, differences, deficiency) for deficiency in Deficiency),
        tuple(
            TextPair(swatches[text], swatches[background], contrasts[text][background])
            for text, background in best_text_pairs(colors)
        ),
        contrasts,
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


def _simulate_palette(palette: Palette, typical: Values, deficiency: Deficiency) -> Simulation:
    """Simulate a palette; ``typical``, shape (n, n), are the differences with typical vision."""
    swatches = palette.swatches
    colors = tuple(simulate(swatch.rgb, deficiency) for swatch in swatches)
    simulated = difference_matrix(colors, colors)
    confusions = [
        Confusion(swatches[i], swatches[j], float(typical[i, j]), float(simulated[i, j]))
        for i, j in combinations(range(len(swatches)), 2)
        if simulated[i, j] < HARD_TO_TELL_APART <= typical[i, j]
    ]
    confusions.sort(key=lambda confusion: confusion.simulated)
    return Simulation(deficiency, colors, tuple(confusions))
