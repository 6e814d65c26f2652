"""Shades of thin ink: between ink and paper, but not between their neighbours."""

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask, Values

_MAX_SOLID = 0.1  # part of a shade's pixels that are within an area of it
_TOLERANCE = 8.0  # levels, of the distance from the line between ink and paper
_MIN_SURROUNDED = 0.8  # part of the neighbours that are on this line, too
_PAPERS = 8  # of the largest colours


def without_blends(flats: Indices, number: Indices, pixels: Bytes, neighbors: Bytes) -> Indices:
    """Return the flat colours, the largest first, without those that thin strokes are blended to.

    Where a stroke is thinner than a pixel, as in small print, no pixel of it has its colour, and
    none lies between its neighbours. Such a shade covers no area, is a mixture of two larger
    colours, and has only such mixtures around it. ``number``, shape (n,), says which colour each
    of the pixels, shape (n, 3), has; ``neighbors`` has shape (4, n, 3).
    """
    same = (neighbors == pixels).all(axis=-1)
    is_solid = (same[0] | same[1]) & (same[2] | same[3])
    kept: list[int] = []
    colors: list[Values] = []
    for flat in flats.tolist():
        members = np.flatnonzero(number == flat)
        color = pixels[members[0]].astype(np.float64)
        if is_solid[members].mean() > _MAX_SOLID or not _is_blend(
            color, np.array(colors).reshape(-1, 3), neighbors[:, members].reshape(-1, 3)
        ):
            kept.append(flat)
            colors.append(color)
    return np.array(kept, np.intp)


def _is_blend(color: Values, larger: Values, around: Bytes) -> bool:
    """Return whether a colour, and most of those around it, are mixtures of two larger ones."""
    for paper in larger[:_PAPERS]:
        for ink in larger[_is_on_line(color, paper, larger)]:
            on_line = _is_on_line(around.astype(np.float64), paper, ink[None])
            if on_line.mean() >= _MIN_SURROUNDED:
                return True
    return False


def _is_on_line(colors: Values, paper: Values, ink: Values) -> Mask:
    """Return which colours, shape (…, 3), are near the line from paper to ink, (…, 3)."""
    along = ink - paper
    length = np.maximum((along**2).sum(axis=-1), 1.0)
    part = np.clip(((colors - paper) * along).sum(axis=-1) / length, 0.0, 1.0)
    off = colors - paper - part[..., None] * along
    return (off**2).sum(axis=-1) <= _TOLERANCE**2
