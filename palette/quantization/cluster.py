"""Weighted k-means in OKLab: the only module that imports scikit-learn."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np
from threadpoolctl import ThreadpoolController

from palette.color.arrays import Lab, Labels, Mask, Values

_ITERATIONS = 2  # more change little, as the medians that follow move the centres, too
_SLICES = 256  # places where a group can be cut


def cluster(lab: Lab, weight: Values, clusters: int) -> Lab:
    """Group n distinct colours, shape (n, 3), weights (n,), into at most ``clusters`` groups.

    Returns the k centres, shape (k, 3). Nothing is random: the initial centres come from splitting
    groups where that helps most, so the same colours always give the same centres, and slightly
    different colours give slightly different ones.
    """
    # Imported lazily: takes about a second.
    from sklearn import config_context  # noqa: PLC0415, see above
    from sklearn.cluster import KMeans  # noqa: PLC0415, see above

    centers = _initial_centers(lab, weight, clusters)
    model = KMeans(len(centers), init=centers, n_init=1, max_iter=_ITERATIONS)
    with config_context(assume_finite=True, skip_parameter_validation=True):  # checks take time
        model.fit(lab, sample_weight=weight)
    return model.cluster_centers_


def group_around(points: Values, weight: Values, centers: Values) -> Labels:
    """Return which of k centres, shape (k, 3), each of n weighted points, shape (n, 3), belongs to.

    The centres move once to the means of their groups: what is between two of them goes to the one
    that stands for more of what is there.
    """
    from sklearn import config_context  # noqa: PLC0415, as above
    from sklearn.cluster import KMeans  # noqa: PLC0415, as above

    model = KMeans(len(centers), init=centers, n_init=1, max_iter=1)
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return model.fit(points, sample_weight=weight).labels_


def single_threaded() -> AbstractContextManager[object]:
    """Return a context in which sums do not depend on the number of threads, to the last bit."""
    return _thread_pools().limit(limits=1)


@cache
def _thread_pools() -> ThreadpoolController:
    """Find the thread pools once: this takes longer than a clustering."""
    import_module("sklearn.cluster")  # loads some
    return ThreadpoolController()


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of colours: ``points``, rows of 1, L, a, b, their weights, and derived values.

    ``moments``, shape (4, 4), sums the products of the columns; ``axis`` is the direction of the
    largest variance. ``spread`` lies between the squared error along that axis and the plain
    distance: squares alone would spend every cut on a few distant colours.
    """

    points: Values
    weight: Values
    moments: Values
    axis: Values
    spread: float

    @property
    def mean(self) -> Lab:
        return self.moments[0, 1:] / self.moments[0, 0]


def _initial_centers(lab: Lab, weight: Values, clusters: int) -> Lab:
    """Split the group with the largest spread until there are enough (bisecting k-means)."""
    points = np.column_stack([np.ones(len(lab)), lab])
    groups = [_group(points, weight)]
    while len(groups) < clusters:
        chosen = max(range(len(groups)), key=lambda index: groups[index].spread)
        if not groups[chosen].spread > 0:
            break
        groups[chosen : chosen + 1] = _split(groups[chosen])
    return np.stack([group.mean for group in groups])


def _group(points: Values, weight: Values) -> _Group:
    moments = points.T @ (points * weight[:, None])
    total, first = moments[0, 0], moments[0, 1:]
    errors, axes = np.linalg.eigh(moments[1:, 1:] - np.outer(first, first) / total)
    spread = max(errors[-1], 0.0) ** 0.75 * total**0.25 if len(points) > 1 else 0.0
    return _Group(points, weight, moments, axes[:, -1], float(spread))


def _split(group: _Group) -> tuple[_Group, _Group]:
    """Cut across the axis where that leaves the least squared error along it."""
    along = group.points @ np.append(-group.mean @ group.axis, group.axis)
    lowest = along.min()
    slice_of = ((along - lowest) * ((_SLICES - 0.5) / (along.max() - lowest))).astype(np.intp)
    below = np.cumsum(np.bincount(slice_of, group.weight))
    moment = np.cumsum(np.bincount(slice_of, group.weight * along))
    # The squared error between two groups whose common mean is the origin.
    error = moment[:-1] ** 2 / (below[:-1] * (below[-1] - below[:-1]))
    is_below = slice_of <= error.argmax()
    return _subgroup(group, is_below), _subgroup(group, ~is_below)


def _subgroup(group: _Group, chosen: Mask) -> _Group:
    members = np.flatnonzero(chosen)
    return _group(group.points.take(members, axis=0), group.weight.take(members))
