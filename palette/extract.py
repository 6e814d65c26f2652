"""From the bytes of an image to its palette, one stage a line."""

from collections.abc import Sequence

import numpy as np

from palette.annotation.names import name_colors
from palette.annotation.order import shortest_path
from palette.annotation.roles import find_background, tell_roles
from palette.color.arrays import Bytes, Values
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.color.rgb import RGB
from palette.decoding.decode import Raster, decode
from palette.quantization.accents import find_accents
from palette.quantization.choices import (
    Choices,
    check_choices,
    choose_distinct,
    complete,
    without_kept,
    without_left_out,
)
from palette.quantization.cluster import cluster, one_thread
from palette.quantization.histogram import Histogram, count_colors
from palette.quantization.refine import make_room, pull_to_medians, real_colors
from palette.quantization.separate import separate
from palette.quantization.shares import count_shares, shares

from .errors import ColorCountError
from .model import MAX_COLORS, Palette, Swatch

# What a colour's share in the reduced picture counts: it may have none in the sampled pixels.
_BLENDED = 0.005


def extract(
    data: bytes,
    colors: int = 10,
    *,
    keep: Sequence[RGB] = (),
    leave_out: Sequence[RGB] = (),
) -> Palette:
    """Find the colours that make up an image.

    ``data`` is the content of an image file in any of the supported formats; ``colors`` an integer
    from 1 to 20. Guaranteed:

    - The same bytes give an equal palette in every run, process and number of threads.
    - An image of at most ``colors`` distinct visible colours gives exactly those.
    - Otherwise no two colours are nearer than CIEDE2000 3, and there are fewer than ``colors`` only
      if all that the picture shows (its colours counted in bins of 40 levels a channel) is that
      near to one of them.
    - Shares are positive and sum to 1; names differ; the order is the shortest path through the
      colours in OKLab, from its darker end.

    ``keep`` and ``leave_out`` are colours of an earlier palette of the picture. Those to keep are
    among the ``colors``, exactly as given, and the others are found anew around them; a share is 0
    if no pixel is nearest to a kept colour. Pixels of the colours to leave out count as if they
    were transparent. Keeping all colours of a palette gives that palette again.

    Raises :class:`ColorCountError`, :class:`ChoiceError` or one of the children of
    :class:`ImageError`.
    """
    check_count(colors)
    choices = check_choices(colors, keep, leave_out)
    raster = decode(data, few=colors + len(choices.leave_out))
    found = _distinct(raster, colors, choices)
    if found is None:
        with one_thread():
            found = _clustered(raster, colors, choices)
    rgb, share = found
    lab = srgb_to_oklab(rgb)
    path = shortest_path(lab)
    rgb, share, lab = rgb[path], share[path], lab[path]
    names, roles = name_colors(lab), tell_roles(lab, share)
    swatches = tuple(
        Swatch(_triple(color), float(part), name, role)
        for color, part, name, role in zip(rgb, share, names, roles, strict=True)
    )
    background = find_background(raster, np.concatenate([lab, srgb_to_oklab(choices.left_out)]))
    if background is not None and background >= len(swatches):
        background = None  # it was left out
    return Palette(swatches, None if background is None else swatches[background], raster.notes)


def check_count(colors: int) -> None:
    """Raise :class:`ColorCountError` unless ``colors`` is an integer from 1 to 20."""
    if type(colors) is not int or not 1 <= colors <= MAX_COLORS:
        raise ColorCountError(f"The number of colours must be an integer from 1 to {MAX_COLORS}.")


def _distinct(raster: Raster, colors: int, choices: Choices) -> tuple[Bytes, Values] | None:
    chosen = choose_distinct(raster.distinct, colors, choices) if raster.distinct else None
    if chosen is None:
        return None
    counts, rgb = chosen
    rgb = _sorted(rgb)
    found = srgb_to_oklab(list(counts))
    nearest = squared_distances(found, srgb_to_oklab(rgb)).argmin(axis=1)
    weight = np.bincount(nearest, list(counts.values()), len(rgb))
    return rgb, weight / weight.sum()


def _clustered(raster: Raster, colors: int, choices: Choices) -> tuple[Bytes, Values]:
    histogram = count_colors(raster)
    rgb = _found(histogram, raster.rgb, colors)
    if choices:
        histogram = without_left_out(histogram, rgb, choices)
        rest = without_kept(histogram, rgb, choices)
        rgb = _found(rest, raster.rgb, colors - len(choices.keep))
        rgb = complete(rgb, histogram, colors, choices)
    rgb = _sorted(rgb)
    share = count_shares(rgb, raster.sample, choices.left_out)
    if not share.all():  # no sampled pixel is nearest to a small thing, or what a reduction blended
        share = (1 - _BLENDED) * share + _BLENDED * shares(rgb, histogram)
    return rgb, share / share.sum()


def _found(histogram: Histogram, pixels: Bytes, colors: int) -> Bytes:
    """Find at most ``colors`` colours, shape (k, 3), in what a histogram counts of the pixels."""
    if not colors or not len(histogram.lab):
        return np.empty((0, 3), np.uint8)
    centers = cluster(histogram.lab, histogram.weight, colors)
    accents = find_accents(histogram, centers, colors)
    centers = make_room(centers, accents, histogram, colors)
    centers = pull_to_medians(centers, histogram, fixed=len(accents))
    rgb = real_colors(centers, histogram, pixels)
    return separate(rgb, histogram, colors)


def _sorted(rgb: Bytes) -> Bytes:
    """Bring equal colours into an equal order, however they were found."""
    return np.unique(rgb, axis=0)


def _triple(color: Bytes) -> RGB:
    red, green, blue = color.tolist()
    return red, green, blue
