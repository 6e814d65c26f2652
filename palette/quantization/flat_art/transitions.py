"""Pixels that only smooth an edge. Channels come first here, which is faster."""

import numpy as np

from palette.color.arrays import Bytes, Mask


def find_transitions(pixels: Bytes, neighbors: Bytes, is_equal: Mask) -> Mask:
    """Return which of n pixels, shape (3, n), lie between two of their neighbours, (4, 3, n).

    ``is_equal``, shape (4, n), says which of the neighbours have the pixel's own colour.

    In a row or a column, such a pixel differs from both, and each channel lies between theirs. A
    line of one pixel is none: both of its neighbours are alike.
    """
    is_transition = np.zeros(pixels.shape[1], np.bool_)
    for first, second in ((0, 1), (2, 3)):
        one, other = neighbors[first], neighbors[second]
        is_between = (np.minimum(one, other) <= pixels) & (pixels <= np.maximum(one, other))
        is_transition |= is_between.all(axis=0) & ~(is_equal[first] | is_equal[second])
    return is_transition


def find_areas(is_equal: Mask) -> Mask:
    """Return which of n pixels equal a neighbour in their row and one in their column, (4, n)."""
    left, right, above, below = is_equal
    return (left | right) & (above | below)
