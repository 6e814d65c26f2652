"""Colours that people can tell apart."""

import numpy as np

from palette.color.arrays import Bytes, Mask
from palette.color.ciede2000 import difference_matrix
from palette.color.oklab import distances, nearest_distance, oklab_to_srgb, srgb_to_oklab

from .histogram import Histogram
from .refine import pull_to_medians
from .shares import shares

DISTINGUISHABLE = 3.0  # CIEDE2000
_ROUNDS = 2
_LOOKED_AT = 12


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
    return min(
        tries,
        key=lambda found: histogram.weight @ nearest_distance(histogram.lab, srgb_to_oklab(found)),
    )


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
    distance = nearest_distance(histogram.lab, srgb_to_oklab(rgb))
    open_weight = histogram.weight.copy()  # of the colours that may be distinguishable
    looked_at = _LOOKED_AT
    while len(rgb) < colors:
        missed = open_weight * distance**2
        worst = np.argsort(-missed, kind="stable")[:looked_at]
        worst = worst[missed[worst] > 0]
        if not len(worst):
            break
        candidates = oklab_to_srgb(histogram.lab[worst])
        apart = distinguishable(candidates, rgb)
        open_weight[worst[~apart]] = 0.0  # for good, as colours are only added
        if not apart.any():
            looked_at *= 4
            continue
        worst, candidates = worst[apart][:_LOOKED_AT], candidates[apart]
        to_worst = distances(histogram.lab[worst], histogram.lab)
        best = int((np.maximum(distance - to_worst, 0.0) @ histogram.weight).argmax())
        added = candidates[best : best + 1]  # a second conversion may round a tie the other way
        rgb = np.concatenate([rgb, added])
        distance = np.minimum(distance, nearest_distance(histogram.lab, srgb_to_oklab(added)))
    return rgb


def distinguishable(candidates: Bytes, rgb: Bytes) -> Mask:
    """Tell which candidates, shape (m, 3), no colour of ``rgb``, shape (k, 3), is too near to."""
    return difference_matrix(candidates, rgb).min(axis=1, initial=np.inf) >= DISTINGUISHABLE
