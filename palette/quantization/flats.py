"""The flat colours of drawings, screenshots, sprites and maps, without their smoothed edges."""

from dataclasses import dataclass

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask, Values
from palette.color.ciede2000 import difference_matrix
from palette.decoding.decode import Raster

from .blends import without_blends
from .histogram import bin_numbers
from .separate import MIN_DIFFERENCE

_MIN_SHARE = 2e-4  # of the visible pixels, of a flat colour
_MIN_PIXELS = 4
_MIN_BETWEEN = 0.3  # part of a flat colour's pixels that are no transitions
_MIN_COVERAGE = 0.6  # of flat art, by the most frequent colour of each bin
_MIN_REST = 0.02  # share of the pixels that are neither flat nor an edge, to be looked at
_MAX_FLATS = 128


@dataclass(frozen=True, slots=True)
class Flats:
    """What flat art consists of.

    ``rgb``, shape (n, 3), are its flat colours, the largest first, which differ by CIEDE2000 3;
    ``weight``, shape (n,), their pixels. ``rest``, shape (m, 3), are pixels of parts that are not
    flat, such as a photo on a page, and ``rest_weight``, shape (m,), what each counts.
    """

    rgb: Bytes
    weight: Values
    rest: Bytes
    rest_weight: Values


def find_flats(raster: Raster) -> Flats | None:
    """Find the flat colours of an image; None if it is not flat art.

    A flat colour is one that at least four pixels of the sample, and 0.02 %, have exactly, and not
    only as smoothed transitions between their neighbours. In flat art, most pixels are of few such
    colours: in the most frequent of each bin of a histogram.
    """
    if raster.neighbors is None:
        return None
    sample = raster.sample
    visible = slice(None) if sample.alpha is None else np.flatnonzero(sample.alpha)
    pixels = sample.rgb.reshape(-1, 3)[visible]
    neighbors = raster.neighbors.reshape(4, -1, 3)[:, visible]
    weight = np.ones(len(pixels)) if sample.alpha is None else sample.alpha.ravel()[visible] / 255
    codes = _codes(pixels)
    distinct, first, number, count = np.unique(
        codes, return_index=True, return_inverse=True, return_counts=True
    )
    is_transition = find_transitions(pixels, neighbors)
    solid_count = np.bincount(number[~is_transition], minlength=len(distinct))
    is_flat = (solid_count >= max(_MIN_PIXELS, _MIN_SHARE * len(pixels))) & (
        solid_count >= _MIN_BETWEEN * count
    )
    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")]
    if _coverage(pixels[first[flats]], count[flats]) < _MIN_COVERAGE * len(pixels):
        return None
    is_rest = ~is_transition & ~is_flat[number]
    rest = np.flatnonzero(is_rest)
    around = _codes(neighbors[:, rest])
    rest = rest[~np.isin(around, distinct[flats]).any(axis=0)]
    if len(rest) < _MIN_REST * len(pixels):
        rest = rest[:0]
    flats = without_blends(flats[:_MAX_FLATS], number, pixels, neighbors)
    flat_weight = np.bincount(number, weight * ~is_transition, len(distinct))[flats]
    rgb = pixels[first[flats]]
    kept = _apart(rgb)
    return Flats(rgb[kept], flat_weight[kept], pixels[rest], weight[rest])


def find_transitions(pixels: Bytes, neighbors: Bytes) -> Mask:
    """Return which of n pixels, shape (n, 3), lie between two of their neighbours, (4, n, 3).

    In a row or a column, such a pixel differs from both, and each channel lies between theirs.
    """
    is_transition = np.zeros(len(pixels), np.bool_)
    for one, other in (neighbors[:2], neighbors[2:]):
        low, high = np.minimum(one, other), np.maximum(one, other)
        is_between = ((low <= pixels) & (pixels <= high)).all(axis=1)
        is_transition |= (
            is_between & (pixels != one).any(axis=1) & (pixels != other).any(axis=1)
        )
    return is_transition


def _codes(rgb: Bytes) -> Indices:
    """Return each colour, shape (…, 3), as one number."""
    return rgb.astype(np.intp) @ np.array([1 << 16, 1 << 8, 1])


def _coverage(rgb: Bytes, count: Indices) -> int:
    """Return the pixels of n colours, the most frequent first, of which each bin counts one."""
    if not len(rgb):
        return 0
    _, most_frequent = np.unique(bin_numbers(rgb), return_index=True)
    return int(count[most_frequent].sum())


def _apart(rgb: Bytes) -> list[int]:
    """Return which colours to keep, so that none is like an earlier one."""
    difference = difference_matrix(rgb, rgb)
    kept: list[int] = []
    for index in range(len(rgb)):
        if (difference[index, kept] >= MIN_DIFFERENCE).all():
            kept.append(index)
    return kept
