import math
from itertools import combinations

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from palette import (
    HARD_TO_TELL_APART,
    RGB,
    Deficiency,
    Palette,
    Swatch,
    check,
    contrast,
    level,
    simulate,
)
from palette.vision import rounded_down
from tests.palette.differences import difference

WHITE: RGB = (255, 255, 255)
PALETTE = Palette(
    (
        Swatch((178, 76, 62), 0.2, "brick"),
        Swatch((107, 122, 46), 0.2, "olive"),
        Swatch((31, 111, 181), 0.2, "blue"),
        Swatch((240, 192, 48), 0.2, "gold"),
        Swatch((245, 184, 200), 0.2, "pink"),
    )
)
# Linear sRGB to linear sRGB. N. Burrus, libDaltonLens (2022), which was verified with the papers'
# own figures; the second matrix for tritanopia is for colours on the other side of the plane.
PROTANOPIA = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
TRITANOPIA = np.array(
    [[1.01277, 0.13548, -0.14826], [-0.01243, 0.86812, 0.14431], [0.07589, 0.80500, 0.11911]]
)
TRITANOPIA_BEYOND = np.array(
    [[0.93678, 0.18979, -0.12657], [0.06154, 0.81526, 0.12320], [-0.37562, 1.12767, 0.24796]]
)
TRITANOPIA_PLANE = np.array([0.03901, -0.02788, -0.01113])

SHADES = tuple(
    Swatch((red, green, 60), 0.05, f"{red}, {green}")
    for red in (40, 90, 140, 165, 190)
    for green in (40, 90, 115, 140)
)

channel = st.integers(0, 255)


@pytest.mark.parametrize(
    ("rgb", "on_white"),
    [
        # WebAIM's contrast checker, which rounds down.
        ((0, 0, 0), 21),
        (WHITE, 1),
        ((0x77, 0x77, 0x77), 4.47),
        ((0x76, 0x76, 0x76), 4.54),
        ((0x94, 0x94, 0x94), 3.03),
        ((255, 0, 0), 3.99),
        ((0, 0, 255), 8.59),
        ((0, 255, 0), 1.37),
    ],
)
def test_contrast_equals_published_ratios(rgb: RGB, on_white: float) -> None:
    assert on_white - 1e-9 <= contrast(rgb, WHITE) < on_white + 0.01
    assert contrast(WHITE, rgb) == contrast(rgb, WHITE)


@pytest.mark.parametrize(
    ("ratio", "reached"),
    [
        (21.0, "AAA"),
        (7.0, "AAA"),
        (math.nextafter(7, 0), "AA"),
        (4.5, "AA"),
        (4.499, "AA large"),
        (3.0, "AA large"),
        (2.999, None),
        (1.0, None),
    ],
)
def test_levels_are_never_rounded_up(ratio: float, reached: str | None) -> None:
    assert level(ratio) == reached


def as_published(rgb: RGB, deficiency: Deficiency) -> list[float]:
    """Simulate with the published matrices; returns sRGB, 0 to 255."""
    linear = np.array(Color("srgb", [value / 255 for value in rgb]).convert("srgb-linear").coords())
    matrix = {
        Deficiency.PROTANOPIA: PROTANOPIA,
        Deficiency.DEUTERANOPIA: DEUTERANOPIA,
        Deficiency.TRITANOPIA: TRITANOPIA if TRITANOPIA_PLANE @ linear >= 0 else TRITANOPIA_BEYOND,
    }[deficiency]
    seen = Color("srgb-linear", (matrix @ linear).tolist()).convert("srgb").clip()
    return [value * 255 for value in seen.coords()]


@pytest.mark.parametrize("deficiency", Deficiency)
@given(rgb=st.tuples(channel, channel, channel))
def test_simulated_colors_equal_the_published_ones(deficiency: Deficiency, rgb: RGB) -> None:
    assert simulate(rgb, deficiency) == pytest.approx(as_published(rgb, deficiency), abs=1)


def test_check_measures_the_contrast_of_every_pair() -> None:
    contrasts = check(PALETTE).contrasts
    for one, row in zip(PALETTE, contrasts, strict=True):
        assert row == tuple(contrast(one.rgb, other.rgb) for other in PALETTE)


def test_check_finds_the_pairs_that_become_hard_to_tell_apart() -> None:
    found = {
        simulation.deficiency: [(pair.one.name, pair.other.name) for pair in simulation.confusions]
        for simulation in check(PALETTE).simulations
    }
    assert found == {
        Deficiency.PROTANOPIA: [],
        Deficiency.DEUTERANOPIA: [("brick", "olive")],
        Deficiency.TRITANOPIA: [("gold", "pink")],
    }


def test_check_lists_the_pairs_that_are_close_anyway_closest_first() -> None:
    close = check(Palette(SHADES)).close
    expected = {
        (one, other)
        for one, other in combinations(SHADES, 2)
        if difference(one.rgb, other.rgb) < HARD_TO_TELL_APART
    }
    assert expected
    assert {(pair.one, pair.other) for pair in close} == expected
    measured = [pair.difference for pair in close]
    assert measured == sorted(measured)
    for pair in close:
        assert pair.difference == pytest.approx(difference(pair.one.rgb, pair.other.rgb), abs=0.01)


def test_check_lists_all_pairs_below_the_threshold_worst_first() -> None:
    for simulation in check(Palette(SHADES)).simulations:
        seen = {swatch: simulate(swatch.rgb, simulation.deficiency) for swatch in SHADES}
        assert simulation.colors == tuple(seen.values())
        expected = {
            (one, other)
            for one, other in combinations(SHADES, 2)
            if difference(seen[one], seen[other]) < HARD_TO_TELL_APART
            if difference(one.rgb, other.rgb) >= HARD_TO_TELL_APART
        }
        assert {(pair.one, pair.other) for pair in simulation.confusions} == expected
        measured = [pair.simulated for pair in simulation.confusions]
        assert measured == sorted(measured)
        for pair in simulation.confusions:
            assert pair.typical == pytest.approx(difference(pair.one.rgb, pair.other.rgb), abs=0.01)
            simulated = difference(seen[pair.one], seen[pair.other])
            assert pair.simulated == pytest.approx(simulated, abs=0.01)


def test_shades_alike_for_everyone_are_no_confusion() -> None:
    alike = Palette((Swatch((100, 100, 100), 0.5, "grey"), Swatch((108, 108, 108), 0.5, "steel")))
    assert [(pair.one.name, pair.other.name) for pair in check(alike).close] == [("grey", "steel")]
    assert all(not simulation.confusions for simulation in check(alike).simulations)


def test_check_chooses_pairs_for_text_with_their_contrast() -> None:
    pairs = check(PALETTE).text_pairs
    assert [(pair.text.name, pair.background.name) for pair in pairs] == [
        ("pink", "brick"),
        ("pink", "blue"),
        ("brick", "gold"),
        ("blue", "gold"),
    ]
    for pair in pairs:
        assert pair.ratio == contrast(pair.text.rgb, pair.background.rgb)


@pytest.mark.parametrize(("value", "shown"), [(4.49, 4.4), (4.5, 4.5), (20.999999999999996, 21.0)])
def test_figures_never_round_up_to_a_threshold(value: float, shown: float) -> None:
    assert rounded_down(value) == shown
