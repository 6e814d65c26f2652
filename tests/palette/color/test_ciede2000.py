import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from palette.color.ciede2000 import ciede2000, difference_matrix, srgb_to_cielab
from tests.bench.sharma import SHARMA_WU_DALAL

colors = npst.arrays(np.uint8, 3)
cielab = st.tuples(st.floats(0, 100), st.floats(-128, 128), st.floats(-128, 128))


@pytest.mark.parametrize("pair", SHARMA_WU_DALAL, ids=range(1, 35))
def test_difference_is_the_published_one_both_ways(pair: np.ndarray) -> None:
    one, other, published = pair[:3], pair[3:6], pair[6]
    assert ciede2000(one, other) == pytest.approx(published, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(published, abs=5e-5)


@given(cielab, cielab)
def test_difference_equals_that_of_coloraide(
    one: tuple[float, ...], other: tuple[float, ...]
) -> None:
    expected = Color("lab-d65", one).delta_e(
        Color("lab-d65", other), method="2000", space="lab-d65"
    )
    assert ciede2000(one, other) == pytest.approx(expected, rel=1e-6, abs=1e-6)


@given(colors, colors)
def test_srgb_is_converted_as_by_coloraide(one: np.ndarray, other: np.ndarray) -> None:
    first, second = (Color("srgb", (rgb / 255).tolist()).convert("lab-d65") for rgb in (one, other))
    assert srgb_to_cielab(one) == pytest.approx(first.coords(), abs=0.01)
    expected = first.delta_e(second, method="2000", space="lab-d65")
    assert difference_matrix([one], [other]) == pytest.approx(expected, abs=0.01)


def test_white_is_exactly_neutral() -> None:
    assert srgb_to_cielab([255, 255, 255]) == pytest.approx((100, 0, 0), abs=1e-6)


def test_matrix_holds_all_pairs() -> None:
    one = np.array([[0, 0, 0], [255, 0, 0]], np.uint8)
    other = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 0]], np.uint8)
    matrix = difference_matrix(one, other)
    assert matrix.shape == (2, 3)
    assert matrix[0, 2] == matrix[1, 0] == 0
    assert matrix[0, 0] == pytest.approx(50.41, abs=0.01)
    assert matrix[1, 1] == pytest.approx(86.61, abs=0.01)
