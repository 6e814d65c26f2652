"""From the bytes of an image to its palette, one stage a line."""

import numpy as np
from numpy.typing import NDArray

from .accents import find_accents
from .background import find_background
from .cluster import cluster
from .decode import Raster, decode
from .errors import ColorCountError
from .histogram import count_colors
from .model import MAX_COLORS, RGB, Palette, Swatch
from .names import name_colors
from .oklab import srgb_to_oklab
from .order import shortest_path
from .refine import make_room, pull_to_medians, real_colors
from .roles import tell_roles
from .separate import separate, shares

Bytes = NDArray[np.uint8]
Shares = NDArray[np.float64]


def extract(data: bytes, colors: int = 10) -> Palette:
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

    Raises :class:`ColorCountError` or one of the children of :class:`ImageError`.
    """
    check_count(colors)
    raster = decode(data, few=colors)
    rgb, share = _distinct(raster.distinct) if raster.distinct else _clustered(raster, colors)
    lab = srgb_to_oklab(rgb)
    path = shortest_path(lab)
    rgb, share, lab = rgb[path], share[path], lab[path]
    names, roles = name_colors(lab), tell_roles(lab, share)
    swatches = tuple(
        Swatch(_triple(color), float(part), name, role)
        for color, part, name, role in zip(rgb, share, names, roles, strict=True)
    )
    background = find_background(raster, lab)
    return Palette(swatches, None if background is None else swatches[background], raster.notes)


def check_count(colors: int) -> None:
    """Raise :class:`ColorCountError` unless ``colors`` is an integer from 1 to 20."""
    if type(colors) is not int or not 1 <= colors <= MAX_COLORS:
        raise ColorCountError(f"The number of colours must be an integer from 1 to {MAX_COLORS}.")


def _distinct(counts: dict[RGB, float]) -> tuple[Bytes, Shares]:
    found = sorted(counts)
    weight = np.array([counts[color] for color in found])
    return np.array(found, np.uint8), weight / weight.sum()


def _clustered(raster: Raster, colors: int) -> tuple[Bytes, Shares]:
    histogram = count_colors(raster)
    centers = cluster(histogram.lab, histogram.weight, colors)
    accents = find_accents(histogram, centers, colors)
    centers = make_room(centers, accents, histogram, colors)
    centers = pull_to_medians(centers, histogram, fixed=len(accents))
    rgb = real_colors(centers, histogram, raster.rgb)
    rgb = separate(rgb, histogram, colors)
    return rgb, shares(rgb, histogram)


def _triple(color: Bytes) -> RGB:
    red, green, blue = color.tolist()
    return red, green, blue
