"""Colour differences, written from the published formulas alone.

The benchmark judges ``palette`` by these, so they share no code with it.

Sources: IEC 61966-2-1 (sRGB); CIE 15 (CIELAB); B. Ottosson, "A perceptual color space for image
processing" (2020), with the matrices that CSS Color 4 recomputed in double precision (OKLab);
G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula", Color Research and
Application 30 (2005) 21-30 (CIEDE2000).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# The chromaticities (x, y) of sRGB's red, green and blue, and of its white, D65.
PRIMARIES = np.array([[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]])
WHITE = np.array([0.3127, 0.3290])

XYZ_TO_LMS = np.array(
    [
        [0.8190224379967030, 0.3619062600528904, -0.1288737815209879],
        [0.0329836539323885, 0.9292868615863434, 0.0361446663506424],
        [0.0481771893596242, 0.2642395317527308, 0.6335478284694309],
    ]
)
LMS_TO_OKLAB = np.array(
    [
        [0.2104542683093140, 0.7936177747023054, -0.0040720430116193],
        [1.9779985324311684, -2.4285922420485799, 0.4505937096174110],
        [0.0259040424655478, 0.7827717124575296, -0.8086757549230774],
    ]
)


def _xyz(chromaticity: Array) -> Array:
    """Convert chromaticities (..., 2) to XYZ (..., 3) of luminance 1."""
    x, y = np.moveaxis(chromaticity, -1, 0)
    return np.stack([x / y, np.ones_like(y), (1 - x - y) / y], axis=-1)


def srgb_to_xyz(rgb: ArrayLike) -> Array:
    """Convert sRGB (..., 3), 0 to 255, to XYZ under D65; white has Y = 1."""
    encoded = np.asarray(rgb, dtype=np.float64) / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    primaries = _xyz(PRIMARIES)
    luminances = np.linalg.solve(primaries.T, _xyz(WHITE))
    return linear @ (primaries * luminances[:, None])


def xyz_to_oklab(xyz: ArrayLike) -> Array:
    """Convert XYZ (..., 3) under D65 to OKLab: lightness 0 to 1, a and b about -0.4 to 0.4."""
    return np.cbrt(np.asarray(xyz, dtype=np.float64) @ XYZ_TO_LMS.T) @ LMS_TO_OKLAB.T


def xyz_to_cielab(xyz: ArrayLike) -> Array:
    """Convert XYZ (..., 3) under D65 to CIELAB of the same white: lightness 0 to 100."""
    ratio = np.asarray(xyz, dtype=np.float64) / _xyz(WHITE)
    delta = 6 / 29
    f = np.where(ratio > delta**3, np.cbrt(ratio), ratio / (3 * delta**2) + 4 / 29)
    fx, fy, fz = np.moveaxis(f, -1, 0)
    return np.stack([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)], axis=-1)


def oklab(rgb: ArrayLike) -> Array:
    """Convert sRGB (..., 3), 0 to 255, to OKLab."""
    return xyz_to_oklab(srgb_to_xyz(rgb))


def cielab(rgb: ArrayLike) -> Array:
    """Convert sRGB (..., 3), 0 to 255, to CIELAB."""
    return xyz_to_cielab(srgb_to_xyz(rgb))


def delta_e_ok(oklab1: ArrayLike, oklab2: ArrayLike) -> Array:
    """Return a hundred times the Euclidean distance in OKLab, broadcast over (..., 3) arrays."""
    return 100 * np.linalg.norm(np.asarray(oklab1) - np.asarray(oklab2), axis=-1)


def delta_e_2000(cielab1: ArrayLike, cielab2: ArrayLike) -> Array:
    """Return CIEDE2000 with k_L = k_C = k_H = 1, broadcast over CIELAB arrays (..., 3).

    The names follow Sharma, Wu and Dalal; the numbers in brackets are their equations.
    """
    l1, a1, b1 = np.moveaxis(np.asarray(cielab1, dtype=np.float64), -1, 0)
    l2, a2, b2 = np.moveaxis(np.asarray(cielab2, dtype=np.float64), -1, 0)

    c_bar = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2  # (2), (3)
    g = 0.5 * (1 - np.sqrt(c_bar**7 / (c_bar**7 + 25.0**7)))  # (4)
    a1, a2 = (1 + g) * a1, (1 + g) * a2  # (5)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)  # (6)
    h1 = np.degrees(np.arctan2(b1, a1)) % 360  # (7)
    h2 = np.degrees(np.arctan2(b2, a2)) % 360

    gray = c1 * c2 == 0
    turn = np.where(gray, 0, (h2 - h1 + 180) % 360 - 180)  # (10), where -180 stands for 180
    turn = np.where((turn == -180) & (h2 > h1), 180, turn)
    delta_l, delta_c = l2 - l1, c2 - c1  # (8), (9)
    delta_h = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn) / 2)  # (11)

    l_bar, c_bar = (l1 + l2) / 2, (c1 + c2) / 2  # (12), (13)
    h_sum: Array = h1 + h2
    across = h_sum + np.where(h_sum < 360, 360, -360)
    h_bar: Array = np.where(np.abs(h1 - h2) <= 180, h_sum, across) / 2
    h_bar = np.where(gray, h_sum, h_bar)  # (14)
    t = (
        1
        - 0.17 * np.cos(np.radians(h_bar - 30))
        + 0.24 * np.cos(np.radians(2 * h_bar))
        + 0.32 * np.cos(np.radians(3 * h_bar + 6))
        - 0.20 * np.cos(np.radians(4 * h_bar - 63))
    )  # (15)
    theta = 30 * np.exp(-(((h_bar - 275) / 25) ** 2))  # (16)
    r_c = 2 * np.sqrt(c_bar**7 / (c_bar**7 + 25.0**7))  # (17)
    s_l = 1 + 0.015 * (l_bar - 50) ** 2 / np.sqrt(20 + (l_bar - 50) ** 2)  # (18)
    s_c = 1 + 0.045 * c_bar  # (19)
    s_h = 1 + 0.015 * c_bar * t  # (20)
    r_t = -np.sin(np.radians(2 * theta)) * r_c  # (21)
    lightness, chroma, hue = delta_l / s_l, delta_c / s_c, delta_h / s_h
    return np.sqrt(lightness**2 + chroma**2 + hue**2 + r_t * chroma * hue)  # (22)
