"""CIEDE2000 colour differences, on arrays of sRGB bytes."""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Lab, Values
from .oklab import linear

HARD_TO_TELL_APART = 10.0
"""The CIEDE2000 difference below which two colours, not side by side, are easily confused.

This is a choice, not a law: side by side, people tell apart colours that differ by 1 or 2.
"""

# How the weight of a difference of hue depends on the hue: one to four waves a turn.
_WAVES = np.radians([1.0, 2.0, 3.0, 4.0])
_PHASES = np.radians([-30.0, 0.0, 6.0, -63.0])
_AMPLITUDES = np.array([-0.17, 0.24, 0.32, -0.20])
# sRGB (IEC 61966-2-1) to CIE XYZ, white D65; each row divided by its sum makes white (1, 1, 1).
_LINEAR_TO_XYZ = np.array(
    [
        [0.4123907993, 0.3575843394, 0.1804807884],
        [0.2126390059, 0.7151686788, 0.0721923154],
        [0.0193308187, 0.1191947798, 0.9505321522],
    ]
)


def srgb_to_cielab(srgb: ArrayLike) -> Lab:
    """Convert sRGB, shape (…, 3), 0 to 255, to CIE L*a*b* with white D65 (CIE 15:2018)."""
    relative = linear(srgb) @ (_LINEAR_TO_XYZ / _LINEAR_TO_XYZ.sum(1, keepdims=True)).T
    f = _cube_root(relative)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ciede2000(one: ArrayLike, other: ArrayLike) -> Values:
    """Return the CIEDE2000 differences of CIE L*a*b* colours, broadcast over shapes (…, 3).

    About 1 is the smallest difference people see side by side.

    G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation notes,
    supplementary test data, and mathematical observations", Color Research & Application 30 (2005);
    the numbers in brackets are its equations.
    """
    one, other = np.asarray(one, np.float64), np.asarray(other, np.float64)
    light1, a1, b1 = one[..., 0], one[..., 1], one[..., 2]
    light2, a2, b2 = other[..., 0], other[..., 1], other[..., 2]
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2  # (2), (3)
    stretch = 1 + 0.5 * (1 - _chroma_ratio(mean_chroma))  # (4), (5)
    a1, a2 = a1 * stretch, a2 * stretch
    chroma1, chroma2 = np.hypot(a1, b1), np.hypot(a2, b2)  # (6)
    hue1, hue2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360  # (7)
    product = chroma1 * chroma2

    turn = hue2 - hue1  # (10)
    turn += 360 * (turn < -180) - 360 * (turn > 180)
    d_light, d_chroma = light2 - light1, chroma2 - chroma1  # (8), (9)
    d_hue = 2 * np.sqrt(product) * np.sin(np.radians(turn / 2))  # (11)

    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2  # (12), (13)
    # (14); a grey has hue 0: the other hue counts
    hue = np.where(product == 0, hue1 + hue2, hue1 + turn / 2) % 360
    weight = 1 + np.cos(np.multiply.outer(hue, _WAVES) + _PHASES) @ _AMPLITUDES  # (15)
    scale_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)  # (18)
    scale_chroma = 1 + 0.045 * chroma  # (19)
    scale_hue = 1 + 0.015 * chroma * weight  # (20)
    rotation = (
        -2 * _chroma_ratio(chroma) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )  # (16), (17), (21)
    light_term = d_light / scale_light
    chroma_term = d_chroma / scale_chroma
    hue_term = d_hue / scale_hue
    total = light_term**2 + chroma_term**2 + hue_term**2 + rotation * chroma_term * hue_term
    return np.sqrt(np.maximum(total, 0.0))  # (22)


def difference_matrix(one: ArrayLike, other: ArrayLike) -> Values:
    """Return CIEDE2000 for all pairs of sRGB bytes: shapes (m, 3) and (n, 3) in, (m, n) out."""
    return ciede2000(srgb_to_cielab(one)[:, None, :], srgb_to_cielab(other)[None, :, :])


def _cube_root(relative: Values) -> Values:
    """Return the cube root, with the straight line that CIE L*a*b* has near black."""
    toe = relative / (3 * (6 / 29) ** 2) + 4 / 29
    return np.where(relative > (6 / 29) ** 3, np.cbrt(relative), toe)


def _chroma_ratio(chroma: Values) -> Values:
    seventh = chroma * chroma * chroma * chroma * chroma * chroma * chroma
    return np.sqrt(seventh / (seventh + 25.0**7))
