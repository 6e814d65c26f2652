"""The flat colours of drawings, screenshots, sprites and maps, without their smoothed edges."""

from dataclasses import dataclass

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask, Values
from palette.color.ciede2000 import difference_matrix
from palette.decoding.decode import Raster

from .blends import without_blends
from .histogram import bin_numbers
from .separate import MIN_DIFFERENCE
from .transitions import color_codes, find_areas, find_transitions

_MIN_SHARE = 2e-4  # of the visible pixels, of a flat colour
_MIN_PIXELS = 4
_MIN_BETWEEN = 0.3  # part of a flat colour's pixels that are no transitions
_MAX_FLATS = 256  # as many as a GIF has
_MIN_AREA = 0.1  # part of its pixels from which a colour is one of areas, not of thin strokes
_MIN_CERTAIN_SHARE = 0.02  # from which it counts, even so
_MIN_THIN_DIFFERENCE = 6.0  # CIEDE2000, of other colours from more frequent ones

# Of the visible pixels of flat art:
_MIN_COVERAGE = 0.52  # those of the most frequent flat colour of each bin
_MAX_NOISE = 0.025  # those that are neither flat nor a transition nor in a part that is not flat

_WINDOW = 9  # pixels of the sample
_MAX_FLAT_AROUND = 0.25  # part of the window around a pixel of a part that is not flat


@dataclass(frozen=True, slots=True)
class Flats:
    """What flat art consists of.

    ``rgb``, shape (n, 3), are its flat colours, the most frequent first, no two closer than
    CIEDE2000 3; ``weight``, shape (n,), their pixels. ``rest``, shape (m, 3), are pixels of parts
    that are not flat, such as a photo on a page, and ``rest_weight``, shape (m,), what each counts.
    """

    rgb: Bytes
    weight: Values
    rest: Bytes
    rest_weight: Values


def find_flats(raster: Raster) -> Flats | None:
    """Find the flat colours of an image; None if it is not flat art.

    A flat colour is one that at least four pixels of the sample, and 0.02 %, have exactly, and not
    only as smoothed transitions between their neighbours. Flat art has more pixels of these than
    of photos, and hardly any noise. Colours of thin strokes, less than 2 %, count if smoothing does
    not explain them, and if they differ by CIEDE2000 6 from more frequent ones.
    """
    if raster.neighbors is None:
        return None
    sample = raster.sample
    alpha = np.ones(sample.rgb.shape[:3]) if sample.alpha is None else sample.alpha / 255
    visible = np.flatnonzero(alpha)
    pixels = np.ascontiguousarray(sample.rgb.reshape(-1, 3)[visible].T)
    _, first, number, count = np.unique(
        color_codes(pixels), return_index=True, return_inverse=True, return_counts=True
    )
    rgb = np.ascontiguousarray(pixels[:, first].T)
    least = max(_MIN_PIXELS, _MIN_SHARE * len(visible))
    if not _is_covered(rgb, count, count >= least):
        return None  # to save time
    neighbors = raster.neighbors.reshape(4, -1, 3)[:, visible]
    neighbors = np.ascontiguousarray(neighbors.transpose(0, 2, 1))
    is_transition = find_transitions(pixels, neighbors)
    own = np.bincount(number[~is_transition], minlength=len(count))
    is_flat = (own >= least) & (own >= _MIN_BETWEEN * count)
    if not _is_covered(rgb, count, is_flat):
        return None

    is_other = ~is_transition & ~is_flat[number]
    flat_map = np.ones(alpha.shape, np.bool_)
    flat_map.ravel()[visible] = is_flat[number]
    is_rest = is_other & _is_apart_from(flat_map).ravel()[visible]
    others = own[is_flat].sum() - own[is_flat].max()
    is_photo_on_ground = np.count_nonzero(is_rest) > others
    is_noisy = np.count_nonzero(is_other & ~is_rest) > _MAX_NOISE * len(visible)
    if is_photo_on_ground or is_noisy:
        return None

    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")][:_MAX_FLATS]
    area = np.bincount(number, find_areas(pixels, neighbors))[flats]
    is_small = own[flats] < _MIN_CERTAIN_SHARE * len(visible)
    is_thin = (area <= _MIN_AREA * count[flats]) & is_small
    unexplained = without_blends(flats, number, rgb, neighbors, is_thin)
    flats, is_thin = flats[unexplained], is_thin[unexplained]
    flats = flats[_apart(rgb[flats], is_thin)]
    weight = alpha.ravel()[visible]
    flat_weight = np.bincount(number, weight * ~is_transition)[flats].astype(np.float64)
    return Flats(rgb[flats], flat_weight, pixels[:, is_rest].T, weight[is_rest])


def _is_covered(rgb: Bytes, count: Indices, is_flat: Mask) -> bool:
    """Return whether enough pixels have one of the flat colours, of which each bin counts one.

    Smooth photos and gradients have many colours in each bin of a histogram; flat art has few.
    """
    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")]
    _, most_frequent = np.unique(bin_numbers(rgb[flats]), return_index=True)
    return bool(count[flats[most_frequent]].sum() >= _MIN_COVERAGE * count.sum())


def _is_apart_from(flat: Mask) -> Mask:
    """Return which pixels, shape (frames, height, width), have few flat ones around them."""
    from scipy.ndimage import uniform_filter  # noqa: PLC0415, slow to load, as in cluster.py

    around = uniform_filter(flat.astype(np.float32), (1, _WINDOW, _WINDOW), mode="nearest")
    return around <= _MAX_FLAT_AROUND


def _apart(rgb: Bytes, is_thin: Mask) -> list[int]:
    """Return which of n colours to keep, so that none is like an earlier one."""
    difference = difference_matrix(rgb, rgb)
    least = np.where(is_thin, _MIN_THIN_DIFFERENCE, MIN_DIFFERENCE)
    kept: list[int] = []
    for index in range(len(rgb)):
        if (difference[index, kept] >= least[index]).all():
            kept.append(index)
    return kept
