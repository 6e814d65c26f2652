"""How much of an image each colour of its palette stands for."""

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.oklab import (
    LINEAR_TO_LMS,
    LMS_TO_LAB,
    linear,
    squared_distances_to,
    srgb_to_oklab,
)
from palette.decoding.decode import Pixels

from .histogram import Histogram

# Single precision is twice as fast, and its six digits are more than a byte has.
_LINEAR = linear(np.arange(256)).astype(np.float32)


def sampled_shares(rgb: Bytes, sample: Pixels, left_out: Bytes) -> Values:
    """Return the share of each of k colours among sampled pixels, shape (k,).

    A share is the fraction of the visible pixels nearest (in OKLab) to a colour of ``rgb``, shape
    (k, 3). Pixels nearer to a colour of ``left_out``, shape (m, 3), do not count; if none counts,
    all shares are 0.
    """
    lab = srgb_to_oklab(np.concatenate([rgb, left_out]))
    planes = np.ascontiguousarray(sample.rgb.reshape(-1, 3).T)
    # No byte is out of range: mode "clip" only skips the check.
    response = np.cbrt(LINEAR_TO_LMS.astype(np.float32) @ _LINEAR.take(planes, mode="clip"))
    # |c - p|² without |p|², which is the same for all colours c: the rest is linear in p.
    squared = (-2 * lab @ LMS_TO_LAB).astype(np.float32) @ response
    squared += np.einsum("ij,ij->i", lab, lab).astype(np.float32)[:, None]
    nearest = squared == squared.min(axis=0)
    if sample.alpha is None:
        # Each row by itself is six times as fast as all of them along an axis.
        counts = np.array([np.count_nonzero(row) for row in nearest], np.float64)
    else:
        counts = nearest @ sample.alpha.ravel().astype(np.float64)
    counts = counts[: len(rgb)]
    return counts / max(counts.sum(), 1.0)


def binned_shares(rgb: Bytes, histogram: Histogram) -> Values:
    """Return the share of each of k colours, shape (k, 3), in a histogram: shape (k,)."""
    nearest = squared_distances_to(histogram.prepared, srgb_to_oklab(rgb)).argmin(axis=0)
    return np.bincount(nearest, histogram.weight, len(rgb)).astype(np.float64)
