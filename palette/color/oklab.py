"""sRGB to OKLab and back, on arrays.

Matrices and formulas: Björn Ottosson, "A perceptual color space for image processing" (2020),
https://bottosson.github.io/posts/oklab/. Each matrix is written once and inverted in code.
"""

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Bytes, Lab, Singles, Values

LINEAR_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LMS_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LMS_TO_LINEAR = np.linalg.inv(LINEAR_TO_LMS)
_LAB_TO_LMS = np.linalg.inv(LMS_TO_LAB)


def linear(srgb: ArrayLike) -> Values:
    """Undo the sRGB transfer curve (IEC 61966-2-1): 0 to 255 in, linear light 0 to 1 out."""
    levels = np.asarray(srgb)
    if levels.dtype == np.uint8:
        return _LINEAR_BYTES.take(levels)
    return _linear(levels / 255.0)


def _linear(value: Values) -> Values:
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


_LINEAR_BYTES = _linear(np.arange(256) / 255.0)


def encoded(light: Values) -> Values:
    """Apply the sRGB transfer curve (IEC 61966-2-1): linear light 0 to 1 in, 0 to 255 out."""
    return 255.0 * np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def srgb_to_oklab(srgb: ArrayLike) -> Lab:
    """Convert sRGB to OKLab.

    ``srgb`` has shape (…, 3) and any real type, 0 to 255 a channel, fractions allowed. The result
    has the same shape: L 0 to 1, a and b about -0.4 to 0.4.
    """
    lms = linear(srgb) @ LINEAR_TO_LMS.T
    return np.cbrt(lms) @ LMS_TO_LAB.T


def oklab_to_srgb(lab: Lab) -> Bytes:
    """Convert OKLab, shape (…, 3), to the nearest sRGB bytes; colours outside sRGB are clipped.

    Every sRGB byte triple survives the round trip exactly.
    """
    light = np.clip((lab @ _LAB_TO_LMS.T) ** 3 @ _LMS_TO_LINEAR.T, 0.0, 1.0)
    return np.rint(encoded(light)).astype(np.uint8)


def chroma(lab: Lab) -> Values:
    """Return the distance from grey, shape (…,), 0 to about 0.33 inside sRGB."""
    return np.hypot(lab[..., 1], lab[..., 2])


def squared_distances(one: Lab, other: Lab) -> Values:
    """Return the squared OKLab distances of all pairs: shapes (m, 3) and (n, 3) in, (m, n) out.

    Rounding can make the distance of equal colours slightly negative.
    """
    return _rows(one) @ _columns(other)


def prepare(lab: Lab) -> Singles:
    """Prepare n colours, shape (n, 3), for :func:`squared_distances_to`: shape (5, n)."""
    return _columns(lab).astype(np.float32)


def squared_distances_to(prepared: Singles, lab: Lab) -> Singles:
    """Return the squared OKLab distances of m colours, shape (m, 3), to n prepared ones: (m, n).

    In single precision they are off by less than 1e-6, and take a quarter of the time.
    """
    return _rows(lab).astype(np.float32) @ prepared


# |a - b|² = -2 a·b + |a|² + |b|², as a single matrix product.
def _rows(lab: Lab) -> Values:
    rows = np.empty((len(lab), 5))
    rows[:, :3] = -2.0 * lab
    rows[:, 3] = np.einsum("ij,ij->i", lab, lab)
    rows[:, 4] = 1.0
    return rows


def _columns(lab: Lab) -> Values:
    columns = np.empty((5, len(lab)))
    columns[:3] = lab.T
    columns[3] = 1.0
    columns[4] = np.einsum("ij,ij->i", lab, lab)
    return columns


def distances(one: Lab, other: Lab) -> Values:
    """Return the OKLab distances of all pairs: shapes (m, 3) and (n, 3) in, (m, n) out."""
    return np.sqrt(np.maximum(squared_distances(one, other), 0.0))


def nearest_distance(prepared: Singles, others: Lab) -> Singles:
    """Return the distance from each of n prepared colours to the nearest of m others, (n,)."""
    squared = squared_distances_to(prepared, others).min(axis=0, initial=np.inf)
    return np.sqrt(np.maximum(squared, 0.0))
