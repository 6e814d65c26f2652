"""From the bytes of an image to its palette, one stage a line."""

from collections.abc import Sequence

import numpy as np

from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.annotation.roles import assign_roles, find_background
from palette.color.arrays import Bytes, Values
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.decode import Raster, decode
from palette.quantization.choices import (
    Choices,
    apply_to_distinct,
    apply_to_flats,
    complete,
    validate_choices,
    without_kept,
    without_left_out,
)
from palette.quantization.cluster import single_threaded
from palette.quantization.faithful import find_faithful
from palette.quantization.flat_art import choose_flats
from palette.quantization.flats import find_flats
from palette.quantization.histogram import Histogram, count_colors
from palette.quantization.refine import snap_to_image
from palette.quantization.seen import find_seen
from palette.quantization.separate import separate
from palette.quantization.shares import binned_shares, sampled_shares

from .errors import ColorCountError, UnknownStyleError
from .model import MAX_COLORS, STYLES, Palette, Style, Swatch

# How much the shares in the reduced image count if a colour has none among the sampled pixels.
_BINNED_SHARES_WEIGHT = 0.005


def extract(
    data: bytes,
    colors: int = 10,
    *,
    style: Style = "seen",
    keep: Sequence[RGB] = (),
    leave_out: Sequence[RGB] = (),
) -> Palette:
    """Find the colours that make up an image.

    ``data`` is the content of an image file in any supported format, ``colors`` an integer from 1
    to 20. Guarantees:

    - The same bytes give an equal palette in every run and process, with any number of threads.
    - An image of at most ``colors`` distinct visible colours gives exactly those.
    - Otherwise no two colours are closer than CIEDE2000 3, and there are fewer than ``colors`` only
      if every colour of the image (counted in bins of 40 levels a channel) is that close to one of
      them. In flat art, such as logos, sprites and screenshots, fewer are enough in style "seen":
      edges and thin strokes are smoothed with colours that do not count, nor do those of less than
      0.02 % of the pixels, nor those of thin lines and of photos that are closer than CIEDE2000 6
      to one that is there. Each colour of flat art is one that pixels have.
    - Shares are positive and sum to 1. No two names are the same. The order is the shortest path
      through the colours in OKLab, from its darker end.

    ``keep`` and ``leave_out`` are colours of an earlier palette of the image. The colours to keep
    are in the palette exactly as given, and the others are found around them; the share of a kept
    colour is 0 if no pixel is nearest to it. Pixels of the colours to leave out count as if they
    were transparent. Keeping all colours of a palette gives that palette again.

    Raises :class:`ColorCountError`, :class:`UnknownStyleError`, :class:`ChoiceError` or a subclass
    of :class:`ImageError`.
    """
    _check_count(colors)
    if style not in STYLES:
        raise UnknownStyleError(f"The style must be one of {', '.join(STYLES)}.")
    choices = validate_choices(colors, keep, leave_out)
    raster = decode(
        data, max_distinct=colors + len(choices.leave_out), with_neighbors=style == "seen"
    )
    found = _from_distinct(raster, colors, choices)
    if found is None:
        with single_threaded():
            found = _from_histogram(raster, colors, choices, style)
    rgb, shares = found
    lab = srgb_to_oklab(rgb)
    path = shortest_path(lab)
    rgb, shares, lab = rgb[path], shares[path], lab[path]
    names, roles = name_colors(lab), assign_roles(lab, shares)
    swatches = tuple(
        Swatch(_to_rgb(color), float(share), name, color_roles)
        for color, share, name, color_roles in zip(rgb, shares, names, roles, strict=True)
    )
    background = find_background(raster, np.concatenate([lab, srgb_to_oklab(choices.left_out)]))
    if background is not None and background >= len(swatches):
        background = None  # it was left out
    return Palette(swatches, None if background is None else swatches[background], raster.notes)


def _check_count(colors: int) -> None:
    """Raise :class:`ColorCountError` unless ``colors`` is an integer from 1 to 20."""
    if type(colors) is not int or not 1 <= colors <= MAX_COLORS:
        raise ColorCountError(f"The number of colours must be an integer from 1 to {MAX_COLORS}.")


def _from_distinct(raster: Raster, colors: int, choices: Choices) -> tuple[Bytes, Values] | None:
    """Return the colours and shares of an image that has few enough to be exact."""
    chosen = apply_to_distinct(raster.distinct, colors, choices) if raster.distinct else None
    if chosen is None:
        return None
    counts, rgb = chosen
    rgb = _canonical_order(rgb)
    counted = srgb_to_oklab(list(counts))
    nearest = squared_distances(counted, srgb_to_oklab(rgb)).argmin(axis=1)
    weight = np.bincount(nearest, list(counts.values()), len(rgb))
    return rgb, weight / weight.sum()


def _from_histogram(
    raster: Raster, colors: int, choices: Choices, style: Style
) -> tuple[Bytes, Values]:
    """Return the colours and shares of an image that has more colours than the palette may."""
    histogram = count_colors(raster)
    rgb = _choose(histogram, raster, colors, choices, style)
    rgb = _canonical_order(rgb)
    shares = sampled_shares(rgb, raster.sample, choices.left_out)
    if not shares.all():  # no sampled pixel is nearest to something small, or to a blend
        binned = binned_shares(rgb, histogram)
        shares = (1 - _BINNED_SHARES_WEIGHT) * shares + _BINNED_SHARES_WEIGHT * binned
    return rgb, shares / shares.sum()


def _choose(
    histogram: Histogram, raster: Raster, colors: int, choices: Choices, style: Style
) -> Bytes:
    """Return the colours to keep and others, shape (k, 3), from the histogram of this raster."""
    flats = find_flats(raster)  # None in style "faithful"
    if flats is not None:
        rgb = choose_flats(flats, histogram, colors)
        if choices:
            flats = apply_to_flats(flats, rgb, choices)
            others = choose_flats(flats, histogram, colors - len(choices.keep))
            rgb = np.concatenate([choices.kept, others])
        return rgb
    rgb = _find(histogram, raster.rgb, colors, style)
    if choices:
        histogram = without_left_out(histogram, rgb, choices)
        rest = without_kept(histogram, rgb, choices)
        rgb = _find(rest, raster.rgb, colors - len(choices.keep), style)
        rgb = complete(rgb, histogram, colors, choices)
    return rgb


def _find(histogram: Histogram, pixels: Bytes, colors: int, style: Style) -> Bytes:
    """Find up to ``colors`` colours, shape (k, 3), in the histogram of these pixels."""
    if not colors or not len(histogram.lab):
        return np.empty((0, 3), np.uint8)
    find = find_seen if style == "seen" else find_faithful
    centers = find(histogram, colors)
    rgb = snap_to_image(centers, histogram, pixels)
    return separate(rgb, histogram, colors)


def _canonical_order(rgb: Bytes) -> Bytes:
    """Sort colours, so that the order in which they were found makes no difference."""
    return np.unique(rgb, axis=0)


def _to_rgb(color: Bytes) -> RGB:
    red, green, blue = color.tolist()
    return red, green, blue
