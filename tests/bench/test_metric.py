"""The ruler is checked against published figures before anything is measured with it."""

import numpy as np
import pytest

from tests.bench.metric import cielab, delta_e_2000, delta_e_ok, oklab, srgb_to_xyz, xyz_to_oklab

# Table 1 of Sharma, Wu, Dalal (2005): L1 a1 b1, L2 a2 b2, ΔE2000.
SHARMA_WU_DALAL = np.array(
    [
        [50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425],
        [50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615],
        [50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412],
        [50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000],
        [50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669],
        [50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195],
        [50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045],
        [50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461],
        [50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065],
        [50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492],
        [50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977],
        [50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030],
        [50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000],
        [50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000],
        [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
        [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630],
        [61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731],
        [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
        [22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373],
        [36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
        [90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441],
        [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
        [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
        [2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082],
    ]
)


@pytest.mark.parametrize("pair", SHARMA_WU_DALAL, ids=range(1, 35))
def test_ciede2000_gives_the_published_difference_both_ways(pair: np.ndarray) -> None:
    first, second, published = pair[:3], pair[3:6], pair[6]
    assert delta_e_2000(first, second) == pytest.approx(published, abs=5e-5)
    assert delta_e_2000(second, first) == pytest.approx(published, abs=5e-5)


def test_ciede2000_broadcasts() -> None:
    pairs = delta_e_2000(SHARMA_WU_DALAL[:, None, :3], SHARMA_WU_DALAL[None, :, 3:6])
    assert np.diag(pairs) == pytest.approx(SHARMA_WU_DALAL[:, 6], abs=5e-5)


@pytest.mark.parametrize(
    ("xyz", "published"),
    [
        ((0.950, 1.000, 1.089), (1.000, 0.000, 0.000)),
        ((1.000, 0.000, 0.000), (0.450, 1.236, -0.019)),
        ((0.000, 1.000, 0.000), (0.922, -0.671, 0.263)),
        ((0.000, 0.000, 1.000), (0.153, -1.415, -0.449)),
    ],
)
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
    # The examples were rounded to 8 bits a channel, up to half a step: about 0.002 here.
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
