"""Which part each colour plays, and which one is the background."""

import numpy as np

from palette.color.arrays import Lab, Values
from palette.color.oklab import chroma, squared_distances, srgb_to_oklab
from palette.decoding.decode import Raster
from palette.model import Role

_DARK, _LIGHT = 0.35, 0.85  # OKLab lightness
_VIBRANT, _MUTED = 0.14, 0.04  # OKLab chroma
_SMALL = 0.05  # share
_FAR = 0.15  # OKLab distance to the nearest other colour
_SURROUNDING = 0.5  # share of the outermost pixels


def tell_roles(lab: Lab, share: Values) -> list[tuple[Role, ...]]:
    """Tell the roles of n colours, shape (n, 3), shares (n,).

    Dominant: the largest share. Accent: a share of at most 5 %, chroma of at least 0.14 and 0.15
    away from every other colour. Dark: lightness up to 0.35; light: from 0.85. Vibrant: chroma
    from 0.14; muted: up to 0.04. All in OKLab.
    """
    strength = chroma(lab)
    distances = np.linalg.norm(lab[:, None] - lab, axis=2)
    np.fill_diagonal(distances, np.inf)
    accent = (share <= _SMALL) & (strength >= _VIBRANT) & (distances.min(axis=1) >= _FAR)
    holds = {
        Role.DOMINANT: np.arange(len(lab)) == share.argmax(),
        Role.ACCENT: accent,
        Role.DARK: lab[:, 0] <= _DARK,
        Role.LIGHT: lab[:, 0] >= _LIGHT,
        Role.VIBRANT: strength >= _VIBRANT,
        Role.MUTED: strength <= _MUTED,
    }
    return [tuple(role for role in Role if holds[role][index]) for index in range(len(lab))]


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
    return most if covered[most] > _SURROUNDING else None
