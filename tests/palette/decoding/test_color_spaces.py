"""The mathematics of colour spaces against what their standards print."""

import numpy as np
import pytest
from coloraide.everything import ColorAll as Color

from palette.decoding.spaces.code_points import CodePoints
from palette.decoding.spaces.color_spaces import BT709, ColorSpace, Primaries, to_srgb
from palette.decoding.spaces.tone_mapping import tone_map
from palette.decoding.spaces.transfer_curves import Curve, Gamma, Transfer, displayed_hlg, to_light

BT2020 = CodePoints(9, 14).color_space().primaries
P3 = CodePoints(12, 13).color_space().primaries


def light(value: float, transfer: Transfer) -> float:
    return float(to_light(np.array([value]), transfer)[0])


def nits(value: float, transfer: Transfer) -> float:
    """Return the luminance, in cd/m², of a grey as HDR screens show it."""
    seen = to_light(np.full((1, 3), value), transfer)
    if transfer is Curve.HLG:
        seen = displayed_hlg(seen, BT2020.to_xyz()[1])
    return float(seen[0, 0]) * 203


def converted(rgb: tuple[int, int, int], *points: int) -> list[int]:
    return to_srgb(np.array([rgb], np.uint8), CodePoints(*points).color_space())[0].tolist()


@pytest.mark.parametrize(
    ("primaries", "matrix"),
    [
        # IEC 61966-2-1, clause 5.3
        (BT709, [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]),
        # ITU-R BT.2087-0, annex 1
        (BT2020, [[0.6370, 0.1446, 0.1689], [0.2627, 0.6780, 0.0593], [0, 0.0281, 1.0610]]),
        # SMPTE EG 432-1, with the white point D65
        (P3, [[0.4866, 0.2657, 0.1982], [0.2290, 0.6917, 0.0793], [0, 0.0451, 1.0439]]),
    ],
    ids=["BT.709", "BT.2020", "P3"],
)
def test_matrices_are_those_of_the_standards(
    primaries: Primaries, matrix: list[list[float]]
) -> None:
    assert np.abs(primaries.to_xyz() - matrix).max() < 0.0002


@pytest.mark.parametrize(
    ("value", "luminance"),
    [(0, 0), (0.38, 26), (0.508, 100), (0.58, 203), (0.752, 1000), (0.903, 4000), (1, 10_000)],
)
def test_pq_is_as_in_bt2100(value: float, luminance: float) -> None:
    """ITU-R BT.2408, table 1, and SMPTE ST 2084; signals are rounded to whole percents."""
    assert nits(value, Curve.PQ) == pytest.approx(luminance, rel=0.03)


@pytest.mark.parametrize(
    ("value", "luminance"),
    [(0, 0), (0.38, 26), (0.71, 162), (0.73, 179), (0.75, 203), (1, 1000)],
)
def test_hlg_is_as_in_bt2408(value: float, luminance: float) -> None:
    """ITU-R BT.2408, table 1: a grey card, charts and diffuse white."""
    assert nits(value, Curve.HLG) == pytest.approx(luminance, rel=0.03)


@pytest.mark.parametrize(
    ("transfer", "value", "expected"),
    [
        (Curve.BT709, 0.081, 0.018),
        (Curve.BT709, 1.099 * 0.5**0.45 - 0.099, 0.5),
        (Curve.SMPTE240M, 0.0913, 0.0228),
        (Curve.SMPTE240M, 1.1115 * 0.5**0.45 - 0.1115, 0.5),
        (Curve.SRGB, 0.04045, 0.0031308),
        (Curve.SRGB, 0.5, 0.21404),
        (Gamma(2.2), 0.5, 0.21764),
        (Gamma(1.0), 0.5, 0.5),
    ],
)
def test_curves_are_as_in_h273(transfer: Transfer, value: float, expected: float) -> None:
    assert light(value, transfer) == pytest.approx(expected, abs=0.0002)
    assert light(0, transfer) == 0
    assert light(1, transfer) == pytest.approx(1)


@pytest.mark.parametrize("points", [(1, 13), (2, 2), (1, 2)])
def test_srgb_stays_as_it_is(points: tuple[int, int]) -> None:
    levels = np.random.default_rng(0).integers(0, 256, (500, 3), np.uint8)
    assert to_srgb(levels, CodePoints(*points).color_space()).tolist() == levels.tolist()


@pytest.mark.parametrize("rgb", [(234, 51, 35), (120, 180, 90), (20, 60, 200), (128, 128, 128)])
@pytest.mark.parametrize(
    ("points", "space"),
    [((12, 13), "display-p3"), ((9, 14), "rec2020-oetf"), ((1, 1), "rec709-oetf")],
)
def test_colors_are_those_of_another_program(
    rgb: tuple[int, int, int], points: tuple[int, int], space: str
) -> None:
    there = Color(space, [value / 255 for value in rgb])
    expected = [255 * value for value in there.convert("srgb").clip().coords()]
    assert converted(rgb, *points) == pytest.approx(expected, abs=0.6)


@pytest.mark.parametrize("primaries", [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22])
@pytest.mark.parametrize("transfer", [1, 4, 5, 6, 7, 8, 13, 14, 15, 17])
def test_greys_stay_grey_and_white_stays_white(primaries: int, transfer: int) -> None:
    points = primaries, transfer
    assert converted((255, 255, 255), *points) == [255] * 3
    assert converted((0, 0, 0), *points) == [0] * 3
    seen = converted((90, 90, 90), *points)
    assert max(seen) - min(seen) <= 1


def test_limited_range_is_expanded() -> None:
    space = CodePoints(1, 13, full_range=False).color_space()
    levels = np.array([[0, 16, 126], [235, 255, 235]], np.uint8)
    assert to_srgb(levels, space).tolist() == [[0, 0, 128], [255, 255, 255]]


@pytest.mark.parametrize("points", [(0, 13), (3, 13), (23, 13), (1, 0), (1, 3), (1, 9), (9, 255)])
def test_reserved_code_points_are_refused(points: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="code points"):
        CodePoints(*points).color_space()


def test_matrix_that_is_still_to_be_undone_is_refused() -> None:
    with pytest.raises(ValueError, match="code points"):
        CodePoints(1, 13, matrix=6).color_space()


@pytest.mark.parametrize(
    "primaries",
    [
        pytest.param(Primaries((0, 0), (0, 0), (0, 0)), id="nothing"),
        pytest.param(Primaries((0.6, 0.3), (0.4, 0.4), (0.2, 0.5)), id="on a line"),
        pytest.param(Primaries((0.64, 0.33), (0.3, 0.6), (0.15, 0.06), (0.3, 0)), id="no white"),
        pytest.param(Primaries((0.64, 0.33), (0.3, 0.6), (0.15, 0.06), (0.7, 0.3)), id="red white"),
    ],
)
def test_impossible_primaries_are_refused(primaries: Primaries) -> None:
    with pytest.raises(ValueError, match="prim"):
        to_srgb(np.zeros((1, 3), np.uint8), ColorSpace(primaries))


@pytest.mark.parametrize(("points", "level"), [((9, 16), 148), ((9, 18), 191), ((12, 16), 148)])
def test_diffuse_white_is_nearly_white(points: tuple[int, int], level: int) -> None:
    shown = converted((level,) * 3, *points)
    assert Color("srgb", [value / 255 for value in shown]).delta_e("white", method="2000") < 4


def test_tone_mapping_keeps_order_and_what_is_darker_than_white() -> None:
    grey = np.linspace(0, 50, 5001)[:, None].repeat(3, axis=1)
    shown = tone_map(grey)
    assert (np.diff(shown[:, 0]) > 0).all()
    assert 0.98 < shown[-1, 0] < 1
    assert shown[grey[:, 0] < 0.8].tolist() == grey[grey[:, 0] < 0.8].tolist()


@pytest.mark.parametrize("brightness", [0.5, 2, 5])
@pytest.mark.parametrize("rgb", [(1, 0.5, 0.2), (0.3, 0.9, 0.4), (0.2, 0.4, 1)])
def test_tone_mapping_keeps_hues(rgb: tuple[float, float, float], brightness: float) -> None:
    hues = [
        Color("srgb-linear", list(light)).convert("oklch")["hue"]
        for light in (np.array(rgb), tone_map(np.array(rgb) * brightness))
    ]
    assert abs((hues[0] - hues[1] + 180) % 360 - 180) < 8
