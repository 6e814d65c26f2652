"""Small vivid colours that averages would lose."""

import numpy as np

from palette.color.arrays import Indices, Lab, Mask, Singles, Values
from palette.color.oklab import chroma, nearest_distance, squared_distances, squared_distances_to

from .histogram import Histogram

# OKLab distances, tuned on photos with and without a vivid object pasted in.
_MIN_CHROMA = 0.10
_MIN_CENTER_DISTANCE = 0.07
_SHADE_RADIUS = 0.06  # of one accent's shades
_ISOLATION_RADIUS = 0.11  # in which little else may be
# How many times an accent's own weight may be around it, for each unit of distance that the nearest
# centre is away beyond the shade radius.
_MAX_CROWDING = 14.0

_MIN_SHARE = 0.0006  # in a palette of ten
_MIN_SHARE_EXPONENT = 3.2  # a palette of five needs about ten times that
_MIN_CONNECTED = 0.4  # fraction of an accent's pixels that form one connected region
_MAX_ACCENTS = 4
_MAX_PEAKS = 12
_MAX_CANDIDATES = 300  # the most prominent colours: all, except in a small, colourful image
# Pixels touch their eight neighbours in the same frame.
_NEIGHBORHOOD = np.stack([np.zeros((3, 3)), np.ones((3, 3)), np.zeros((3, 3))])


def find_accents(histogram: Histogram, centers: Lab, colors: int) -> Lab:
    """Find compact vivid objects whose colour is far from all centres: shape (m, 3), m ≤ 4.

    Few other colours may be around an accent, the fewer the nearer the centres are. What is
    scattered over the image like noise is no accent, nor is what is too small for a palette of
    ``colors``.
    """
    distance = nearest_distance(histogram.prepared, centers)
    min_share = _MIN_SHARE * (10 / colors) ** _MIN_SHARE_EXPONENT
    peaks, shade_groups = _find_peaks(histogram, distance, min_share)
    squared = squared_distances_to(histogram.prepared, histogram.lab[peaks])
    accents: list[Values] = []
    for shades, to_peak in zip(shade_groups, squared, strict=True):
        if len(accents) == min(_MAX_ACCENTS, (colors + 1) // 2):
            break
        weight = histogram.weight[shades]
        center = weight @ histogram.lab[shades] / weight.sum()
        own, around = (
            histogram.weight[to_peak <= radius**2].sum()
            for radius in (_SHADE_RADIUS, _ISOLATION_RADIUS)
        )
        from_centers = np.linalg.norm(centers - center, axis=1).min()
        if accents and np.linalg.norm(accents - center, axis=1).min() < _ISOLATION_RADIUS:
            continue  # another shade of the same thing
        is_isolated = around - own <= _MAX_CROWDING * (from_centers - _SHADE_RADIUS) * own
        if is_isolated and _is_connected(histogram, shades):
            accents.append(center)
    return np.array(accents).reshape(-1, 3)


def _find_peaks(
    histogram: Histogram, distance: Singles, min_share: float
) -> tuple[list[int], list[Indices]]:
    """Find at most 12 vivid colours far from all centres, and the shades of each."""
    candidates = np.flatnonzero(distance > _MIN_CENTER_DISTANCE)
    candidates = candidates[chroma(histogram.lab[candidates]) >= _MIN_CHROMA]
    prominence = histogram.weight[candidates] * distance[candidates] ** 4
    most_prominent = np.argsort(-prominence, kind="stable")[:_MAX_CANDIDATES]
    candidates = candidates[most_prominent]
    lab, height = histogram.lab[candidates], distance[candidates] ** 4
    is_shade = squared_distances(lab, lab) <= _SHADE_RADIUS**2
    as_factors = is_shade.astype(np.float32)  # multiplying is faster than summing selections
    weight = histogram.weight[candidates].astype(np.float32)
    peaks: list[int] = []
    shade_groups: list[Indices] = []
    for _ in range(_MAX_PEAKS):
        mass = as_factors @ weight
        is_enough = (mass >= min_share) & (weight > 0)
        if not is_enough.any():
            break
        peak = int((is_enough * mass * height).argmax())
        peaks.append(int(candidates[peak]))
        shade_groups.append(candidates[is_shade[peak] & (weight > 0)])
        weight[is_shade[peak]] = 0.0
    return peaks, shade_groups


def _is_connected(histogram: Histogram, shades: Indices) -> bool:
    """Return whether enough pixels of these colours form one connected region of each image."""
    from scipy.ndimage import label  # noqa: PLC0415, slow to load, as in cluster.py

    masks = histogram.pixels_of(shades)
    mean_size = sum(mask.size for mask in masks) / len(masks)
    largest = total = 0.0
    for mask in masks:
        if not mask.any():
            continue
        regions, count = label(_crop(mask), _NEIGHBORHOOD)
        sizes = np.bincount(regions.ravel(), minlength=count + 1)[1:]
        weight = mean_size / mask.size
        largest += weight * sizes.max()
        total += weight * sizes.sum()
    return bool(largest >= _MIN_CONNECTED * total)


def _crop(mask: Mask) -> Mask:
    """Cut off the rows and columns around what is true, shape (frames, height, width)."""
    rows, columns = np.flatnonzero(mask.any(axis=(0, 2))), np.flatnonzero(mask.any(axis=(0, 1)))
    return mask[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
