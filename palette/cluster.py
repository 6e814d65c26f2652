"""Weighted k-means in OKLab: the only file that imports scikit-learn."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from .oklab import Lab

Weights = NDArray[np.float64]
Indices = NDArray[np.intp]

_ITERATIONS = 10
_TOLERANCE = 1e-3


def cluster(lab: Lab, weight: Weights, clusters: int) -> Lab:
    """Group n distinct colours, shape (n, 3), weights (n,): at most ``clusters`` centres, (k, 3).

    The start is not random: groups are split where that helps most, so the same colours always give
    the same centres and slightly different colours slightly different ones.
    """
    # Takes a second, which is for those who extract, not for all who import.
    from sklearn.cluster import KMeans  # noqa: PLC0415, see above

    start = _split(lab, weight, clusters)
    model = KMeans(len(start), init=start, n_init=1, max_iter=_ITERATIONS, tol=_TOLERANCE)
    with _threads().limit(limits=1):  # sums on several threads differ in their last bits
        model.fit(lab, sample_weight=weight)
    return model.cluster_centers_


@cache
def _threads() -> ThreadpoolController:
    """Find the thread pools once: looking takes longer than a clustering."""
    return ThreadpoolController()


@dataclass(frozen=True, slots=True)
class _Group:
    """The colours at ``members``: their offsets (n, 3) from their mean, and their longest axis.

    ``spread`` is between their squared error along that axis and the plain distance that this is in
    so heavy a group: squares alone would spend every cut on a few far colours.
    """

    members: Indices
    offset: Lab
    axis: NDArray[np.float64]
    spread: float


def _split(lab: Lab, weight: Weights, clusters: int) -> Lab:
    """Cut the group with the largest spread in two until there are enough (bisecting k-means)."""
    groups = [_group(np.arange(len(lab)), lab, weight)]
    while len(groups) < clusters:
        chosen = max(range(len(groups)), key=lambda index: groups[index].spread)
        if not groups[chosen].spread > 0:
            break
        below, above = _cut(groups[chosen], weight)
        groups[chosen] = _group(below, lab, weight)
        groups.append(_group(above, lab, weight))
    return np.stack([_mean(lab[group.members], weight[group.members]) for group in groups])


def _mean(lab: Lab, weight: Weights) -> NDArray[np.float64]:
    return weight @ lab / weight.sum()


def _group(members: Indices, lab: Lab, weight: Weights) -> _Group:
    share = weight[members]
    offset = lab[members] - _mean(lab[members], share)
    errors, axes = np.linalg.eigh(offset.T @ (offset * share[:, None]))
    spread = errors[-1] ** 0.75 * share.sum() ** 0.25 if len(members) > 1 else 0.0
    return _Group(members, offset, axes[:, -1], float(spread))


def _cut(group: _Group, weight: Weights) -> tuple[Indices, Indices]:
    """Cut across the axis, where that leaves the least squared error on it."""
    along = group.offset @ group.axis
    order = np.argsort(along, kind="stable")
    share = weight[group.members[order]]
    below = np.cumsum(share)[:-1]
    moment = np.cumsum(share * along[order])[:-1]
    # The squared error between two groups whose common mean is the origin.
    at = int((moment**2 / (below * (share.sum() - below))).argmax()) + 1
    return group.members[order[:at]], group.members[order[at:]]
