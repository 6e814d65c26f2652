"""CIEDE2000, the colour difference, on arrays of sRGB bytes."""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Values
from .oklab import linear

# sRGB (IEC 61966-2-1) to CIE XYZ, white D65; each row divided by its sum makes white (1, 1, 1).
_LINEAR_TO_XYZ = np.array(
    [
        [0.4123907993, 0.3575843394, 0.1804807884],
        [0.2126390059, 0.7151686788, 0.0721923154],
        [0.0193308187, 0.1191947798, 0.9505321522],
    ]
)


def srgb_to_cielab(srgb: ArrayLike) -> Values:
    """Convert sRGB, shape (…, 3), 0 to 255, to CIE L*a*b* with white D65 (CIE 15:2018)."""
    relative = linear(srgb) @ (_LINEAR_TO_XYZ / _LINEAR_TO_XYZ.sum(1, keepdims=True)).T
    f = _cube_root(relative)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ciede2000(one: ArrayLike, other: ArrayLike) -> Values:
    """Differences of CIE L*a*b* colours, broadcast over shapes (…, 3).

    G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula: implementation notes,
    supplementary test data, and mathematical observations", Color Research & Application 30 (2005).
    About 1 is the smallest difference people see side by side.
    """
    light1, a1, b1 = np.moveaxis(np.asarray(one, np.float64), -1, 0)
    light2, a2, b2 = np.moveaxis(np.asarray(other, np.float64), -1, 0)
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1 + 0.5 * (1 - _saturation(mean_chroma))
    chroma1, chroma2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    hue1 = np.degrees(np.arctan2(b1, a1 * stretch)) % 360
    hue2 = np.degrees(np.arctan2(b2, a2 * stretch)) % 360
    grey = chroma1 * chroma2 == 0

    turn = hue2 - hue1
    turn += 360 * (turn < -180) - 360 * (turn > 180)
    d_light, d_chroma = light2 - light1, chroma2 - chroma1
    d_hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn / 2))

    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    far = np.abs(hue1 - hue2) > 180
    mean_hue = ((hue1 + hue2 + 360 * far) / 2) % 360
    hue = ~grey * mean_hue + grey * (hue1 + hue2)  # a grey has hue 0: the other hue counts
    weight = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    scale_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    scale_chroma = 1 + 0.045 * chroma
    scale_hue = 1 + 0.015 * chroma * weight
    rotation = (
        -2 * _saturation(chroma) * np.sin(np.radians(60 * np.exp(-(((hue - 275) / 25) ** 2))))
    )
    light_term = d_light / scale_light
    chroma_term = d_chroma / scale_chroma
    hue_term = d_hue / scale_hue
    total = light_term**2 + chroma_term**2 + hue_term**2 + rotation * chroma_term * hue_term
    return np.sqrt(np.maximum(total, 0.0))


def difference_matrix(one: ArrayLike, other: ArrayLike) -> Values:
    """CIEDE2000 of all pairs of sRGB bytes: shapes (m, 3) and (n, 3) in, (m, n) out."""
    return ciede2000(srgb_to_cielab(one)[:, None, :], srgb_to_cielab(other)[None, :, :])


def _cube_root(relative: Values) -> Values:
    toe = relative / (3 * (6 / 29) ** 2) + 4 / 29
    return np.where(relative > (6 / 29) ** 3, np.cbrt(relative), toe)


def _saturation(chroma: Values) -> Values:
    seventh = chroma**7
    return np.sqrt(seventh / (seventh + 25.0**7))
