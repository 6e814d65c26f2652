"""The colours of a palette, chosen from the pixels of an image."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.decoding.decode import Raster
from palette.model import Style

from .choices import Choices, apply_to_distinct, subset, without_kept, without_left_out
from .demand import counted_bins
from .facility_location import min_distance
from .faithful import find_faithful
from .flat_art.flats import count_flat_colors
from .histogram import Histogram, count_colors
from .refine import snap_to_colors, snap_to_image
from .seen import count_seen, find_seen
from .separate import MIN_DIFFERENCE, distinguishable, drop_near_duplicates, fill, separate
from .shares import binned_shares, sampled_shares
from .together import merge, merge_counts

# How much the shares in the reduced image count if a colour has none among the sampled pixels.
_BINNED_SHARES_WEIGHT = 0.005
_ROUNDS = 3
_NONE = np.empty((0, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Brief:
    """What is asked for: up to ``colors``, as many as the image asks for if ``is_auto``."""

    colors: int
    is_auto: bool
    exactly: bool
    style: Style
    choices: Choices

    @property
    def insists(self) -> bool:
        """Whether there are fewer colours only if no other is distinguishable."""
        return self.exactly or self.style == "faithful"


def choose_from_distinct(rasters: Sequence[Raster], brief: Brief) -> tuple[Bytes, Values] | None:
    """Return the colours and shares of images that have few enough to be exact, or None."""
    distinct = merge_counts([raster.distinct for raster in rasters])
    if not distinct:
        return None
    chosen = apply_to_distinct(distinct, brief.colors, brief.choices)
    if chosen is None:
        return None
    counts, rgb = chosen
    rgb = _canonical_order(rgb)
    counted = srgb_to_oklab(list(counts))
    nearest = squared_distances(counted, srgb_to_oklab(rgb)).argmin(axis=1)
    weight = np.bincount(nearest, list(counts.values()), len(rgb))
    return rgb, weight / weight.sum()


def choose_from_histogram(rasters: Sequence[Raster], brief: Brief) -> tuple[Bytes, Values]:
    """Return the colours and shares of images that have more colours than the palette may."""
    choices = brief.choices
    histogram = merge([count_flat_colors(raster) or count_colors(raster) for raster in rasters])
    colors = brief.colors
    if brief.is_auto:
        colors = max(count_seen(histogram, colors), len(choices.keep))
    rgb = _find(histogram, colors + len(choices.leave_out), brief)
    if choices:
        histogram = without_left_out(histogram, rgb, choices)
        around = without_kept(histogram, rgb, choices) if brief.style == "faithful" else histogram
        rgb = choices.kept
        if not len(rgb) or len(_fill(rgb, histogram, colors, brief)) > len(rgb):
            others = _find(around, colors - len(choices.keep), brief, choices.kept)
            rgb = np.concatenate([choices.kept, others[distinguishable(others, choices.chosen)]])
            rgb = _complete(rgb, histogram, colors, brief)
    if brief.exactly and histogram.is_exact and len(rgb) < colors:
        everything = merge([count_colors(raster) for raster in rasters])
        with_edges = without_left_out(everything, rgb, choices)
        rgb = _complete(rgb, with_edges, colors, brief)
    rgb = _canonical_order(rgb)
    samples = [sampled_shares(rgb, raster.sample, choices.left_out) for raster in rasters]
    shares: Values = np.mean(samples, axis=0)
    if not shares.all():  # no sampled pixel is nearest to something small, or to a blend
        binned = binned_shares(rgb, histogram)
        shares = (1 - _BINNED_SHARES_WEIGHT) * shares + _BINNED_SHARES_WEIGHT * binned
    return rgb, shares / shares.sum()


def _find(histogram: Histogram, colors: int, brief: Brief, kept: Bytes = _NONE) -> Bytes:
    """Find up to ``colors`` colours, shape (k, 3), of these pixels, beside those kept, (m, 3)."""
    if not colors or not len(histogram.lab):
        return _NONE
    if brief.style == "faithful":
        centers = find_faithful(histogram, colors)
        return separate(snap_to_image(centers, histogram), histogram, colors)
    centers = find_seen(histogram, colors, srgb_to_oklab(kept))
    if not len(centers):
        return _NONE
    if histogram.is_exact:
        rgb = snap_to_colors(centers, histogram)
    else:
        rgb = snap_to_image(centers, histogram)
    rgb = drop_near_duplicates(rgb, histogram)
    return rgb if len(kept) else _complete(rgb, histogram, colors, brief)


def _complete(rgb: Bytes, histogram: Histogram, colors: int, brief: Brief) -> Bytes:
    """Add colours, shape (k, 3), up to ``colors``, while there are others to add.

    What is added may leave an earlier colour without a share: it goes, unless it is to be kept.
    """
    for _ in range(_ROUNDS):
        rgb = _fill(rgb, histogram, colors, brief)
        is_kept = (rgb[:, None] == brief.choices.kept).all(axis=2).any(axis=1)
        is_used = is_kept | (binned_shares(rgb, histogram) > 0)
        if is_used.all():
            break
        rgb = rgb[is_used]
    return rgb


def _fill(rgb: Bytes, histogram: Histogram, colors: int, brief: Brief) -> Bytes:
    if len(rgb) == colors:
        return rgb  # to save time
    if brief.insists or histogram.is_exact:  # areas of flat art are things of their own
        return fill(rgb, histogram, colors)
    counted = subset(histogram, counted_bins(histogram, colors))
    return fill(rgb, counted, colors, max(MIN_DIFFERENCE, min_distance(colors)))


def _canonical_order(rgb: Bytes) -> Bytes:
    """Sort colours, so that the order in which they were found makes no difference."""
    return rgb[np.lexsort(rgb.T[::-1])]
