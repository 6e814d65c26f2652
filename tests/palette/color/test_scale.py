"""The tints and shades of one colour, and what is legible on them."""

import math
from itertools import pairwise

import pytest
from coloraide import Color
from hypothesis import example, given
from hypothesis import strategies as st

from palette import RGB, color_scale, contrast, hex_code, ink

STEPS = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]
colors = st.tuples(*[st.integers(0, 255)] * 3)
MAX_HUE_ERROR = 0.004  # OKLab: what rounding to bytes can move a colour sideways


def oklch(rgb: RGB) -> list[float]:
    """Return lightness, chroma, and hue in degrees, by another implementation than ours."""
    return Color("srgb", [channel / 255 for channel in rgb]).convert("oklch").coords(nans=False)


@given(colors)
@example((0, 0, 0))
@example((255, 255, 255))
@example((255, 255, 0))
@example((0, 0, 255))
def test_every_step_is_a_darker_color_than_the_one_before(rgb: RGB) -> None:
    scale = color_scale(rgb)
    assert list(scale) == STEPS
    assert all(0 <= channel <= 255 for step in scale.values() for channel in step)
    lightness = [oklch(step)[0] for step in scale.values()]
    assert all(lighter > darker for lighter, darker in pairwise(lightness))


@given(colors)
@example((0, 0, 0))
@example((255, 255, 255))
def test_the_color_itself_is_the_step_nearest_in_lightness(rgb: RGB) -> None:
    scale = color_scale(rgb)
    (own,) = [step for step, color in scale.items() if color == rgb]
    grays = {step: oklch(color)[0] for step, color in color_scale((128, 128, 128)).items()}
    grays[600] = 0.57  # where the grey itself stands
    distances = {step: abs(lightness - oklch(rgb)[0]) for step, lightness in grays.items()}
    assert distances[own] <= min(distances.values()) + 0.003  # what rounding to bytes can do


@given(colors)
@example((0, 0, 255))
@example((0, 255, 0))
@example((255, 0, 204))
def test_hue_is_kept_and_chroma_falls_towards_white_and_black(rgb: RGB) -> None:
    _, chroma, hue = oklch(rgb)
    for step in color_scale(rgb).values():
        _, step_chroma, step_hue = oklch(step)
        turned = math.radians(step_hue - hue)
        assert abs(step_chroma * math.sin(turned)) < MAX_HUE_ERROR
        assert step_chroma * math.cos(turned) > -MAX_HUE_ERROR  # and not the opposite hue
        assert step_chroma <= chroma + MAX_HUE_ERROR


def test_scale_of_a_red() -> None:
    assert [hex_code(rgb) for rgb in color_scale((192, 57, 43)).values()] == [
        *("#fdf2f1", "#fae6e2", "#f4cdc6", "#ecb0a6", "#e18f81", "#d46c5d"),
        *("#c0392b", "#a73024", "#83241a", "#651a12", "#440e09"),
    ]


@pytest.mark.parametrize("rgb", [(0, 0, 0), (128, 128, 128), (255, 255, 255)])
def test_tints_and_shades_of_grey_are_grey(rgb: RGB) -> None:
    assert all(len(set(step)) == 1 for step in color_scale(rgb).values())


@given(colors)
def test_text_in_ink_reaches_aa_on_any_color(rgb: RGB) -> None:
    assert ink(rgb) in {(0, 0, 0), (255, 255, 255)}
    assert contrast(ink(rgb), rgb) >= 4.5
