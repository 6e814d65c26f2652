"""Which part each colour plays, and which one is the background."""

import numpy as np
from numpy.typing import NDArray

from .model import Role
from .oklab import Lab, chroma

_DARK, _LIGHT = 0.35, 0.85  # OKLab lightness
_VIBRANT, _MUTED = 0.14, 0.04  # OKLab chroma
_SMALL = 0.05  # share
_FAR = 0.15  # OKLab distance to the nearest other colour


def tell_roles(lab: Lab, share: NDArray[np.float64]) -> list[tuple[Role, ...]]:
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
