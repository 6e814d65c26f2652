"""Pixels that only smooth an edge. Channels come first here, which is faster."""

import numpy as np

from palette.color.arrays import Bytes, Labels, Mask


def color_codes(pixels: Bytes) -> Labels:
    """Return each colour, shape (…, 3, n), as one number: shape (…, n)."""
    red, green, blue = np.moveaxis(pixels, -2, 0).astype(np.int32)
    return (red << 16) + (green << 8) + blue


def find_transitions(pixels: Bytes, neighbors: Bytes, is_equal: Mask) -> Mask:
    """Return which of n pixels, shape (3, n), lie between two of their neighbours, (4, 3, n).

    ``is_equal``, shape (4, n), says which of the neighbours have the pixel's own colour.

    In a row or a column, such a pixel differs from both, and each channel lies between theirs. A
    line of one pixel is none: both of its neighbours are alike.
    """
    is_transition = np.zeros(pixels.shape[1], np.bool_)
    for first, second in ((0, 1), (2, 3)):
        candidates = np.flatnonzero(~(is_equal[first] | is_equal[second]))
        some = pixels[:, candidates]
        one, other = neighbors[first][:, candidates], neighbors[second][:, candidates]
        is_between = (np.minimum(one, other) <= some) & (some <= np.maximum(one, other))
        is_transition[candidates] |= is_between.all(axis=0)
    return is_transition


def find_areas(is_equal: Mask) -> Mask:
    """Return which of n pixels equal a neighbour in their row and one in their column, (4, n)."""
    left, right, above, below = is_equal
    return (left | right) & (above | below)
