"""Colours that people can tell apart."""

import numpy as np
from numpy.typing import NDArray

from .difference import difference_matrix
from .histogram import Histogram
from .oklab import oklab_to_srgb, squared_distances, srgb_to_oklab

Bytes = NDArray[np.uint8]

DISTINGUISHABLE = 3.0  # CIEDE2000


def separate(rgb: Bytes, histogram: Histogram, colors: int) -> Bytes:
    """Drop near-duplicates from the k colours, shape (k, 3); fill their places if there are others.

    No pair of the result is under CIEDE2000 3. It has fewer than ``colors`` colours only if every
    colour of the picture is that close to one of them.
    """
    share = shares(rgb, histogram)
    kept: list[int] = []
    apart = difference_matrix(rgb, rgb) >= DISTINGUISHABLE
    for index in np.argsort(-share, kind="stable").tolist():
        if share[index] > 0 and apart[index, kept].all():
            kept.append(index)
    rgb = rgb[sorted(kept)]
    if len(rgb) < colors:
        rgb = _filled(rgb, histogram, colors)
    return rgb


def _filled(rgb: Bytes, histogram: Histogram, colors: int) -> Bytes:
    """Add the picture's colour that is most badly represented, again and again."""
    candidates = oklab_to_srgb(histogram.lab)
    apart = (difference_matrix(candidates, rgb) >= DISTINGUISHABLE).all(axis=1)
    squared = squared_distances(histogram.lab, srgb_to_oklab(rgb)).min(axis=1)
    while len(rgb) < colors and apart.any():
        chosen = int(np.where(apart, histogram.weight * squared, -1.0).argmax())
        added = candidates[chosen : chosen + 1]
        rgb = np.concatenate([rgb, added])
        apart &= difference_matrix(candidates, added)[:, 0] >= DISTINGUISHABLE
        squared = np.minimum(squared, squared_distances(histogram.lab, srgb_to_oklab(added))[:, 0])
    return rgb


def shares(rgb: Bytes, histogram: Histogram) -> NDArray[np.float64]:
    """Count the fraction of the visible pixels nearest (in OKLab) to each colour, shape (k,)."""
    nearest = squared_distances(histogram.lab, srgb_to_oklab(rgb)).argmin(axis=1)
    return np.bincount(nearest, histogram.weight, len(rgb)).astype(np.float64)
