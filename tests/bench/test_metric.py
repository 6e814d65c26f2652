"""The metric itself is verified with published figures."""

import numpy as np
import pytest

from tests.bench.metric import cielab, delta_e_2000, delta_e_ok, oklab, srgb_to_xyz, xyz_to_oklab
from tests.bench.ottosson import OTTOSSON
from tests.bench.sharma import SHARMA_WU_DALAL


@pytest.mark.parametrize("pair", SHARMA_WU_DALAL, ids=range(1, 35))
def test_ciede2000_gives_the_published_difference_both_ways(pair: np.ndarray) -> None:
    first, second, published = pair[:3], pair[3:6], pair[6]
    assert delta_e_2000(first, second) == pytest.approx(published, abs=5e-5)
    assert delta_e_2000(second, first) == pytest.approx(published, abs=5e-5)


def test_ciede2000_broadcasts() -> None:
    pairs = delta_e_2000(SHARMA_WU_DALAL[:, None, :3], SHARMA_WU_DALAL[None, :, 3:6])
    assert np.diag(pairs) == pytest.approx(SHARMA_WU_DALAL[:, 6], abs=5e-5)


@pytest.mark.parametrize(("xyz", "published"), OTTOSSON)
def test_oklab_gives_ottossons_table(xyz: tuple[float, ...], published: tuple[float, ...]) -> None:
    assert xyz_to_oklab(xyz) == pytest.approx(published, abs=1e-3)


@pytest.mark.parametrize(
    ("rgb", "published"),
    [
        ((255, 255, 255), (1, 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
        ((0, 128, 0), (0.51975, -0.1403, 0.10768)),
        ((125, 35, 41), (0.40101, 0.1147, 0.0453)),
        ((198, 93, 7), (0.59686, 0.1009, 0.1192)),
        ((157, 147, 24), (0.65125, -0.0320, 0.1274)),
        ((104, 166, 57), (0.66016, -0.1084, 0.1114)),
        ((98, 172, 239), (0.72322, -0.0465, -0.1150)),
    ],
)
def test_oklab_gives_the_examples_of_css_color_4(
    rgb: tuple[int, ...], published: tuple[float, ...]
) -> None:
    # The examples are rounded to 8 bits a channel: half a level is about 0.002 here.
    assert oklab(rgb) == pytest.approx(published, abs=2e-3)


def test_srgb_primaries_give_the_published_xyz_and_cielab() -> None:
    # B. Lindbloom's sRGB matrix under D65, and the CIELAB of its red, green and blue.
    red, green, blue = np.eye(3) * 255
    assert srgb_to_xyz(red) == pytest.approx((0.4124564, 0.2126729, 0.0193339), abs=2e-4)
    assert srgb_to_xyz(green) == pytest.approx((0.3575761, 0.7151522, 0.1191920), abs=2e-4)
    assert srgb_to_xyz(blue) == pytest.approx((0.1804375, 0.0721750, 0.9503041), abs=4e-4)
    assert cielab(red) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    assert cielab(green) == pytest.approx((87.73, -86.18, 83.18), abs=0.05)
    assert cielab(blue) == pytest.approx((32.30, 79.19, -107.86), abs=0.05)


def test_delta_e_ok_is_a_hundred_from_black_to_white() -> None:
    assert delta_e_ok(oklab((0, 0, 0)), oklab((255, 255, 255))) == pytest.approx(100, abs=1e-4)
