"""Shades that only the smoothing of thin strokes and of edges makes."""

import numpy as np

from palette.color.arrays import Bytes, Indices, Mask, Values

_MAX_OFF = 8.0  # levels, of the distance from the mixtures of ink and paper
_MIN_AROUND = 0.8  # part of the neighbours that are such mixtures, too
_MIN_BEYOND = 0.02  # part of them that is nearer to the ink: else it is ink itself
_MIN_INK = 0.25  # pixels of the ink for each of the shade
_PAPERS = 8  # of the largest colours
_MAX_PIXELS = 32  # that are looked at, of a shade
_BETWEEN = np.linspace(0.0, 1.0, 45)[:, None]
# Sharpening filters, such as Lanczos', overshoot: the mixtures go on beyond both colours.
_BEYOND = np.linspace(-0.25, 1.25, 61)[:, None]
_MIN_COSINE = 0.95  # of what may be a mixture, seen from the paper: only saves time


def without_blends(
    flats: Indices, number: Indices, rgb: Bytes, neighbors: Bytes, is_thin: Mask
) -> Indices:
    """Return which of m flat colours, the most frequent first, smoothing does not explain.

    Where a stroke is thinner than a pixel, as in small print, no pixel of it has its colour, and
    none lies between its neighbours. Such a shade covers no area (``is_thin``, shape (m,)), is a
    mixture of two other colours, and has only such mixtures around it. ``number``, shape (n,), says
    which of the colours ``rgb`` each pixel has; ``neighbors``, shape (4, 3, n), are those around.
    """
    count = np.bincount(number)[flats]
    colors = rgb[flats].astype(np.float64)
    is_left = np.ones(len(flats), np.bool_)
    for parts in (_BETWEEN, _BEYOND):
        for index in np.flatnonzero(is_left & is_thin).tolist():
            papers = np.flatnonzero(is_left[:index])[:_PAPERS]
            if parts is _BETWEEN:
                is_ink = is_left & (count >= _MIN_INK * count[index])
            else:
                is_ink = is_left & (count > count[index]) & ~is_thin
            is_ink[index] = False
            some = np.flatnonzero(number == flats[index])[:: count[index] // _MAX_PIXELS + 1]
            around = neighbors[:, :, some].transpose(0, 2, 1).reshape(-1, 3).astype(np.float64)
            is_left[index] = not _is_blend(
                colors[index], colors[papers], colors[is_ink], around, parts
            )
    return np.flatnonzero(is_left)


def _is_blend(color: Values, papers: Values, inks: Values, around: Values, parts: Values) -> bool:
    """Return whether a colour, and most of those around it, are mixtures of ink and paper."""
    to_inks, to_color = inks - papers[:, None], color - papers
    lengths, length = np.sqrt((to_inks**2).sum(axis=2)), np.sqrt((to_color**2).sum(axis=1))
    products = np.maximum(lengths * length[:, None], 1.0)
    cosine = np.einsum("pni,pi->pn", to_inks, to_color) / products
    if parts is _BETWEEN:
        is_longer = lengths > length[:, None] + _MAX_OFF
        off_line = length[:, None] ** 2 * (1 - cosine**2)
        pairs = np.nonzero((cosine > _MIN_COSINE) & is_longer & (off_line <= _MAX_OFF**2))
    else:
        pairs = np.nonzero(np.abs(cosine) > _MIN_COSINE)
    mixtures = np.clip(papers[pairs[0], None] + parts * to_inks[pairs][:, None], 0, 255)
    fits = _is_near(color[None], mixtures.reshape(-1, 3)).reshape(-1, len(parts)).any(axis=1)
    for index in np.flatnonzero(fits).tolist():
        is_mixed = _is_near(around, mixtures[index]).any(axis=1)
        if is_mixed.mean() < _MIN_AROUND:
            continue
        paper = pairs[0][index]
        off_paper = np.sqrt(((around - papers[paper]) ** 2).sum(axis=1))
        is_beyond = (parts is _BEYOND) | (off_paper > length[paper] + _MAX_OFF)
        if (is_mixed & is_beyond).mean() >= _MIN_BEYOND:
            return True
    return False


def _is_near(colors: Values, mixtures: Values) -> Mask:
    """Return which of m colours, shape (m, 3), are near which of n mixtures, (n, 3): (m, n)."""
    lengths = (colors**2).sum(axis=1)[:, None] + (mixtures**2).sum(axis=1)
    return lengths - 2 * colors @ mixtures.T <= _MAX_OFF**2
