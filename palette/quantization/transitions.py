"""Pixels that only smooth an edge."""

import numpy as np

from palette.color.arrays import Bytes, Mask


def find_transitions(pixels: Bytes, neighbors: Bytes) -> Mask:
    """Return which of n pixels, shape (n, 3), lie between two of their neighbours, (4, n, 3).

    In a row or a column, such a pixel differs from both, and each channel lies between theirs. A
    line of one pixel is none: both of its neighbours are alike.
    """
    is_transition = np.zeros(len(pixels), np.bool_)
    for one, other in (neighbors[:2], neighbors[2:]):
        is_between = (np.minimum(one, other) <= pixels) & (pixels <= np.maximum(one, other))
        differs = (pixels != one).any(axis=1) & (pixels != other).any(axis=1)
        is_transition |= is_between.all(axis=1) & differs
    return is_transition


def is_solid(pixels: Bytes, neighbors: Bytes) -> Mask:
    """Return which of n pixels equal a neighbour in their row and one in their column."""
    left, right, above, below = (neighbors == pixels).all(axis=-1)
    return (left | right) & (above | below)
