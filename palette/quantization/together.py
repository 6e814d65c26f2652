"""Several images counted as one, each weighing the same whatever its size."""

from collections.abc import Sequence

import numpy as np

from palette.decoding.distinct import Counts

from .histogram import Histogram


def merge(histograms: Sequence[Histogram]) -> Histogram:
    """Return the histogram of several images together; it is exact if all of them are."""
    if len(histograms) == 1:
        return histograms[0]
    is_exact = all(histogram.is_exact for histogram in histograms)
    lab = np.concatenate([histogram.lab for histogram in histograms])
    bins = np.concatenate([histogram.bins for histogram in histograms])
    weight = np.concatenate([histogram.weight for histogram in histograms]) / len(histograms)
    key = lab if is_exact else bins[:, None]
    _, first, row = np.unique(key, axis=0, return_index=True, return_inverse=True)
    row = row.ravel()
    merged = np.bincount(row, weight)
    sums = [np.bincount(row, weight * axis) for axis in lab.T]
    return Histogram(
        lab[first] if is_exact else np.stack(sums, axis=1) / merged[:, None],
        merged / merged.sum(),
        bins[first],
        tuple(image for histogram in histograms for image in histogram.pixels),
        is_exact=is_exact,
    )


def merge_counts(counts: Sequence[Counts | None]) -> Counts | None:
    """Return the counted colours of several images together; None if one has too many."""
    if len(counts) == 1:
        return counts[0]
    total: Counts = {}
    for each in counts:
        if not each:
            return None
        pixels = sum(each.values())
        for color, count in each.items():
            total[color] = total.get(color, 0.0) + count / pixels
    return total
