"""How much of an image each colour of its palette stands for."""

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.nearest import count_nearest
from palette.color.oklab import squared_distances_to, srgb_to_oklab
from palette.decoding.decode import Pixels

from .histogram import Histogram


def sampled_shares(rgb: Bytes, sample: Pixels, left_out: Bytes) -> Values:
    """Return the share of each of k colours among sampled pixels, shape (k,).

    A share is the fraction of the visible pixels nearest (in OKLab) to a colour of ``rgb``, shape
    (k, 3). Pixels nearer to a colour of ``left_out``, shape (m, 3), do not count; if none counts,
    all shares are 0.
    """
    lab = srgb_to_oklab(np.concatenate([rgb, left_out]))
    counts = count_nearest(lab, sample.rgb, sample.alpha)[: len(rgb)]
    return counts / max(counts.sum(), 1.0)


def binned_shares(rgb: Bytes, histogram: Histogram) -> Values:
    """Return the share of each of k colours, shape (k, 3), in a histogram: shape (k,)."""
    nearest = squared_distances_to(histogram.prepared, srgb_to_oklab(rgb)).argmin(axis=0)
    return np.bincount(nearest, histogram.weight, len(rgb)).astype(np.float64)
