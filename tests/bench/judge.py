"""How well a palette stands for the colours of an image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import KDTree

from tests.bench.metric import Array, cielab, delta_e_2000, oklab

MIN_DIFFERENCE = 3.0  # ΔE2000 below which two colours of a palette are near-duplicates
MAX_MISS = 8.0  # ΔE2000 within which a palette has a colour
NEAR_BLACK = 20.0  # CIELAB L* below which a colour is near-black


@dataclass(frozen=True, slots=True)
class Histogram:
    """Distinct sRGB colours (n, 3) uint8 and their weights (n,), which sum to 1."""

    colors: NDArray[np.uint8]
    weights: Array


def mean_error(histogram: Histogram, centers: Array) -> float:
    """Return the weighted mean ΔE_OK of the colours to their nearest OKLab centres (k, 3)."""
    distances, _ = KDTree(centers).query(oklab(histogram.colors))
    return 100 * float(histogram.weights @ distances)


def error_2000(histogram: Histogram, rgb: ArrayLike) -> tuple[float, float]:
    """Return mean and 95th percentile of ΔE2000 to the nearest colour of the palette (k, 3)."""
    _, nearest = KDTree(oklab(rgb)).query(oklab(histogram.colors))
    errors = delta_e_2000(cielab(histogram.colors), cielab(rgb)[nearest])
    order = errors.argsort()
    percentile = np.searchsorted(histogram.weights[order].cumsum(), 0.95)
    return float(histogram.weights @ errors), float(errors[order][min(percentile, len(errors) - 1)])


def shares(histogram: Histogram, rgb: ArrayLike) -> Array:
    """Return the fraction of the image nearest in OKLab to each colour of a palette (k, 3)."""
    _, nearest = KDTree(oklab(rgb)).query(oklab(histogram.colors))
    return np.bincount(nearest, histogram.weights, minlength=len(np.asarray(rgb)))


def near_duplicates(rgb: ArrayLike) -> int:
    """Return the number of pairs of colours that differ by less than ΔE2000 3."""
    lab = cielab(rgb)
    first, second = np.triu_indices(len(lab), 1)
    return int((delta_e_2000(lab[first], lab[second]) < MIN_DIFFERENCE).sum())


def near_blacks(rgb: ArrayLike) -> int:
    """Return how many colours of a palette (k, 3) have a CIELAB L* under 20, beyond the first."""
    return max(0, int((cielab(rgb)[:, 0] < NEAR_BLACK).sum()) - 1)


def distances(rgb: ArrayLike, colors: ArrayLike) -> Array:
    """Return the ΔE2000 from each of ``colors`` (n, 3) to the nearest of a palette (k, 3).

    Nothing is near to an empty palette: all are infinite.
    """
    palette, wanted = (cielab(np.reshape(each, (-1, 3))) for each in (rgb, colors))
    return delta_e_2000(wanted[:, None], palette[None]).min(axis=1, initial=np.inf)


def has_color(rgb: ArrayLike, color: ArrayLike) -> bool:
    """Return whether a palette (k, 3) has ``color``, within ΔE2000 8."""
    return bool(distances(rgb, color)[0] <= MAX_MISS)


def palette_distance(first: ArrayLike, second: ArrayLike) -> float:
    """Return the mean ΔE2000 of matched colours of two palettes (k, 3) and (m, 3).

    Colours are matched one to one with the least total; a colour left over counts with its
    distance to the nearest one of the other palette.
    """
    distances = delta_e_2000(cielab(first)[:, None], cielab(second)[None])
    if distances.shape[0] > distances.shape[1]:
        distances = distances.T
    rows, columns = linear_sum_assignment(distances)
    left_over = np.delete(distances, columns, axis=1).min(axis=0)
    return float(np.concatenate([distances[rows, columns], left_over]).mean())
