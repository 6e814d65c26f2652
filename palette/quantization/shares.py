"""How much of a picture each colour of its palette stands for."""

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.oklab import LINEAR_TO_LMS, LMS_TO_LAB, linear, squared_distances, srgb_to_oklab
from palette.decoding.decode import Pixels

from .histogram import Histogram

# Single precision: twice as fast, and six digits are more than a pixel's byte has.
_LINEAR = linear(np.arange(256)).astype(np.float32)


def count_shares(rgb: Bytes, pixels: Pixels, left_out: Bytes) -> Values:
    """Count the fraction of visible pixels nearest (in OKLab) to each of k colours, shape (k,).

    ``rgb`` has shape (k, 3). Pixels nearer to one of the colours ``left_out``, shape (m, 3), do not
    count. All are 0 if no pixel counts.
    """
    lab = srgb_to_oklab(np.concatenate([rgb, left_out]))
    planes = np.ascontiguousarray(pixels.rgb.reshape(-1, 3).T)
    # No byte is outside of the table: "clip" only spares the check.
    response = np.cbrt(LINEAR_TO_LMS.astype(np.float32) @ _LINEAR.take(planes, mode="clip"))
    # |c - p|² less |p|², which is the same for all colours c: what is left is linear in p.
    squared = (-2 * lab @ LMS_TO_LAB).astype(np.float32) @ response
    squared += np.einsum("ij,ij->i", lab, lab).astype(np.float32)[:, None]
    nearest = squared == squared.min(axis=0)
    if pixels.alpha is None:
        counts = np.count_nonzero(nearest, axis=1).astype(np.float64)
    else:
        counts = nearest @ pixels.alpha.ravel().astype(np.float64)
    counts = counts[: len(rgb)]
    return counts / max(counts.sum(), 1.0)


def shares(rgb: Bytes, histogram: Histogram) -> Values:
    """Count the fraction of the visible pixels nearest (in OKLab) to each colour, shape (k,)."""
    nearest = squared_distances(srgb_to_oklab(rgb), histogram.lab).argmin(axis=0)
    return np.bincount(nearest, histogram.weight, len(rgb)).astype(np.float64)
