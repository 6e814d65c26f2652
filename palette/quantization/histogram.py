"""From pixels to distinct colours and their counts."""

from dataclasses import dataclass

import numpy as np

from palette.color.arrays import Bins, Bytes, Indices, Lab, Mask, Values
from palette.color.oklab import linear, srgb_to_oklab
from palette.decoding.decode import Pixels

_LEVELS = 40
_BINS = _LEVELS**3
_HIDDEN = _BINS  # what no bin is
# Levels a channel, even steps of lightness: bins even in sRGB would lump the darks together.
_LEVEL_OF = np.minimum(np.cbrt(linear(np.arange(256))) * _LEVELS, _LEVELS - 1).astype(np.uint16)
_BIN_PARTS: list[Bins] = [_LEVEL_OF * _LEVELS**2, _LEVEL_OF * _LEVELS, _LEVEL_OF]


@dataclass(frozen=True, slots=True)
class Histogram:
    """The n distinct colours of some pixels, 40 levels a channel (5.3 bits), in a fixed order.

    ``lab``, shape (n, 3): each the true mean of its pixels. ``weight``, shape (n,): the share of
    the visible pixels, summing to 1. ``bins``, shape (n,), numbers the colours; ``pixel_bins``,
    shape (frames, height, width), tells which of these numbers each visible pixel has.
    """

    lab: Lab
    weight: Values
    bins: Indices
    pixel_bins: Bins

    def pixels_of(self, colors: Indices) -> Mask:
        """Tell which pixels, shape (frames, height, width), have one of the colours, shape (m,)."""
        chosen = np.zeros(_BINS + 1, np.bool_)
        chosen[self.bins[colors]] = True
        return chosen.take(self.pixel_bins)


def count_colors(pixels: Pixels) -> Histogram:
    """Count the colours of pixels of which one is visible; they weigh by their alpha."""
    planes: list[Bytes] = [
        np.ascontiguousarray(pixels.rgb[..., channel]).ravel() for channel in range(3)
    ]
    pixel_bins = np.zeros(planes[0].shape, np.uint16)
    for part, plane in zip(_BIN_PARTS, planes, strict=True):
        pixel_bins += part.take(plane, mode="clip")  # no byte is outside: this spares the check
    alpha = None
    if pixels.alpha is not None:
        alpha = pixels.alpha.ravel()
        pixel_bins[alpha == 0] = _HIDDEN
    wide = pixel_bins.astype(np.intp)  # once, as each count would
    counts = np.bincount(wide, alpha, _BINS)[:_BINS]
    bins = np.flatnonzero(counts > 0)
    sums = [
        np.bincount(wide, plane if alpha is None else plane.astype(np.float64) * alpha, _BINS)[bins]
        for plane in planes
    ]
    counts = counts[bins]
    return Histogram(
        srgb_to_oklab(np.stack(sums, axis=1) / counts[:, None]),
        counts / counts.sum(),
        bins,
        pixel_bins.reshape(pixels.rgb.shape[:3]),
    )
