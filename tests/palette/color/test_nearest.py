import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as npst

from palette.color.nearest import count_nearest
from palette.color.oklab import squared_distances, srgb_to_oklab

pixel_arrays = npst.arrays(np.uint8, (20, 3))
alphas = npst.arrays(np.uint8, 20)
COLORS = srgb_to_oklab([[255, 0, 0], [0, 0, 255], [128, 128, 128]])


@given(pixel_arrays, alphas)
def test_pixels_count_for_the_nearest_color_by_their_alpha(
    pixels: np.ndarray, alpha: np.ndarray
) -> None:
    squared = squared_distances(srgb_to_oklab(pixels), COLORS)
    is_nearest = squared <= squared.min(axis=1, keepdims=True) + 1e-6
    found = count_nearest(COLORS, pixels, alpha)
    is_certain = is_nearest & (is_nearest.sum(axis=1, keepdims=True) == 1)
    for fewest, most, count in zip(
        (is_certain * alpha[:, None]).sum(axis=0) / 255,
        (is_nearest * alpha[:, None]).sum(axis=0) / 255,
        found,
        strict=True,
    ):
        assert fewest - 1e-9 <= count <= most + 1e-9


@given(pixel_arrays)
def test_without_alpha_each_pixel_counts_as_one(pixels: np.ndarray) -> None:
    opaque = np.full(len(pixels), 255, np.uint8)
    with_alpha = count_nearest(COLORS, pixels, opaque)
    assert count_nearest(COLORS, pixels, None) == pytest.approx(with_alpha)
