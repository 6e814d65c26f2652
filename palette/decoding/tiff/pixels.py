"""Samples of any type, as images of 8 bits a channel."""

import numpy as np
from PIL import Image

from palette.color.arrays import Bytes, Numbers, Values

from .layout import CIE_LAB, ICC_LAB, WHITE_IS_ZERO, Layout

_CHUNK_PIXELS = 1 << 19  # whose samples, in double precision, fit a worker's memory


def to_bands(samples: Numbers, layout: Layout) -> list[Image.Image]:
    """Return the channels, alpha last, of samples of shape (height, width, samples).

    Whole numbers are divided by the largest of their type; floats by 1 or, if any is larger, by the
    largest finite one; of 32 bits, by 65535 unless any is larger. Nothing is premultiplied.
    """
    channels = layout.colors + layout.has_alpha
    used = samples[..., :channels]
    white = _white(used, layout)
    bands = np.empty((channels, layout.height, layout.width), np.uint8)
    rows = max(1, _CHUNK_PIXELS // layout.width)
    for top in range(0, layout.height, rows):
        chunk = used[top : top + rows]
        bands[:, top : top + rows] = np.moveaxis(_to_bytes(chunk, layout, white), 2, 0)
    return [Image.fromarray(band) for band in bands]


def _white(samples: Numbers, layout: Layout) -> float:
    """Return the number that stands for the most light or ink, judged by what is visible."""
    colors = samples[..., : layout.colors]
    bits = 8 * colors.dtype.itemsize - (colors.dtype.kind == "i")
    least = 1.0 if colors.dtype.kind == "f" else 2.0 ** min(bits, 16) - 1
    if bits <= 16 and colors.dtype.kind != "f":
        return least
    counts = np.isfinite(colors)
    if layout.has_alpha:
        counts &= samples[..., layout.colors :] > 0
    highest = float(colors.max(where=counts, initial=0))
    if highest <= least:
        return least
    return highest if colors.dtype.kind == "f" else 2.0**bits - 1


def _to_bytes(samples: Numbers, layout: Layout, white: float) -> Bytes:
    colors = samples[..., : layout.colors]
    if layout.photometric in {CIE_LAB, ICC_LAB}:
        levels = _lab_levels(colors, is_signed=layout.photometric == CIE_LAB)
    else:
        fractions = np.nan_to_num(colors.astype(np.float64), posinf=white) / white
        levels = 255 * (1 - fractions if layout.photometric == WHITE_IS_ZERO else fractions)
    if layout.has_alpha:
        alpha = _alpha_of(samples[..., layout.colors :], white)
        if layout.is_premultiplied:
            levels /= np.where(alpha > 0, alpha, 1)
        levels = np.concatenate([levels, 255 * alpha], axis=2)
    return np.rint(np.clip(levels, 0, 255)).astype(np.uint8)


def _alpha_of(samples: Numbers, white: float) -> Values:
    is_float = samples.dtype.kind == "f"
    return np.clip(np.nan_to_num(samples.astype(np.float64)) / (1 if is_float else white), 0, 1)


def _lab_levels(samples: Numbers, *, is_signed: bool) -> Values:
    """Return L*, a* and b* as Pillow has them: L* times 2.55, and the others plus 128.

    Those of CIELab are signed (TIFF 6.0, section 23); in ICCLab zero is in the middle, and 16 bits
    of lightness end at 0xFF00 (Adobe, TIFF Technical Notes of 2002).
    """
    bits = 8 * samples.dtype.itemsize
    whole = samples.astype(np.int64) % (1 << bits)
    if is_signed:
        lightness_end = (1 << bits) - 1
        whole[..., 1:] = (whole[..., 1:] + (1 << bits - 1)) % (1 << bits)
    else:
        lightness_end = 0xFF if bits == 8 else 0xFF00
    levels = whole / float(1 << bits - 8)
    levels[..., 0] = whole[..., 0] * (255 / lightness_end)
    return levels
