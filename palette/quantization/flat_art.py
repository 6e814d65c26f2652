"""The palette of flat art: colours that its pixels have, exactly."""

import numpy as np

from palette.color.arrays import Bytes, Values
from palette.color.ciede2000 import difference_matrix, srgb_to_cielab
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.color.uniform import cielab_to_uniform

from .demand import Cells, bin_places, contrasts, grid_cells, service, vicinity, weigh
from .facility_location import REACH, choose_cells
from .flats import Flats
from .histogram import Histogram

_MIN_REST_SHARE = 3e-4  # of a cell of what is not flat
_MAX_REST_CELLS = 300
_MIN_REST_DIFFERENCE = 6.0  # CIEDE2000, of a colour of what is not flat, from all others


def choose_flats(flats: Flats, histogram: Histogram, colors: int) -> Bytes:
    """Choose up to ``colors`` colours, shape (k, 3), that serve the demand of flat art best.

    Each is a flat colour or, where the image is not flat, that of a pixel. No two differ by less
    than CIEDE2000 3.
    """
    if not colors or not len(flats.rgb) + len(flats.rest):
        return np.empty((0, 3), np.uint8)
    cells = _find_cells(flats, histogram)
    flat_count = len(flats.rgb)
    chosen = sorted(choose_cells(cells, colors, np.empty((0, 3))))
    rgb = flats.rgb[[index for index in chosen if index < flat_count]]
    for index in chosen:
        if index >= flat_count:
            to_center = squared_distances(cells.lab[[index]], srgb_to_oklab(flats.rest))[0]
            color = flats.rest[[int(to_center.argmin())]]
            if difference_matrix(color, rgb).min(initial=np.inf) >= _MIN_REST_DIFFERENCE:
                rgb = np.concatenate([rgb, color])
    return rgb


def _find_cells(flats: Flats, histogram: Histogram) -> Cells:
    """Return each flat colour as a cell of its own, then the cells of what is not flat."""
    whole = flats.weight.sum() + flats.rest_weight.sum()
    rest, rest_weight = _group(flats, _MIN_REST_SHARE * whole)
    flat_weight = flats.weight
    if len(rest) and len(flats.rgb):
        difference = difference_matrix(rest, flats.rgb)
        is_flat = difference.min(axis=1) < _MIN_REST_DIFFERENCE
        nearest = difference.argmin(axis=1)[is_flat]
        flat_weight = flat_weight + np.bincount(nearest, rest_weight[is_flat], len(flats.rgb))
        rest, rest_weight = rest[~is_flat], rest_weight[~is_flat]
    rgb = np.concatenate([flats.rgb, rest])
    cielab = srgb_to_cielab(rgb)
    places = cielab_to_uniform(cielab)
    area = np.concatenate([flat_weight, rest_weight])
    area /= max(area.sum(), 1e-9)
    nearby = vicinity(places)
    to_cells = service(bin_places(histogram), places, REACH)
    cell_of = to_cells.argmax(axis=1)
    contrast = contrasts(histogram, cell_of, nearby)
    chroma = np.hypot(cielab[:, 1], cielab[:, 2])
    return Cells(places, srgb_to_oklab(rgb), area, weigh(places, area, chroma, contrast, nearby))


def _group(flats: Flats, min_weight: float) -> tuple[Values, Values]:
    """Return the mean colours of what is not flat, shape (m, 3), and their weights, (m,)."""
    if not len(flats.rest):
        return np.empty((0, 3)), np.empty(0)
    cell = grid_cells(cielab_to_uniform(srgb_to_cielab(flats.rest)))
    weight = np.bincount(cell, flats.rest_weight).astype(np.float64)
    sums = [np.bincount(cell, flats.rest_weight * plane) for plane in flats.rest.T]
    counts = np.argsort(-weight, kind="stable")[:_MAX_REST_CELLS]
    counts = counts[weight[counts] >= min_weight]
    return np.stack(sums, axis=1)[counts] / weight[counts, None], weight[counts]
