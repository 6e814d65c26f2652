"""From pixels to distinct colours and their counts."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from palette.color.arrays import Bins, Bytes, Indices, Lab, Mask, Singles, Values
from palette.color.oklab import encoded, linear, prepare, srgb_to_oklab
from palette.decoding.decode import Pixels

_LEVELS = 40  # a channel
_BINS = _LEVELS**3
HIDDEN = _BINS  # the bin number of transparent pixels
# Levels are even steps of lightness: bins even in sRGB would lump dark colours together.
_LEVEL_OF = np.minimum(np.cbrt(linear(np.arange(256))) * _LEVELS, _LEVELS - 1).astype(np.uint16)
_BIN_PARTS: list[Bins] = [_LEVEL_OF * _LEVELS**2, _LEVEL_OF * _LEVELS, _LEVEL_OF]


@dataclass(frozen=True, slots=True)
class BinnedPixels:
    """The pixels of one image: ``rgb``, shape (frames, height, width, 3), and their bin numbers.

    ``bins`` has shape (frames, height, width); what does not count is :data:`HIDDEN`.
    """

    rgb: Bytes
    bins: Bins


@dataclass(frozen=True)
class Histogram:
    """The n distinct colours of some pixels, 40 levels a channel (5.3 bits), in a fixed order.

    ``lab``, shape (n, 3), holds the true mean of the pixels in each bin; ``weight``, shape (n,),
    their share of the visible pixels, summing to 1; ``bins``, shape (n,), the bin numbers.
    ``pixels`` are those that were counted, image by image: where they are is judged in each.

    An exact histogram has a row for each colour that pixels have, several to a bin.
    """

    lab: Lab
    weight: Values
    bins: Indices
    pixels: tuple[BinnedPixels, ...]
    is_exact: bool = False

    @cached_property
    def prepared(self) -> Singles:
        """``lab``, prepared for :func:`.squared_distances_to`."""
        return prepare(self.lab)

    def pixels_of(self, colors: Indices) -> list[Mask]:
        """Return which pixels of each image have one of m colours, shape (m,).

        Each mask has shape (frames, height, width).
        """
        chosen = np.zeros(_BINS + 1, np.bool_)
        chosen[self.bins[colors]] = True
        return [chosen.take(image.bins) for image in self.pixels]


def bin_colors() -> Values:
    """Return the sRGB colour, 0 to 255, at the centre of every bin: shape (64000, 3)."""
    level = ((np.arange(_LEVELS) + 0.5) / _LEVELS) ** 3
    light = np.stack(np.meshgrid(level, level, level, indexing="ij"), axis=-1).reshape(-1, 3)
    return encoded(light)


def bin_numbers(rgb: Bytes) -> Bins:
    """Return the number of the bin of each of n pixels, shape (n, 3) in, (n,) out."""
    return _bins_of([np.ascontiguousarray(plane) for plane in rgb.T])


def count_colors(pixels: Pixels) -> Histogram:
    """Count the colours of pixels, weighted by their alpha; at least one must be visible."""
    planes: list[Bytes] = [
        np.ascontiguousarray(pixels.rgb[..., channel]).ravel() for channel in range(3)
    ]
    pixel_bins = _bins_of(planes)
    alpha = None
    if pixels.alpha is not None:
        alpha = pixels.alpha.ravel()
        pixel_bins[alpha == 0] = HIDDEN
    wide = pixel_bins.astype(np.intp)  # once, as every bincount would do it
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
        (BinnedPixels(pixels.rgb, pixel_bins.reshape(pixels.rgb.shape[:3])),),
    )


def _bins_of(planes: list[Bytes]) -> Bins:
    bins = np.zeros(planes[0].shape, np.uint16)
    for part, plane in zip(_BIN_PARTS, planes, strict=True):
        bins += part.take(plane, mode="clip")  # no byte is out of range: skips the check
    return bins
