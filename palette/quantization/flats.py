"""The flat colours of drawings, screenshots, sprites and maps, without their smoothed edges."""

from dataclasses import dataclass

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask, Values
from palette.color.ciede2000 import difference_matrix
from palette.decoding.decode import Raster

from .blends import without_blends
from .histogram import bin_numbers
from .separate import MIN_DIFFERENCE
from .transitions import find_transitions, is_solid

_MIN_SHARE = 2e-4  # of the visible pixels, of a flat colour
_MIN_PIXELS = 4
_MIN_BETWEEN = 0.3  # part of a flat colour's pixels that are no transitions
_MAX_FLATS = 128
_MAX_SOLID = 0.1  # part of such a colour's pixels that are within an area of it, if it is thin
_MIN_THIN_DIFFERENCE = 6.0  # CIEDE2000, of colours that cover no area, from larger ones

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
    of photos, and hardly any noise. Colours that cover no area, in thin lines and print, count if
    smoothing does not explain them, and if they differ by CIEDE2000 6 from more frequent ones.
    """
    if raster.neighbors is None:
        return None
    sample = raster.sample
    alpha = np.ones(sample.rgb.shape[:3]) if sample.alpha is None else sample.alpha / 255
    visible = np.flatnonzero(alpha)
    pixels = sample.rgb.reshape(-1, 3)[visible]
    neighbors = raster.neighbors.reshape(4, -1, 3)[:, visible]
    codes = pixels.astype(np.intp) @ np.array([1 << 16, 1 << 8, 1])
    _, first, number, count = np.unique(
        codes, return_index=True, return_inverse=True, return_counts=True
    )
    is_transition = find_transitions(pixels, neighbors)
    own = np.bincount(number[~is_transition], minlength=len(count))
    is_flat = (own >= max(_MIN_PIXELS, _MIN_SHARE * len(pixels))) & (own >= _MIN_BETWEEN * count)
    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")]
    if _coverage(pixels[first[flats]], count[flats]) < _MIN_COVERAGE * len(pixels):
        return None

    is_other = ~is_transition & ~is_flat[number]
    flat_map = np.ones(sample.rgb.shape[:3], np.bool_)
    flat_map.ravel()[visible] = is_flat[number]
    is_rest = is_other & _is_apart_from(flat_map).ravel()[visible]
    is_photo_on_ground = np.count_nonzero(is_rest) > own[flats[1:]].sum()
    is_noisy = np.count_nonzero(is_other & ~is_rest) > _MAX_NOISE * len(pixels)
    if is_photo_on_ground or is_noisy:
        return None

    flats = flats[:_MAX_FLATS]
    is_thin = (np.bincount(number, is_solid(pixels, neighbors)) <= _MAX_SOLID * count)[flats]
    unexplained = without_blends(flats, number, pixels, neighbors, is_thin)
    flats, is_thin = flats[unexplained], is_thin[unexplained]
    rgb = pixels[first[flats]]
    kept = _apart(rgb, is_thin)
    weight = alpha.ravel()[visible]
    flat_weight = np.bincount(number, weight * ~is_transition)[flats]
    return Flats(rgb[kept], flat_weight[kept], pixels[is_rest], weight[is_rest])


def _coverage(rgb: Bytes, count: Indices) -> int:
    """Return the pixels of n colours, the most frequent first, of which each bin counts one.

    Smooth photos and gradients have many colours in each bin of a histogram; flat art has few.
    """
    _, most_frequent = np.unique(bin_numbers(rgb), return_index=True)
    return int(count[most_frequent].sum())


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
