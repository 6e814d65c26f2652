"""A colour space in which plain distances are about CIEDE2000.

CIEDE2000 measures pairs and has no space of its own. Where many distances are needed, its parts
are integrated instead: lightness over 1 / S_L, chroma over 1 / S_C, and the a axis is stretched
near grey as there. Its turn of blue hues and its weights of hues are left out.
"""

import numpy as np

from .arrays import Lab, Values

_LIGHTNESS = np.linspace(0.0, 100.0, 1001)
_OFFSET = (_LIGHTNESS - 50) ** 2
_SLOPE = 1 / (1 + 0.015 * _OFFSET / np.sqrt(20 + _OFFSET))  # 1 / S_L
_STEPS = (_SLOPE[1:] + _SLOPE[:-1]) / 2 * _LIGHTNESS[1]
_UNIFORM_LIGHTNESS = np.concatenate([[0.0], np.cumsum(_STEPS)])
_CHROMA_WEIGHT = 0.045  # S_C = 1 + 0.045 C'


def cielab_to_uniform(lab: Lab) -> Values:
    """Convert CIE L*a*b* to the uniform space: lightness 0 to about 73, and two axes of colour.

    Shape (…, 3) in and out. Of pairs of sRGB colours whose CIEDE2000 is 2 to 10, nine in ten are
    0.8 to 1.2 times as far from each other as CIEDE2000 says.
    """
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    stretch = 1.5 - 0.5 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    a, b = lab[..., 1] * stretch, lab[..., 2]
    chroma = np.hypot(a, b)
    shrink = np.log1p(_CHROMA_WEIGHT * chroma) / (_CHROMA_WEIGHT * np.maximum(chroma, 1e-6))
    lightness = np.interp(lab[..., 0], _LIGHTNESS, _UNIFORM_LIGHTNESS)
    return np.stack([lightness, a * shrink, b * shrink], axis=-1)
