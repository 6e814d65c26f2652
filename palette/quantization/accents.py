"""Small vivid colours that the means would lose."""

import numpy as np

from palette.color.arrays import Indices, Lab, Mask, Values
from palette.color.oklab import chroma, nearest_distance, squared_distances

from .histogram import Histogram

# OKLab distances, tuned on vivid things pasted into photos and on the same photos without them.
_VIVID = 0.10  # chroma
_LOST = 0.07  # from the nearest centre
_OWN = 0.06  # radius of one accent's own shades
_AROUND = 0.11  # radius in which it has to stand alone
_ISOLATION = 14.0  # how much may be around it, for each step beyond ``_OWN`` from the centres

_SMALLEST = 0.0006  # share, with a palette of ten
_STEEPNESS = 3.2  # a palette of five wants about ten times that
_COMPACT = 0.4  # fraction of an accent's pixels that hang together
_MOST = 4
_TRIES = 12
_CANDIDATES = 300  # colours looked at, the most prominent: all, but for a small, rich palette
# Pixels touch their eight neighbours in the same frame.
_TOUCHING = np.stack([np.zeros((3, 3)), np.ones((3, 3)), np.zeros((3, 3))])


def find_accents(histogram: Histogram, centers: Lab, colors: int) -> Lab:
    """Find compact vivid things whose colour no centre is near: shape (m, 3), m ≤ 4.

    An accent has few colours around it, fewer the nearer the centres are; what is scattered over
    the picture as noise is none, nor is what is too small for a palette of so few ``colors``.
    """
    distance = nearest_distance(histogram.lab, centers)
    peaks, things = _prominent(histogram, distance, _SMALLEST * (10 / colors) ** _STEEPNESS)
    squared = squared_distances(histogram.lab[peaks], histogram.lab)
    accents: list[Values] = []
    for shades, to_peak in zip(things, squared, strict=True):
        if len(accents) == min(_MOST, (colors + 1) // 2):
            break
        weight = histogram.weight[shades]
        center = weight @ histogram.lab[shades] / weight.sum()
        own, around = (histogram.weight[to_peak <= r**2].sum() for r in (_OWN, _AROUND))
        from_centers = np.linalg.norm(centers - center, axis=1).min()
        alone = around - own <= _ISOLATION * (from_centers - _OWN) * own
        if alone and _hangs_together(histogram, shades):
            accents.append(center)
    return np.array(accents).reshape(-1, 3)


def _prominent(
    histogram: Histogram, distance: Values, smallest: float
) -> tuple[list[int], list[Indices]]:
    """Find at most 12 vivid colours far from all centres, and the shades of each."""
    prominence = histogram.weight * distance**4
    lost = np.flatnonzero((distance > _LOST) & (chroma(histogram.lab) >= _VIVID))
    lost = lost[np.argsort(-prominence[lost], kind="stable")[:_CANDIDATES]]
    own = squared_distances(histogram.lab[lost], histogram.lab[lost]) <= _OWN**2
    counted = own.astype(np.float64)  # products of such matrices are faster than sums of chosen
    weight = histogram.weight[lost]
    peaks: list[int] = []
    things: list[Indices] = []
    for _ in range(_TRIES):
        mass = counted @ weight
        enough = (mass >= smallest) & (weight > 0)
        if not enough.any():
            break
        peak = int(np.where(enough, mass * distance[lost] ** 4, 0.0).argmax())
        peaks.append(int(lost[peak]))
        things.append(lost[own[peak] & (weight > 0)])
        weight[own[peak]] = 0.0
    return peaks, things


def _hangs_together(histogram: Histogram, shades: Indices) -> bool:
    """Tell whether enough pixels of these colours are one connected thing in one frame."""
    from scipy.ndimage import label  # noqa: PLC0415, slow to load, as in cluster.py

    things, count = label(_trimmed(histogram.pixels_of(shades)), _TOUCHING)
    sizes = np.bincount(things.ravel(), minlength=count + 1)[1:]
    return bool(sizes.max() >= _COMPACT * sizes.sum())


def _trimmed(mask: Mask) -> Mask:
    """Cut off the rows and columns around what is true, shape (frames, height, width)."""
    rows, columns = np.flatnonzero(mask.any(axis=(0, 2))), np.flatnonzero(mask.any(axis=(0, 1)))
    return mask[:, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
