"""The colours that a person would pick: each thing in the image, large or small, by its colour."""

import numpy as np

from palette.color.arrays import Bytes, Lab, Values
from palette.color.ciede2000 import difference_matrix, srgb_to_cielab
from palette.color.oklab import oklab_to_srgb
from palette.color.uniform import cielab_to_uniform

from .accents import find_accents
from .cluster import group_around
from .demand import REACH, Cells, bin_places, find_cells, squared_reach
from .facility_location import choose_cells, min_distance
from .histogram import Histogram
from .refine import pull_to_medians

_LEAST = 3  # colours, however little more of them serve
_WORTHWHILE = 0.02  # part of the demand that one more colour must serve


def find_seen(histogram: Histogram, colors: int, kept: Lab) -> Lab:
    """Find up to ``colors`` centres in OKLab, shape (k, 3), beside m that are kept, (m, 3).

    Unlike k-means, which puts centres where the squared error is largest and so gives most of them
    to large areas full of shades, this serves a demand: see :mod:`.demand`. Small vivid objects
    that it would still miss are added, and the others chosen again around them.
    """
    cells = find_cells(histogram, colors + len(kept))
    found = _serve(cells, histogram, colors, given=kept)
    if len(found) < colors:
        return found  # nothing is missed
    accents = find_accents(histogram, np.concatenate([found, kept]), colors + len(kept))[:colors]
    if not len(accents):
        return found
    given = np.concatenate([accents, kept])
    return np.concatenate([_serve(cells, histogram, colors - len(accents), given=given), accents])


def count_seen(histogram: Histogram, most: int) -> int:
    """Return how many colours an image asks for, from 3 to ``most``.

    One more is worth having while it serves enough of the demand that the others do not.
    """
    cells = find_cells(histogram, most)
    chosen = choose_cells(cells, most, np.empty((0, 3)))
    served = np.maximum.accumulate(cells.served_by[chosen]) @ cells.demand
    return max(_LEAST, 1 + int(np.count_nonzero(np.diff(served) >= _WORTHWHILE)))


def _serve(cells: Cells, histogram: Histogram, colors: int, given: Lab) -> Lab:
    """Find up to ``colors`` centres, shape (k, 3), that serve what those given, (m, 3), do not."""
    chosen = choose_cells(cells, colors, _places(oklab_to_srgb(given)))
    if not chosen:
        return np.empty((0, 3))
    centers = _gather(cells, chosen)
    near = squared_reach(_places(oklab_to_srgb(centers)), bin_places(histogram), REACH) <= 1
    settled = pull_to_medians(centers, histogram, near=near)
    return _apart(settled, centers, min_distance(colors + len(given)))


def _places(rgb: Bytes) -> Values:
    """Convert sRGB to the uniform space."""
    return cielab_to_uniform(srgb_to_cielab(rgb))


def _gather(cells: Cells, chosen: list[int]) -> Lab:
    """Move each chosen colour, OKLab, to the centre of the demand that it serves."""
    weight = cells.demand * cells.served_by[chosen].max(axis=0)
    group = group_around(cells.place, weight, cells.place[chosen])
    weights = weight * (group == np.arange(len(chosen))[:, None])
    return weights @ cells.lab / weights.sum(axis=1, keepdims=True)


def _apart(settled: Lab, centers: Lab, distance: float) -> Lab:
    """Take back what brought two colours closer than ``distance`` (CIEDE2000)."""
    kept = settled.copy()
    for is_late in (True, False):  # the later one first, then whoever is still too close
        rgb = oklab_to_srgb(kept)
        close = difference_matrix(rgb, rgb) < distance
        np.fill_diagonal(close, val=False)
        if not close.any():
            break
        back = (np.tril(close) if is_late else close).any(axis=1)
        kept[back] = centers[back]
    return kept
