"""From pixels to distinct colours and their counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .decode import Raster
from .oklab import Lab, linear, srgb_to_oklab

_LEVELS = 40
# Levels a channel, even steps of lightness: bins even in sRGB would lump the darks together.
_LEVEL_OF = np.minimum(np.cbrt(linear(np.arange(256))) * _LEVELS, _LEVELS - 1).astype(np.intp)


@dataclass(frozen=True, slots=True)
class Histogram:
    """The n distinct colours of a raster, 40 levels a channel (5.3 bits), in a fixed order.

    ``lab``, shape (n, 3): each the true mean of its pixels. ``weight``, shape (n,): the share of
    the visible pixels, summing to 1. ``bin_of``, shape (frames, height, width): each pixel's index
    into them; ``visible``, the same shape, its weight: None if all pixels weigh the same.
    """

    lab: Lab
    weight: NDArray[np.float64]
    bin_of: NDArray[np.intp]
    visible: NDArray[np.float64] | None


def count_colors(raster: Raster) -> Histogram:
    """Count the colours of a raster that has a visible pixel; pixels weigh by their alpha."""
    level = _LEVEL_OF[raster.rgb]
    key = (level[..., 0] * _LEVELS + level[..., 1]) * _LEVELS + level[..., 2]
    size = _LEVELS**3
    flat = key.ravel()
    visible = None if raster.alpha is None else raster.alpha / 255.0
    weights = None if visible is None else visible.ravel()
    counts = np.bincount(flat, weights, size)
    present = np.flatnonzero(counts)
    counts = counts[present]
    means = np.empty((len(present), 3))
    for channel in range(3):
        values = raster.rgb[..., channel].ravel().astype(np.float64)
        if weights is not None:
            values *= weights
        means[:, channel] = np.bincount(flat, values, size)[present] / counts
    index = np.zeros(size, np.intp)
    index[present] = np.arange(len(present))
    return Histogram(srgb_to_oklab(means), counts / counts.sum(), index[key], visible)
