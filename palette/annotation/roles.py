"""Which part each colour plays, and which one is the background."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from palette.color.arrays import Lab, Values
from palette.color.nearest import count_nearest
from palette.color.oklab import chroma, srgb_to_oklab
from palette.decoding.decode import Raster
from palette.model import Palette, Role

_MAX_DARK_LIGHTNESS, _MIN_LIGHT_LIGHTNESS = 0.35, 0.85  # OKLab
_MIN_VIBRANT_CHROMA, _MAX_MUTED_CHROMA = 0.14, 0.04  # OKLab
_MAX_ACCENT_SHARE = 0.05
_MIN_ACCENT_DISTANCE = 0.15  # OKLab, to the nearest colour with a larger share
_BORDER = 0.02  # of the shorter side: wider than the hairline frames of scanned photos
_MIN_BACKGROUND_FRACTION = 0.5  # of the border


def assign_roles(lab: Lab, share: Values) -> list[tuple[Role, ...]]:
    """Return the roles of n colours, shape (n, 3), with shares (n,).

    Dominant: the largest share. Accent: a share of at most 5 %, a chroma of at least 0.14 and a
    distance of at least 0.15 to every colour with a larger share. Dark: lightness up to 0.35;
    light: from 0.85. Vibrant: chroma from 0.14; muted: up to 0.04. All in OKLab.
    """
    color_chroma = chroma(lab)
    distances = np.linalg.norm(lab[:, None] - lab, axis=2)
    distances[share[:, None] >= share] = np.inf
    is_vibrant = color_chroma >= _MIN_VIBRANT_CHROMA
    is_isolated = distances.min(axis=1) >= _MIN_ACCENT_DISTANCE
    has_role = {
        Role.DOMINANT: np.arange(len(lab)) == share.argmax(),
        Role.ACCENT: (share <= _MAX_ACCENT_SHARE) & is_vibrant & is_isolated,
        Role.DARK: lab[:, 0] <= _MAX_DARK_LIGHTNESS,
        Role.LIGHT: lab[:, 0] >= _MIN_LIGHT_LIGHTNESS,
        Role.VIBRANT: is_vibrant,
        Role.MUTED: color_chroma <= _MAX_MUTED_CHROMA,
    }
    return [tuple(role for role in Role if has_role[role][index]) for index in range(len(lab))]


def with_roles(palette: Palette) -> Palette:
    """Return the same palette with the roles that its colours and shares give it."""
    lab = srgb_to_oklab([swatch.rgb for swatch in palette])
    shares = np.array([swatch.share for swatch in palette])
    swatches = zip(palette, assign_roles(lab, shares), strict=True)
    return replace(
        palette, swatches=tuple(replace(swatch, roles=roles) for swatch, roles in swatches)
    )


def find_background(rasters: Sequence[Raster], lab: Lab) -> int | None:
    """Return the index of the colour that covers more than half of the borders, if any.

    A border is 2 % of the shorter side wide, and those of all images weigh the same. ``lab`` holds
    n colours, shape (n, 3); a pixel belongs to the nearest one, by its alpha.
    """
    covered: Values = np.sum([_covered(raster, lab) for raster in rasters], axis=0) / len(rasters)
    best = int(covered.argmax())
    return best if covered[best] > _MIN_BACKGROUND_FRACTION else None


def _covered(raster: Raster, lab: Lab) -> Values:
    """Return which part of the border each of n colours covers, shape (n,)."""
    width = max(1, round(_BORDER * min(raster.rgb.shape[1:3])))
    edges = np.s_[:, :width], np.s_[:, -width:], np.s_[:, :, :width], np.s_[:, :, -width:]
    rgb = np.concatenate([raster.rgb[edge].reshape(-1, 3) for edge in edges])
    alpha = None
    if raster.alpha is not None:
        alpha = np.concatenate([raster.alpha[edge].ravel() for edge in edges])
    return count_nearest(lab, rgb, alpha) / len(rgb)
