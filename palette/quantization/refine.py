"""From the centres of groups to colours that are really in the image."""

import numpy as np

from palette.color.arrays import Bytes, Indices, Lab, Mask
from palette.color.oklab import distances, oklab_to_srgb, squared_distances, squared_distances_to

from .histogram import Histogram

_MEDIAN_STEPS = 4
_SOFTENING = 0.005  # OKLab distance
_MAJORITY = 0.5  # share of its group from which a single colour stands for it
_SNAP_RADIUS = 0.03  # OKLab distance, for which a colour must be e times as frequent
_EMPTY_RADIUS = 0.03  # OKLab distance within which a centre has no colour of the image
_MAX_CANDIDATES = 512


def make_room(centers: Lab, accents: Lab, histogram: Histogram, colors: int) -> Lab:
    """Merge the groups that cost least to merge (Ward 1963) until ``accents`` fit; append them."""
    group = squared_distances_to(histogram.prepared, centers).argmin(axis=0)
    weight = np.bincount(group, histogram.weight, len(centers)) + np.finfo(np.float64).tiny
    while len(centers) + len(accents) > colors:
        cost = np.maximum(squared_distances(centers, centers), 0.0)
        cost *= np.outer(weight, weight) / np.add.outer(weight, weight)
        np.fill_diagonal(cost, np.inf)
        one, other = np.unravel_index(int(cost.argmin()), cost.shape)
        centers[one] = np.average(centers[[one, other]], axis=0, weights=weight[[one, other]])
        weight[one] += weight[other]
        centers, weight = np.delete(centers, other, axis=0), np.delete(weight, other)
    return np.concatenate([centers, accents])


def pull_to_medians(
    centers: Lab, histogram: Histogram, fixed: int = 0, near: Mask | None = None
) -> Lab:
    """Move all centres but the last ``fixed`` towards the geometric median of their colours.

    ``near``, shape (k, n), says which of the n colours may pull which centre; None: all.

    The mean of a mixed group is muddy. Its median lies where the colours are and is nearer to them
    on average, which is what the eye sees. E. Weiszfeld (1937), softened near the poles.
    """
    is_moving = np.arange(len(centers)) < len(centers) - fixed
    colors, weight = histogram.prepared[:4].T, histogram.weight.astype(np.float32)
    for _ in range(_MEDIAN_STEPS):
        squared = squared_distances_to(histogram.prepared, centers)
        least = squared.min(axis=0)
        is_pulling = squared == least
        if near is not None:
            is_pulling &= near
        pull = weight / (np.sqrt(np.maximum(least, 0)) + np.float32(_SOFTENING))
        sums = (is_pulling * pull @ colors).astype(np.float64)
        is_pulled = is_moving & (sums[:, 3] > 0)
        centers = centers.copy()
        centers[is_pulled] = sums[is_pulled, :3] / sums[is_pulled, 3:]
    return centers


def snap_to_image(centers: Lab, histogram: Histogram) -> Bytes:
    """Turn centres into sRGB colours that the image really has, shape (k, 3).

    A group that is mostly one flat colour becomes that colour: the red of a logo comes back as
    itself, not mixed with its smoothed edges. A centre in empty space, between the two halves of
    its group, moves to the group's most central colour.
    """
    colors = oklab_to_srgb(centers)
    squared = squared_distances_to(histogram.prepared, centers)
    group = squared.argmin(axis=0)
    for index in range(len(centers)):
        members = np.flatnonzero(group == index)
        if not len(members):
            continue
        weight = histogram.weight[members]
        heaviest = int(weight.argmax())
        if weight[heaviest] > _MAJORITY * weight.sum():
            bin_number = histogram.bins[members[heaviest]]
            in_bin = [
                image.rgb.reshape(-1, 3)[np.flatnonzero(image.bins == bin_number)]
                for image in histogram.pixels
            ]
            color = _majority_color(np.concatenate(in_bin))
            if color is not None:
                colors[index] = color
        elif squared[index, members].min() > _EMPTY_RADIUS**2:
            main = members[np.argsort(-weight, kind="stable")[:_MAX_CANDIDATES]]
            colors[index] = oklab_to_srgb(histogram.lab[_most_central(main, histogram)])
    return colors


def snap_to_colors(centers: Lab, histogram: Histogram) -> Bytes:
    """Turn centres into sRGB colours of an exact histogram: frequent and near. Shape (k, 3)."""
    squared = squared_distances_to(histogram.prepared, centers)
    merit = np.log(histogram.weight) - squared / _SNAP_RADIUS**2
    is_other = squared > squared.min(axis=0)  # what is nearer to another centre
    return oklab_to_srgb(histogram.lab[(merit - 1e9 * is_other).argmax(axis=1)])


def _majority_color(pixels: Bytes) -> Bytes | None:
    """Return the colour of more than half of the pixels, shape (n, 3), if there is one."""
    channels = np.ascontiguousarray(pixels.T)
    color = np.array([np.bincount(channel).argmax() for channel in channels], np.uint8)
    is_same = (channels == color[:, None]).all(axis=0)
    return color if np.count_nonzero(is_same) > _MAJORITY * len(pixels) else None


def _most_central(members: Indices, histogram: Histogram) -> int:
    lab = histogram.lab[members]
    return int(members[(distances(lab, lab) @ histogram.weight[members]).argmin()])
