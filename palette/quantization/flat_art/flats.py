"""The flat colours of drawings, screenshots, sprites and maps, without their smoothed edges."""

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask
from palette.color.oklab import srgb_to_oklab
from palette.decoding.decode import Raster
from palette.quantization.histogram import HIDDEN, BinnedPixels, Histogram, bin_numbers

from .blends import without_blends
from .transitions import find_areas, find_transitions

_MIN_SHARE = 2e-4  # of the visible pixels, of a flat colour
_MIN_PIXELS = 4
_MIN_BETWEEN = 0.3  # part of a flat colour's pixels that are no transitions
_MAX_FLATS = 256  # as many as a GIF has
_MIN_AREA = 0.1  # part of its pixels from which a colour is one of areas, not of thin strokes
_MIN_CERTAIN_SHARE = 0.02  # from which it counts, even so

# Of the visible pixels of flat art:
_MIN_COVERAGE = 0.52  # those of the most frequent flat colour of each bin
_MAX_NOISE = 0.025  # those beside flat pixels that are neither flat nor a transition

_PLACE_BITS = 32  # of a number that holds a colour and a place
_THICKNESS = 5  # pixels of the sample, of a part that is not flat


def count_flat_colors(raster: Raster) -> Histogram | None:
    """Count the flat colours of an image, each exactly; None if it is not flat art.

    A flat colour is one that at least four pixels of the sample, and 0.02 %, have exactly, and not
    only as smoothed transitions between their neighbours. Flat art has more pixels of these than
    of photos, and hardly any noise. Colours of thin strokes, less than 2 %, count if smoothing does
    not explain them. What is not flat counts if nothing flat is beside it: a photo on a page.
    """
    if raster.neighbors is None:
        return None
    sample = raster.sample
    alpha = np.full(sample.rgb.shape[:3], 255, np.uint8) if sample.alpha is None else sample.alpha
    visible = np.flatnonzero(alpha)
    pixels = _planes(sample.rgb.reshape(-1, 3), visible)
    rgb, number, count = _distinct(pixels)
    least = max(_MIN_PIXELS, _MIN_SHARE * len(visible))
    if not _is_covered(rgb, count, count >= least):
        return None  # to save time
    neighbors = _planes(raster.neighbors.reshape(4, -1, 3), visible)
    is_equal = (neighbors == pixels).all(axis=1)
    is_transition = find_transitions(pixels, neighbors, is_equal)
    own = np.bincount(number[~is_transition], minlength=len(count))
    is_flat = (own >= least) & (own >= _MIN_BETWEEN * count)
    if not _is_covered(rgb, count, is_flat):
        return None

    flat_map = np.ones(alpha.shape, np.bool_)
    flat_map.ravel()[visible] = is_flat[number]
    is_other = ~is_transition & ~is_flat[number]
    is_rest = is_other & _thick(~flat_map).ravel()[visible]
    is_photo_on_ground = np.count_nonzero(is_rest) > own[is_flat].sum() - own[is_flat].max()
    is_noisy = np.count_nonzero(is_other & ~is_rest) > _MAX_NOISE * len(visible)
    if is_photo_on_ground or is_noisy:
        return None

    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")][:_MAX_FLATS]
    area = np.bincount(number, find_areas(is_equal))[flats]
    is_small = own[flats] < _MIN_CERTAIN_SHARE * len(visible)
    is_thin = (area <= _MIN_AREA * count[flats]) & is_small
    flats = flats[without_blends(flats, number, rgb, neighbors, is_thin)]

    is_counted = np.zeros(len(count), np.bool_)
    is_counted[flats] = True
    counts = (is_counted[number] & ~is_transition) | is_rest
    return _histogram(rgb, number[counts], sample.rgb, alpha, visible[counts])


def _planes(rgb: Bytes, chosen: Indices) -> Bytes:
    """Return m of n pixels, shape (…, n, 3), channel by channel: shape (…, 3, m)."""
    planes = np.ascontiguousarray(np.swapaxes(rgb, -1, -2))
    return planes if len(chosen) == planes.shape[-1] else planes.take(chosen, axis=-1)


def _distinct(pixels: Bytes) -> tuple[Bytes, Indices, Indices]:
    """Return the colours, shape (k, 3), that pixels have, which one each has, and their counts."""
    red, green, blue = pixels.astype(np.int64)
    # With its place in the same number, sorting takes a third of the time of np.unique.
    places = np.arange(len(red))
    keys = np.sort((((red << 8 | green) << 8 | blue) << _PLACE_BITS) | places)
    codes, places = keys >> _PLACE_BITS, keys & (1 << _PLACE_BITS) - 1
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    count = np.diff(first, append=len(codes))
    number = np.empty(len(codes), np.intp)
    number[places] = np.repeat(np.arange(len(first)), count)
    return np.ascontiguousarray(pixels[:, places[first]].T), number, count


def _histogram(
    rgb: Bytes, number: Indices, sample: Bytes, alpha: Bytes, where: Indices
) -> Histogram:
    """Return a histogram of m pixels, at these places of a sample, with one row a colour.

    ``number``, shape (m,), says which of the colours ``rgb``, shape (n, 3), each pixel has.
    """
    weight = np.bincount(number, alpha.ravel()[where], len(rgb)).astype(np.float64)
    has_pixels = weight > 0
    bins = bin_numbers(rgb)
    pixel_bins = np.full(alpha.shape, HIDDEN, bins.dtype)
    pixel_bins.ravel()[where] = bins[number]
    lab = srgb_to_oklab(rgb[has_pixels])
    shares, used = weight[has_pixels] / weight.sum(), bins[has_pixels].astype(np.intp)
    return Histogram(lab, shares, used, (BinnedPixels(sample, pixel_bins),), is_exact=True)


def _is_covered(rgb: Bytes, count: Indices, is_flat: Mask) -> bool:
    """Return whether enough pixels have one of the flat colours, of which each bin counts one.

    Smooth photos and gradients have many colours in each bin of a histogram; flat art has few.
    """
    flats = np.flatnonzero(is_flat)
    flats = flats[np.argsort(-count[flats], kind="stable")]
    _, most_frequent = np.unique(bin_numbers(rgb[flats]), return_index=True)
    return bool(count[flats[most_frequent]].sum() >= _MIN_COVERAGE * count.sum())


def _thick(is_on: Mask) -> Mask:
    """Return which pixels, shape (frames, height, width), are in squares of pixels that are on."""
    from scipy.ndimage import maximum_filter, minimum_filter  # noqa: PLC0415, as in cluster.py

    square = 1, _THICKNESS, _THICKNESS
    return maximum_filter(minimum_filter(is_on, square), square)
