"""The space in which plain distances are about CIEDE2000."""

import numpy as np

from palette.color.ciede2000 import ciede2000, srgb_to_cielab
from palette.color.uniform import cielab_to_uniform


def test_distances_are_about_ciede2000() -> None:
    rng = np.random.default_rng(0)
    one = rng.integers(0, 256, (60_000, 3))
    other = np.clip(one + rng.integers(-24, 25, one.shape), 0, 255)
    lab, other_lab = srgb_to_cielab(one), srgb_to_cielab(other)
    difference = ciede2000(lab, other_lab)
    distance = np.linalg.norm(cielab_to_uniform(lab) - cielab_to_uniform(other_lab), axis=1)
    is_small = (difference >= 2) & (difference <= 10)
    ratio = distance[is_small] / difference[is_small]
    assert is_small.sum() > 10_000
    low, high = np.percentile(ratio, [5, 95])
    assert 0.8 <= low < high <= 1.2


def test_greys_lie_on_the_axis_of_lightness() -> None:
    greys = np.arange(256)[:, None].repeat(3, axis=1)
    places = cielab_to_uniform(srgb_to_cielab(greys))
    assert np.abs(places[:, 1:]).max() < 0.05
    assert np.all(np.diff(places[:, 0]) > 0)


def test_shapes_are_kept() -> None:
    assert cielab_to_uniform(np.zeros((2, 4, 3))).shape == (2, 4, 3)
