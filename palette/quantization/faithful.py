"""The colours nearest to the pixels: k-means, as in the article this project grew from."""

from palette.color.arrays import Lab

from .accents import find_accents
from .cluster import cluster
from .histogram import Histogram
from .refine import make_room, pull_to_medians


def find_faithful(histogram: Histogram, colors: int) -> Lab:
    """Find up to ``colors`` centres in OKLab, shape (k, 3), of least error, with accents."""
    centers = cluster(histogram.lab, histogram.weight, colors)
    accents = find_accents(histogram, centers, colors)
    centers = make_room(centers, accents, histogram, colors)
    return pull_to_medians(centers, histogram, fixed=len(accents))
