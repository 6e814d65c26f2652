"""Colour differences, measured by coloraide rather than by the code under test."""

import numpy as np
from coloraide import Color
from scipy.optimize import linear_sum_assignment

from palette import RGB, Palette


def difference(one: RGB, other: RGB) -> float:
    """Return the CIEDE2000 difference of two sRGB colours."""
    first, second = (Color("srgb", [value / 255 for value in rgb]) for rgb in (one, other))
    return first.delta_e(second, method="2000")


def mean_difference(one: Palette, other: Palette) -> float:
    """Return the mean CIEDE2000 of two palettes, matched so that they differ least."""
    differences = np.array([[difference(a.rgb, b.rgb) for b in other] for a in one])
    return float(differences[linear_sum_assignment(differences)].mean())
