"""A quick look at whether an image consists of areas of one colour each."""

import numpy as np
from PIL import Image

from palette.color.arrays import Bytes, Indices

_PIXELS = 2000  # that are looked at
_MIN_COUNT = 3  # of these, for a colour to be no accident
_MIN_SHARE = 0.5  # of these, of such colours


def seems_flat(sample: Image.Image) -> bool:
    """Return whether many pixels of a plain-mode image have the same few colours.

    So it is with drawings and screenshots, and with some photos: this spares the others the time
    for a closer look.
    """
    codes = np.sort(_codes(np.asarray(sample), has_alpha=sample.mode in {"LA", "RGBA"}))
    edges = np.flatnonzero(np.diff(codes, prepend=-1, append=-1))
    counts = np.diff(edges)
    return bool(counts[counts >= _MIN_COUNT].sum() >= _MIN_SHARE * len(codes))


def _codes(pixels: Bytes, *, has_alpha: bool) -> Indices:
    """Return the colours of some visible pixels of an image, each as one number."""
    pixels = pixels.reshape(pixels.shape[0] * pixels.shape[1], -1)
    step = max(1, len(pixels) // _PIXELS) | 1  # odd, so as not to stay in a few columns
    chosen = pixels[::step].astype(np.intp)
    if has_alpha:
        chosen = chosen[chosen[:, -1] > 0, :-1]
    return chosen @ (256 ** np.arange(chosen.shape[1], dtype=np.intp))
