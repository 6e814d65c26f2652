"""From pixels to distinct colours and their counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .decode import Raster
from .oklab import Lab, linear, srgb_to_oklab

_LEVELS = 40
# Levels a channel, even steps of lightness: bins even in sRGB would lump the darks together.
_LEVEL_OF = np.minimum(np.cbrt(linear(np.arange(256))) * _LEVELS, _LEVELS - 1).astype(np.intp)
_KEYS = [_LEVEL_OF * _LEVELS**2, _LEVEL_OF * _LEVELS, _LEVEL_OF]


@dataclass(frozen=True, slots=True)
class Histogram:
    """The n distinct colours of a raster, 40 levels a channel (5.3 bits), in a fixed order.

    ``lab``, shape (n, 3): each the true mean of its pixels. ``weight``, shape (n,): the share of
    the visible pixels, summing to 1. ``bin_of``, shape (frames, height, width): each pixel's index
    into them, n where nothing is visible.
    """

    lab: Lab
    weight: NDArray[np.float64]
    bin_of: NDArray[np.intp]


def count_colors(raster: Raster) -> Histogram:
    """Count the colours of a raster that has a visible pixel; pixels weigh by their alpha."""
    planes = [np.ascontiguousarray(raster.rgb[..., channel]).ravel() for channel in range(3)]
    key = sum((keys[plane] for keys, plane in zip(_KEYS, planes, strict=True)), np.intp(0))
    alpha = None if raster.alpha is None else raster.alpha.ravel() / 255.0
    counts = np.bincount(key, alpha, _LEVELS**3)
    present = np.flatnonzero(counts)
    counts = counts[present]
    sums = [
        np.bincount(key, plane if alpha is None else plane * alpha, _LEVELS**3)[present]
        for plane in planes
    ]
    index = np.full(_LEVELS**3, len(present))
    index[present] = np.arange(len(present))
    bin_of = index[key]
    if alpha is not None:
        bin_of[alpha == 0] = len(present)
    return Histogram(
        srgb_to_oklab(np.stack(sums, axis=1) / counts[:, None]),
        counts / counts.sum(),
        bin_of.reshape(raster.rgb.shape[:3]),
    )
