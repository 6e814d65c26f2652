"""Small vivid colours that the means would lose."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

from .histogram import Histogram
from .oklab import Lab, chroma, squared_distances

_VIVID = 0.10  # OKLab chroma
_LOST = 0.07  # OKLab distance to the nearest centre
_NEAR = 0.06  # OKLab radius of one accent's own shades
_AT_TEN = 0.0006  # smallest share with a palette of ten
_STEEPNESS = 3.2  # a palette of five wants about ten times that
_COMPACT = 0.4  # fraction of an accent's pixels that hang together
_MOST = 3
# Pixels touch their eight neighbours in the same frame.
_TOUCHING = np.stack([np.zeros((3, 3)), np.ones((3, 3)), np.zeros((3, 3))])
_CANDIDATES = 512  # heaviest colours looked at: all of them, but for a tiny palette of a rainbow


def find_accents(histogram: Histogram, centers: Lab, colors: int) -> Lab:
    """Find compact vivid things whose colour no centre is near, heaviest first: shape (m, 3).

    They are at most 3 and a third of ``colors``. What is scattered over the picture as noise is no
    accent; nor is what is too small for a palette of so few ``colors``.
    """
    lost = squared_distances(histogram.lab, centers).min(axis=1) > _LOST**2
    candidates = np.flatnonzero(lost & (chroma(histogram.lab) >= _VIVID))
    candidates = candidates[np.argsort(-histogram.weight[candidates], kind="stable")[:_CANDIDATES]]
    smallest = _AT_TEN * (10 / colors) ** _STEEPNESS
    accents: list[NDArray[np.float64]] = []
    while len(accents) < min(_MOST, colors // 3) and histogram.weight[candidates].sum() >= smallest:
        lab, weight = histogram.lab[candidates], histogram.weight[candidates]
        near = squared_distances(lab, lab) <= _NEAR**2
        mass = near @ weight
        peak = int(mass.argmax())
        if mass[peak] < smallest:
            break
        shades = candidates[near[peak]]
        if _hang_together(histogram, shades):
            accents.append(np.average(lab[near[peak]], axis=0, weights=weight[near[peak]]))
        candidates = candidates[~near[peak]]
    return np.array(accents).reshape(-1, 3)


def _hang_together(histogram: Histogram, shades: NDArray[np.intp]) -> bool:
    """Tell whether enough pixels of these colours are one connected thing in one frame."""
    is_shade = np.zeros(len(histogram.lab), np.bool_)
    is_shade[shades] = True
    things, count = label(is_shade[histogram.bin_of], _TOUCHING)
    sizes = np.bincount(things.ravel(), minlength=count + 1)[1:]
    return bool(sizes.max() >= _COMPACT * sizes.sum())
