"""From the light of HDR images to what a normal screen can show."""

import numpy as np

from palette.color.arrays import Values

# Khronos PBR Neutral Tone Mapper (2024), without its term for reflections at grazing angles.
_START = 0.8  # darker colours stay as they are
_DESATURATION = 0.15


def tone_map(light: Values) -> Values:
    """Compress linear sRGB, shape (…, 3), 1 being diffuse white, into 0 to 1.

    Colours up to 0.8 stay as they are, diffuse white becomes 0.9, and what is brighter comes close
    to 1. All channels shrink alike, so that hues stay, and the brightest highlights turn whiter.
    """
    light = np.maximum(light, 0)
    peak: Values = light.max(axis=-1, keepdims=True)
    room = 1 - _START
    shown = np.where(peak < _START, peak, 1 - room**2 / (np.maximum(peak, _START) + room - _START))
    whiteness = 1 - 1 / (_DESATURATION * (peak - shown) + 1)
    scaled = light * (shown / np.maximum(peak, np.finfo(float).tiny))
    return scaled + (shown - scaled) * whiteness
