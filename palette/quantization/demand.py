"""What a palette is asked to serve: the colours of an image, by area and by how they stand out."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from palette.color.arrays import Bins, Indices, Lab, Mask, Singles, Values
from palette.color.ciede2000 import srgb_to_cielab
from palette.color.oklab import squared_distances
from palette.color.uniform import cielab_to_uniform

from .histogram import HIDDEN, Histogram, bin_colors

# Distances are those of the uniform space: about CIEDE2000.
REACH = 10.0  # at which a colour serves another by 1/e
_CELL = 6.0  # side of a cell
_MIN_SHARE = 1e-4  # of a cell that counts
_MAX_CELLS = 600  # those with the largest shares; only noise has more

_AREA_PART = 0.5  # of the demand: what colours cover; the rest: what a person would point at
_RADIUS = 8.0  # within which cells count as the same colour, by exp(-(d / radius)²)
_LIGHTNESS = 0.7  # weight of lightness beside hue and chroma, as with CIEDE2000's k_L of 1.4
_CROWD_EXPONENT = 0.4  # a colour of ten times the area is pointed at 2.5 times as often
_FULL_SHARE = 1e-3  # from about this share on, a colour is large enough to be pointed at
_CHROMA_UNIT, _CHROMA_EXPONENT = 10.0, 2.0  # CIELAB
_FAR = 40.0  # distance from the image's mean colour that makes a colour e times as wanted
_CONTRASTING = 20 / 3  # the same for its distance from its surroundings in the image

_MAP_SIDE = 128  # pixels: the longer side of the map on which surroundings are looked at
_BLUR = 3  # pixels of that map: what is finer is texture and stands out from nothing
_SURROUNDINGS = 0.2  # of the longer side
_PRIOR_PIXELS = 0.3  # how many pixels of average contrast each cell is given


@dataclass(frozen=True)
class Cells:
    """The n cells of a grid in the uniform space that hold colours of an image.

    ``place``, shape (n, 3), and ``lab``, OKLab, shape (n, 3), are the mean colours; ``area``, shape
    (n,), the share of the counted pixels; ``demand``, shape (n,), is what a palette should serve.
    Both sum to 1.
    """

    place: Values
    lab: Lab
    area: Values
    demand: Values

    @cached_property
    def served_by(self) -> Singles:
        """How well each cell serves each, shape (n, n), symmetric."""
        return service(self.place, self.place, REACH).astype(np.float32)


def find_cells(histogram: Histogram, colors: int) -> Cells:
    """Divide the colours of a histogram into cells, and weigh them.

    Half of the demand is the area that a cell covers. The other half is what a person would point
    at: large colours count for less than their area, and vivid ones, those unlike the rest of the
    image, and those unlike their surroundings in the image for more.
    """
    place, chroma = bin_places(histogram), _bin_table()[1].take(histogram.bins)
    cell_of = _cells_of(place)
    share = np.bincount(cell_of, histogram.weight).astype(np.float64)
    counts = _is_counted(share, colors)

    def mean(values: Values) -> Values:
        return (np.bincount(cell_of, histogram.weight * values) / share)[counts]

    places = np.stack([mean(axis) for axis in place.T], axis=1)
    lab = np.stack([mean(axis) for axis in histogram.lab.T], axis=1)
    area = share[counts] / share[counts].sum()
    nearby = service(places, places, _RADIUS)
    contrast = _contrasts(histogram, cell_of, counts, nearby)
    density = nearby @ area
    off = np.linalg.norm(places - area @ places, axis=1)
    wanted = (
        (area / density)  # of what all cells of about this colour are wanted
        * density**_CROWD_EXPONENT
        * (density / (density + _FULL_SHARE))
        * (1 + mean(chroma) / _CHROMA_UNIT) ** _CHROMA_EXPONENT
        * np.exp(off / _FAR + contrast / _CONTRASTING)
    )
    demand = _AREA_PART * area + (1 - _AREA_PART) * wanted / wanted.sum()
    return Cells(places, lab, area, demand)


def counted_bins(histogram: Histogram, colors: int) -> Mask:
    """Return which colours of a histogram, shape (n,), are in cells that count."""
    cell_of = _cells_of(bin_places(histogram))
    share = np.bincount(cell_of, histogram.weight).astype(np.float64)
    return _is_counted(share, colors)[cell_of]


def service(places: Values, others: Values, reach: float) -> Values:
    """Return how well each colour serves each other: 1 if equal, 1/e at ``reach``.

    Shapes (n, 3) and (m, 3) in the uniform space in, (n, m) out.
    """
    return np.exp(-squared_reach(places, others, reach))


def squared_reach(places: Values, others: Values, reach: float) -> Values:
    """Return the square of how many times ``reach`` each colour is from each other, (n, m)."""
    scale = np.array([_LIGHTNESS, 1.0, 1.0]) / reach
    return np.maximum(squared_distances(places * scale, others * scale), 0.0)


def bin_places(histogram: Histogram) -> Values:
    """Return where the colours of a histogram are in the uniform space, shape (n, 3)."""
    return _bin_table()[0].take(histogram.bins, axis=0)


@cache
def _bin_table() -> tuple[Values, Values]:
    """Return the place in the uniform space, and the CIELAB chroma, of every bin's centre."""
    lab = srgb_to_cielab(bin_colors())
    return cielab_to_uniform(lab), np.hypot(lab[:, 1], lab[:, 2])


def _cells_of(place: Values) -> Indices:
    """Return the number of the cell that each of n colours, shape (n, 3), lies in."""
    grid = np.floor(place / _CELL).astype(np.intp)
    grid -= grid.min(axis=0)
    rows, columns = grid[:, 1].max() + 1, grid[:, 2].max() + 1
    code = (grid[:, 0] * rows + grid[:, 1]) * columns + grid[:, 2]
    number = np.cumsum(np.bincount(code) > 0) - 1
    return number[code]


def _is_counted(share: Values, colors: int) -> Mask:
    """Return which cells count: those that are large enough, but never fewer than ``colors``."""
    largest = np.sort(share)[::-1]
    floor = min(_MIN_SHARE, largest[min(colors, len(share)) - 1])
    if len(share) > _MAX_CELLS:
        floor = max(floor, largest[_MAX_CELLS - 1])
    return share >= floor


def _contrasts(histogram: Histogram, cell_of: Indices, counts: Mask, nearby: Values) -> Values:
    """Return how far the colour of each counted cell is from its surroundings, where it occurs."""
    none = len(nearby)  # the number that stands for all cells that do not count
    cell_of_bin = np.full(HIDDEN + 1, none)
    cell_of_bin[histogram.bins] = np.where(counts, np.cumsum(counts) - 1, none)[cell_of]
    pixels, total = np.zeros((2, len(histogram.pixels), none))
    for number, image in enumerate(histogram.pixels):
        bins, contrast = _contrast_map(image.bins)
        cell = cell_of_bin.take(bins, mode="clip").ravel()
        pixels[number] = np.bincount(cell, minlength=none + 1)[:none]
        total[number] = np.bincount(cell, contrast.ravel(), none + 1)[:none]
    sizes = pixels.sum(axis=1)
    weight = sizes.mean() / np.maximum(sizes, 1) / len(sizes)  # each image weighs the same
    pixels, total = weight @ pixels, weight @ total
    prior = _PRIOR_PIXELS * total.sum() / max(pixels.sum(), 1)
    return (nearby @ total + prior) / (nearby @ pixels + _PRIOR_PIXELS)


def _contrast_map(bins: Bins) -> tuple[Bins, Singles]:
    """Return pixels, shape (frames, height, width), and how far each is from its surroundings."""
    from scipy.ndimage import uniform_filter  # noqa: PLC0415, slow to load, as in cluster.py

    frames, height, width = bins.shape
    block = max(1, round(max(height, width) / _MAP_SIDE))
    down, across = min(block, height), min(block, width)
    bins = bins[:, : height // down * down, : width // across * across]
    table = _map_table()
    sums = np.zeros((frames, height // down, width // across, 4), np.float32)
    for top, left in np.ndindex(down, across):
        # No bin is out of range: mode "clip" only skips the check.
        sums += table.take(bins[:, top::down, left::across], axis=0, mode="clip")
    size = max(3, int(_SURROUNDINGS * max(sums.shape[1:3])) | 1)
    planes = np.ascontiguousarray(np.moveaxis(sums, -1, 0))  # filtering is faster so
    pixels = np.float32(down * across)
    if planes[3].min() == pixels:  # nothing is hidden: to save time
        planes = planes[:3]

    def mean_within(side: int) -> Singles:
        means = uniform_filter(planes, (1, 1, side, side), mode="nearest")
        return means[:3] / (means[3].clip(1e-6) if len(means) > 3 else pixels)

    difference = mean_within(_BLUR) - mean_within(size)
    contrast: Singles = np.sqrt(np.einsum("i...,i...->...", difference, difference))
    return bins, contrast.repeat(down, axis=1).repeat(across, axis=2)


@cache
def _map_table() -> Singles:
    """Return each bin's place in the uniform space and a 1; of transparent pixels, zeros."""
    places = np.concatenate([_bin_table()[0], np.ones((HIDDEN, 1))], axis=1)
    return np.concatenate([places, np.zeros((1, 4))]).astype(np.float32)
