"""Keeps the colours of a palette distinguishable."""

import numpy as np

from palette.color.arrays import Bytes, Mask
from palette.color.ciede2000 import difference_matrix
from palette.color.oklab import distances, nearest_distance, oklab_to_srgb, srgb_to_oklab

from .histogram import Histogram
from .refine import pull_to_medians
from .shares import binned_shares

MIN_DIFFERENCE = 3.0  # CIEDE2000
_ROUNDS = 2
_CANDIDATES = 12


def separate(rgb: Bytes, histogram: Histogram, colors: int) -> Bytes:
    """Replace near-duplicates among k colours, shape (k, 3), if there are others to find.

    No two colours of the result differ by less than CIEDE2000 3. It has fewer than ``colors`` only
    if every colour of the image is that close to one of them.
    """
    kept = drop_near_duplicates(rgb, histogram)
    if len(kept) == colors:
        return kept
    attempts = [fill(kept, histogram, colors)]
    for _ in range(_ROUNDS):
        settled = pull_to_medians(srgb_to_oklab(attempts[-1]), histogram, fixed=0)
        kept = drop_near_duplicates(oklab_to_srgb(settled), histogram)
        attempts.append(fill(kept, histogram, colors))
    return min(
        attempts,
        key=lambda found: (
            histogram.weight @ nearest_distance(histogram.prepared, srgb_to_oklab(found))
        ),
    )


def drop_near_duplicates(rgb: Bytes, histogram: Histogram) -> Bytes:
    """Keep colours with a share, the largest first, that are distinguishable from those kept."""
    shares = binned_shares(rgb, histogram)
    is_apart = difference_matrix(rgb, rgb) >= MIN_DIFFERENCE
    kept: list[int] = []
    for index in np.argsort(-shares, kind="stable").tolist():
        if shares[index] > 0 and is_apart[index, kept].all():
            kept.append(index)
    return rgb[sorted(kept)]


def fill(rgb: Bytes, histogram: Histogram, colors: int, distance: float = MIN_DIFFERENCE) -> Bytes:
    """Add the most useful colour of the image, until there are enough or none that may be added.

    What is added is at least ``distance`` (CIEDE2000) from all others.
    """
    off = nearest_distance(histogram.prepared, srgb_to_oklab(rgb))
    open_weight = histogram.weight.copy()  # of the colours that may be distinguishable
    candidate_count = _CANDIDATES
    while len(rgb) < colors:
        missed = open_weight * off**2
        worst = np.argsort(-missed, kind="stable")[:candidate_count]
        worst = worst[missed[worst] > 0]
        if not len(worst):
            break
        candidates = oklab_to_srgb(histogram.lab[worst])
        is_apart = distinguishable(candidates, rgb, distance)
        open_weight[worst[~is_apart]] = 0.0  # for good, as colours are only added
        if not is_apart.any():
            candidate_count *= 4
            continue
        worst, candidates = worst[is_apart][:_CANDIDATES], candidates[is_apart]
        to_worst = distances(histogram.lab[worst], histogram.lab)
        best = int((np.maximum(off - to_worst, 0.0) @ histogram.weight).argmax())
        added = candidates[best : best + 1]  # converting again might round a tie the other way
        rgb = np.concatenate([rgb, added])
        off = np.minimum(off, nearest_distance(histogram.prepared, srgb_to_oklab(added)))
    return rgb


def distinguishable(candidates: Bytes, rgb: Bytes, distance: float = MIN_DIFFERENCE) -> Mask:
    """Return which candidates, shape (m, 3), differ enough from every colour of ``rgb``, (k, 3)."""
    return difference_matrix(candidates, rgb).min(axis=1, initial=np.inf) >= distance
