"""From code values to light: what a colour space's transfer characteristics say.

Light of 1 is white; in HDR it is diffuse white, and highlights are brighter. Formulas: ITU-T H.273,
table 3; for PQ and HLG: ITU-R BT.2100, tables 4 and 5.
"""

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from palette.color.arrays import Values
from palette.color.oklab import linear


class Curve(Enum):
    """A transfer curve that is no power function."""

    SRGB = auto()
    BT709 = auto()
    SMPTE240M = auto()
    PQ = auto()
    HLG = auto()


@dataclass(frozen=True, slots=True)
class Gamma:
    """A power function: the light is the code value to this exponent."""

    exponent: float


Transfer = Curve | Gamma

HDR_CURVES = frozenset({Curve.PQ, Curve.HLG})

_DIFFUSE_WHITE = 203.0  # cd/m² (ITU-R BT.2408)
_PQ_PEAK = 10_000.0  # cd/m²
_HLG_PEAK, _HLG_SYSTEM_GAMMA = 1000.0, 1.2  # of the display that HLG is made for


def to_light(values: Values, transfer: Transfer) -> Values:
    """Return the light of code values, 0 to 1: as displayed or, for HLG, as in the scene."""
    match transfer:
        case Curve.SRGB:
            return linear(255 * values)
        case Curve.BT709:
            return _camera_light(values, slope=4.5, end=0.018053968510807, alpha=1.09929682680944)
        case Curve.SMPTE240M:
            return _camera_light(values, slope=4.0, end=0.022821585529445, alpha=1.111572195921731)
        case Curve.PQ:
            return _pq_light(values) * (_PQ_PEAK / _DIFFUSE_WHITE)
        case Curve.HLG:
            return _hlg_scene_light(values)
        case Gamma(exponent):
            return values**exponent


def displayed_hlg(scene: Values, luminances: Values) -> Values:
    """Return what a display of 1000 cd/m² shows of HLG's scene light, both of shape (…, 3).

    ``luminances`` are those of the three primaries, which sum to 1.
    """
    luminance = np.maximum(scene @ luminances, 0)[..., None]
    return scene * luminance ** (_HLG_SYSTEM_GAMMA - 1) * (_HLG_PEAK / _DIFFUSE_WHITE)


def _camera_light(values: Values, *, slope: float, end: float, alpha: float) -> Values:
    """Invert a video camera's curve: a line to ``end``, then ``alpha * L**0.45 - (alpha - 1)``."""
    power = ((values + alpha - 1) / alpha) ** (1 / 0.45)
    return np.where(values < slope * end, values / slope, power)


def _pq_light(values: Values) -> Values:
    """Return light as a fraction of 10,000 cd/m²."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = values ** (1 / m2)
    return (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)


def _hlg_scene_light(values: Values) -> Values:
    a = 0.17883277
    b, c = 1 - 4 * a, 0.5 - a * np.log(4 * a)
    return np.where(values <= 0.5, values**2 / 3, (np.exp((values - c) / a) + b) / 12)
