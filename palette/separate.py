"""Colours that people can tell apart."""

import numpy as np
from numpy.typing import NDArray

from .difference import difference_matrix
from .histogram import Histogram
from .oklab import distances, oklab_to_srgb, squared_distances, srgb_to_oklab
from .refine import pull_to_medians

Bytes = NDArray[np.uint8]

DISTINGUISHABLE = 3.0  # CIEDE2000
_ROUNDS = 2
_LOOKED_AT = 40


def separate(rgb: Bytes, histogram: Histogram, colors: int) -> Bytes:
    """Replace near-duplicates among the k colours, shape (k, 3), if there are others to find.

    No pair of the result is under CIEDE2000 3. It has fewer than ``colors`` colours only if every
    colour of the picture is that close to one of them.
    """
    kept = _apart(rgb, histogram)
    if len(kept) == colors:
        return kept
    tries = [_filled(kept, histogram, colors)]
    for _ in range(_ROUNDS):
        settled = pull_to_medians(srgb_to_oklab(tries[-1]), histogram, fixed=0)
        kept = _apart(oklab_to_srgb(settled), histogram)
        tries.append(_filled(kept, histogram, colors))
    return min(tries, key=lambda found: histogram.weight @ _distance(found, histogram))


def _apart(rgb: Bytes, histogram: Histogram) -> Bytes:
    """Keep the colours with the largest shares that are distinguishable from each other."""
    share = shares(rgb, histogram)
    apart = difference_matrix(rgb, rgb) >= DISTINGUISHABLE
    kept: list[int] = []
    for index in np.argsort(-share, kind="stable").tolist():
        if share[index] > 0 and apart[index, kept].all():
            kept.append(index)
    return rgb[sorted(kept)]


def _filled(rgb: Bytes, histogram: Histogram, colors: int) -> Bytes:
    """Add the distinguishable colour of the picture that brings most, again and again."""
    while len(rgb) < colors:
        distance = _distance(rgb, histogram)
        missed = np.argsort(-histogram.weight * distance**2, kind="stable")
        worst = _distinguishable(missed[:_LOOKED_AT], rgb, histogram)
        if not len(worst):
            worst = _distinguishable(missed, rgb, histogram)[:_LOOKED_AT]
        if not len(worst):
            break
        to_worst = distances(histogram.lab[worst], histogram.lab)
        best = int((np.maximum(distance - to_worst, 0.0) @ histogram.weight).argmax())
        rgb = np.concatenate([rgb, oklab_to_srgb(histogram.lab[worst[best]])[None]])
    return rgb


def _distinguishable(bins: NDArray[np.intp], rgb: Bytes, histogram: Histogram) -> NDArray[np.intp]:
    difference = difference_matrix(oklab_to_srgb(histogram.lab[bins]), rgb)
    return bins[(difference >= DISTINGUISHABLE).all(axis=1)]


def _distance(rgb: Bytes, histogram: Histogram) -> NDArray[np.float64]:
    """Measure the OKLab distance of each counted colour to the nearest of these, shape (n,)."""
    return distances(histogram.lab, srgb_to_oklab(rgb)).min(axis=1)


def shares(rgb: Bytes, histogram: Histogram) -> NDArray[np.float64]:
    """Count the fraction of the visible pixels nearest (in OKLab) to each colour, shape (k,)."""
    nearest = squared_distances(histogram.lab, srgb_to_oklab(rgb)).argmin(axis=1)
    return np.bincount(nearest, histogram.weight, len(rgb)).astype(np.float64)
