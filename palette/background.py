"""The colour that surrounds a picture."""

import numpy as np

from .decode import Raster
from .oklab import Lab, squared_distances, srgb_to_oklab

_MOST = 0.5


def find_background(raster: Raster, lab: Lab) -> int | None:
    """Find which of n colours, shape (n, 3), covers more than half of the outermost pixels."""
    edges = (np.s_[:, 0, :], np.s_[:, -1, :], np.s_[:, :, 0], np.s_[:, :, -1])
    rgb = np.concatenate([raster.rgb[edge].reshape(-1, 3) for edge in edges])
    alpha = (
        None if raster.alpha is None else np.concatenate([raster.alpha[e].ravel() for e in edges])
    )
    nearest = squared_distances(srgb_to_oklab(rgb), lab).argmin(axis=1)
    covered = np.bincount(nearest, None if alpha is None else alpha / 255.0, len(lab)) / len(rgb)
    most = int(covered.argmax())
    return most if covered[most] > _MOST else None
