"""RGB colour spaces, and how their colours become sRGB."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.oklab import encoded

from .tone_mapping import tone_map
from .transfer_curves import HDR_CURVES, Curve, Transfer, displayed_hlg, to_light

XY = tuple[float, float]
"""CIE 1931 chromaticity coordinates."""

_D65: XY = (0.3127, 0.3290)
# K. M. Lam's cone response of the Bradford transform, as in ICC.1:2022, annex E.
_BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
_CHUNK_PIXELS = 1 << 18  # whose light, in double precision, fits a worker's memory


@dataclass(frozen=True, slots=True)
class Primaries:
    """The chromaticities of red, green, blue and white."""

    red: XY
    green: XY
    blue: XY
    white: XY = _D65

    def to_xyz(self) -> Values:
        """Return the matrix from linear RGB to CIE XYZ, white having Y = 1.

        Raises :class:`ValueError` if there is none.
        """
        columns = np.stack([_xyz(xy) for xy in (self.red, self.green, self.blue)], axis=1)
        white = _xyz(self.white)
        if self.white[1] <= 0 or abs(np.linalg.det(columns)) < 1e-6:
            raise ValueError("these primaries make no colours")
        scale: Values = np.linalg.inv(columns) @ (white / self.white[1])
        if (scale <= 0).any():
            raise ValueError("the white point is outside the primaries")
        return columns * scale


BT709 = Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))


@dataclass(frozen=True, slots=True)
class ColorSpace:
    """What the channels of an image mean; in limited range, 16 is black and 235 is white."""

    primaries: Primaries = BT709
    transfer: Transfer = Curve.SRGB
    full_range: bool = True

    @property
    def is_hdr(self) -> bool:
        """Whether there may be colours brighter than diffuse white."""
        return self.transfer in HDR_CURVES


def to_srgb(rgb: Bytes, space: ColorSpace) -> Bytes:
    """Convert pixels, shape (…, 3), to sRGB: relative colorimetric, what is outside it clipped.

    HDR is tone-mapped. Raises :class:`ValueError` for primaries that make no colours.
    """
    luminances = space.primaries.to_xyz()[1]
    light_of, matrix = _light_table(space), _matrix_to_srgb(space.primaries)
    pixels = rgb.reshape(-1, 3)
    converted = np.empty_like(pixels)
    for start in range(0, len(pixels), _CHUNK_PIXELS):
        chunk = slice(start, start + _CHUNK_PIXELS)
        light = light_of[pixels[chunk]]
        if space.transfer is Curve.HLG:
            light = displayed_hlg(light, luminances)
        light = light @ matrix.T
        light = tone_map(light) if space.is_hdr else np.clip(light, 0, 1)
        converted[chunk] = np.rint(encoded(light))
    return converted.reshape(rgb.shape)


@lru_cache(maxsize=8)
def _light_table(space: ColorSpace) -> Values:
    """Return the light of each of the 256 levels."""
    levels = np.arange(256) / 255 if space.full_range else (np.arange(256) - 16) / 219
    return to_light(np.clip(levels, 0, 1), space.transfer)


@lru_cache(maxsize=8)
def _matrix_to_srgb(primaries: Primaries) -> Values:
    """Return the matrix to linear sRGB, white staying white."""
    cones, shown_cones = (_BRADFORD @ _xyz(xy) / xy[1] for xy in (primaries.white, _D65))
    adapt = np.linalg.inv(_BRADFORD) @ np.diag(shown_cones / cones) @ _BRADFORD
    return np.linalg.inv(BT709.to_xyz()) @ adapt @ primaries.to_xyz()


def _xyz(xy: XY) -> Values:
    x, y = xy
    return np.array([x, y, 1 - x - y])
