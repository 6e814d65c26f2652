"""Weighted k-means in OKLab: the only file that imports scikit-learn."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from threadpoolctl import ThreadpoolController

from .oklab import Lab

Weights = NDArray[np.float64]
Indices = NDArray[np.intp]

_ITERATIONS = 30
_TOLERANCE = 1e-3


def cluster(lab: Lab, weight: Weights, clusters: int) -> Lab:
    """Group n distinct colours, shape (n, 3), weights (n,): at most ``clusters`` centres, (k, 3).

    The start is not random: groups are split where that helps most, so the same colours always give
    the same centres and slightly different colours slightly different ones.
    """
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
class _Cut:
    """A group's best cut in two across its longest axis.

    ``saved`` is between the squared error that it saves and the plain distance that this is in so
    heavy a group: squares alone would spend every cut on a few far colours.
    """

    below: Indices
    above: Indices
    saved: float


def _split(lab: Lab, weight: Weights, clusters: int) -> Lab:
    """Cut the group whose best cut saves most, until there are enough (bisecting k-means)."""
    groups = [np.arange(len(lab))]
    cuts = [_best_cut(groups[0], lab, weight)]
    while len(groups) < clusters:
        chosen = max(range(len(cuts)), key=lambda index: cuts[index].saved)
        cut = cuts[chosen]
        if not cut.saved > 0:
            break
        groups[chosen] = cut.below
        cuts[chosen] = _best_cut(cut.below, lab, weight)
        groups.append(cut.above)
        cuts.append(_best_cut(cut.above, lab, weight))
    return np.stack([weight[group] @ lab[group] / weight[group].sum() for group in groups])


def _best_cut(group: Indices, lab: Lab, weight: Weights) -> _Cut:
    if len(group) == 1:
        return _Cut(group, group[:0], 0.0)
    share = weight[group]
    total = share.sum()
    offset = lab[group]
    offset = offset - (share @ offset) / total
    axis = np.linalg.eigh(offset.T @ (offset * share[:, None]))[1][:, -1]
    order = np.argsort(offset @ axis, kind="stable")
    share, offset = share[order], offset[order]
    below = np.cumsum(share)[:-1]
    moment = np.cumsum(share[:, None] * offset, axis=0)[:-1]
    # The squared error between two groups whose common mean is the origin.
    saved = np.einsum("ij,ij->i", moment, moment) * total / (below * (total - below))
    at = int(saved.argmax())
    return _Cut(group[order[: at + 1]], group[order[at + 1 :]], saved[at] ** 0.75 * total**0.25)
