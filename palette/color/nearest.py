"""Which colour each of many pixels is nearest to."""

import numpy as np

from .arrays import Bytes, Lab, Values
from .oklab import LINEAR_TO_LMS, LMS_TO_LAB, linear

# Single precision is twice as fast, and its six digits are more than a byte has.
_LINEAR = linear(np.arange(256)).astype(np.float32)
_TO_LMS = LINEAR_TO_LMS.astype(np.float32)


def count_nearest(lab: Lab, rgb: Bytes, alpha: Bytes | None) -> Values:
    """Return how many pixels are nearest to each of k colours in OKLab, shape (k, 3): shape (k,).

    ``rgb`` are sRGB pixels, shape (…, 3), each of which counts by its ``alpha``, shape (…); None if
    all are opaque. A pixel as near to two colours counts for both.
    """
    planes = np.ascontiguousarray(rgb.reshape(-1, 3).T)
    response = np.ones((4, planes.shape[1]), np.float32)
    # No byte is out of range: mode "clip" only skips the check.
    np.cbrt(_TO_LMS @ _LINEAR.take(planes, mode="clip"), out=response[:3])
    # |c - p|² without |p|², which is the same for all colours c: the rest is linear in p.
    factors = np.column_stack([-2 * lab @ LMS_TO_LAB, np.einsum("ij,ij->i", lab, lab)])
    squared = factors.astype(np.float32) @ response
    is_nearest = squared == squared.min(axis=0)
    if alpha is not None:
        weight = alpha.ravel().astype(np.float32)
        return (is_nearest.astype(np.float32) @ weight).astype(np.float64) / 255.0
    # Each row by itself is six times as fast as all of them along an axis.
    return np.array([np.count_nonzero(row) for row in is_nearest], np.float64)
