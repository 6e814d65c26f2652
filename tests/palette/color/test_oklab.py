import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from palette.color.oklab import (
    chroma,
    distances,
    linear,
    nearest_distance,
    oklab_to_srgb,
    prepare,
    squared_distances,
    squared_distances_to,
    srgb_to_oklab,
)
from tests.bench.ottosson import OTTOSSON

colors = npst.arrays(np.uint8, 3)


def srgb_of(xyz: tuple[float, float, float]) -> list[float]:
    """Convert XYZ under D65 to sRGB, 0 to 255, without clipping."""
    light = Color("xyz-d65", xyz).convert("srgb-linear").coords()
    encoded = [12.92 * x if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055 for x in light]
    return [255 * value for value in encoded]


@pytest.mark.parametrize(("xyz", "published"), OTTOSSON)
def test_conversion_gives_ottossons_table(
    xyz: tuple[float, float, float], published: tuple[float, float, float]
) -> None:
    with np.errstate(invalid="ignore"):  # in the branch of the curve that is not taken
        assert srgb_to_oklab(srgb_of(xyz)) == pytest.approx(published, abs=1e-3)


@given(colors)
def test_conversion_equals_that_of_coloraide(rgb: np.ndarray) -> None:
    expected = Color("srgb", (rgb / 255).tolist()).convert("oklab").coords()
    # Its matrices are those that CSS Color 4 recomputed with more digits.
    assert srgb_to_oklab(rgb) == pytest.approx(expected, abs=1e-4)


def test_white_and_black_are_exact() -> None:
    assert srgb_to_oklab([255, 255, 255]) == pytest.approx((1, 0, 0), abs=1e-6)
    assert srgb_to_oklab([0, 0, 0]).tolist() == [0, 0, 0]


def test_byte_triples_survive_the_round_trip_exactly() -> None:
    steps = np.append(np.arange(0, 256, 3), [254, 255])
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    greys = np.repeat(np.arange(256), 3).reshape(-1, 3)
    for rgb in (grid, greys):
        assert np.array_equal(oklab_to_srgb(srgb_to_oklab(rgb)), rgb)


def test_colors_outside_srgb_are_clipped() -> None:
    lab = np.array([[1.5, 0, 0], [-0.5, 0, 0], [0.5, 0.4, 0.2]])
    white, black, red = oklab_to_srgb(lab)
    assert white.tolist() == [255, 255, 255]
    assert black.tolist() == [0, 0, 0]
    assert red[0] == 255
    assert red[1] == 0


def test_linear_light_follows_the_standard() -> None:
    # IEC 61966-2-1: both ends, the knee and a byte in the middle.
    assert linear([0, 255]).tolist() == [0, 1]
    assert linear(0.04045 * 255) == pytest.approx(0.0031308, abs=1e-7)
    assert linear(128) == pytest.approx(0.2158605, abs=1e-7)


def test_any_shape_and_fractions_are_accepted() -> None:
    assert srgb_to_oklab([1.5, 2.5, 3.5]).shape == (3,)
    assert srgb_to_oklab(np.zeros((2, 5, 3), np.uint8)).shape == (2, 5, 3)
    assert srgb_to_oklab(np.zeros((0, 3))).shape == (0, 3)


@given(st.integers(0, 255))
def test_grays_have_no_chroma(value: int) -> None:
    assert chroma(srgb_to_oklab([value] * 3)) == pytest.approx(0, abs=1e-6)


def test_chroma_is_the_distance_from_gray() -> None:
    assert chroma(np.array([[0.5, 0.3, -0.4], [0.2, 0, 0.1]])).tolist() == [0.5, 0.1]


@given(npst.arrays(np.uint8, (3, 3)), npst.arrays(np.uint8, (4, 3)))
def test_squared_distances_cover_all_pairs(one: np.ndarray, other: np.ndarray) -> None:
    first, second = srgb_to_oklab(one), srgb_to_oklab(other)
    plain = [[((a - b) ** 2).sum() for b in second] for a in first]
    assert squared_distances(first, second) == pytest.approx(np.array(plain), abs=1e-12)


@given(npst.arrays(np.uint8, (3, 3)), npst.arrays(np.uint8, (4, 3)))
def test_distances_are_square_roots_of_squared_distances(
    one: np.ndarray, other: np.ndarray
) -> None:
    first, second = srgb_to_oklab(one), srgb_to_oklab(other)
    plain = np.linalg.norm(first[:, None] - second, axis=2)
    assert distances(first, second) == pytest.approx(plain, abs=1e-6)


@given(npst.arrays(np.uint8, (3, 3)), npst.arrays(np.uint8, (4, 3)))
def test_distances_to_prepared_colors_are_nearly_the_same(
    one: np.ndarray, other: np.ndarray
) -> None:
    first, second = srgb_to_oklab(one), srgb_to_oklab(other)
    plain = np.linalg.norm(first[:, None] - second, axis=2)
    found = squared_distances_to(prepare(second), first)
    assert found == pytest.approx(plain**2, abs=1e-6)
    nearest = nearest_distance(prepare(second), first)
    assert nearest**2 == pytest.approx(plain.min(axis=0) ** 2, abs=1e-6)
