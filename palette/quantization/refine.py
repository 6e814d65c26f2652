"""From the centres of groups to colours that are really there."""

import numpy as np

from palette.color.arrays import Bytes, Indices, Lab
from palette.color.oklab import distances, oklab_to_srgb, squared_distances

from .histogram import Histogram

_STEPS = 4
_SOFTENING = 0.005
_FLAT = 0.5  # share of its group from which one colour stands for it
_EMPTY = 0.03  # OKLab distance without any colour of the picture
_CANDIDATES = 512


def make_room(centers: Lab, accents: Lab, histogram: Histogram, colors: int) -> Lab:
    """Merge the groups whose merging costs least (Ward 1963) until ``accents`` fit; append them."""
    group = squared_distances(centers, histogram.lab).argmin(axis=0)
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


def pull_to_medians(centers: Lab, histogram: Histogram, fixed: int) -> Lab:
    """Move all centres but the last ``fixed`` towards the geometric median of their colours.

    The mean of a mixed group is muddy; its median lies where the colours are and is nearer to them
    on average, which is what the eye sees. E. Weiszfeld (1937), softened near the poles.
    """
    moving = np.arange(len(centers)) < len(centers) - fixed
    for _ in range(_STEPS):
        squared = squared_distances(centers, histogram.lab)
        least = squared.min(axis=0)
        pull = histogram.weight / (np.sqrt(np.maximum(least, 0.0)) + _SOFTENING)
        pulls = (squared == least) * pull
        total = pulls.sum(axis=1)
        pulled = moving & (total > 0)
        centers = centers.copy()
        centers[pulled] = (pulls @ histogram.lab)[pulled] / total[pulled, None]
    return centers


def real_colors(centers: Lab, histogram: Histogram, rgb: Bytes) -> Bytes:
    """Turn centres into sRGB colours that the picture really has, shape (k, 3).

    A group that is mostly one flat colour gets that: a logo's red comes back as itself, not as a
    mixture with its smoothed edges. A centre in empty space, between the two halves of its group,
    moves to the group's most central colour. ``rgb`` are the pixels that were counted.
    """
    colors = oklab_to_srgb(centers)
    squared = squared_distances(centers, histogram.lab)
    group = squared.argmin(axis=0)
    for index in range(len(centers)):
        members = np.flatnonzero(group == index)
        if not len(members):
            continue
        weight = histogram.weight[members]
        heaviest = int(weight.argmax())
        if weight[heaviest] > _FLAT * weight.sum():
            bin_number = histogram.bins[members[heaviest]]
            color = _majority(
                rgb.reshape(-1, 3)[np.flatnonzero(histogram.pixel_bins == bin_number)]
            )
            if color is not None:
                colors[index] = color
        elif squared[index, members].min() > _EMPTY**2:
            main = members[np.argsort(-weight, kind="stable")[:_CANDIDATES]]
            colors[index] = oklab_to_srgb(histogram.lab[_most_central(main, histogram)])
    return colors


def _majority(pixels: Bytes) -> Bytes | None:
    """Find the colour that more than half of the pixels, shape (n, 3), have, if there is one."""
    channels = np.ascontiguousarray(pixels.T)
    color = np.array([np.bincount(channel).argmax() for channel in channels], np.uint8)
    same = (channels == color[:, None]).all(axis=0)
    return color if np.count_nonzero(same) > _FLAT * len(pixels) else None


def _most_central(members: Indices, histogram: Histogram) -> int:
    lab = histogram.lab[members]
    return int(members[(distances(lab, lab) @ histogram.weight[members]).argmin()])
