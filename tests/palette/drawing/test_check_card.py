"""The check card, judged by the pixels that people see."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from palette import RGB, CheckLabels, Deficiency, Palette, Swatch, render_check, simulate
from palette.color.arrays import Bytes
from tests.palette.drawing.colors import distant_colors
from tests.palette.drawing.golden_images import assert_matches_golden

BACKGROUND: RGB = (30, 31, 36)

colors = st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=20, unique=True)


def palette_of(rgbs: list[RGB], name: str = "much brighter light greenish blue") -> Palette:
    return Palette(
        tuple(Swatch(rgb, 1 / len(rgbs), f"{name} {number}") for number, rgb in enumerate(rgbs))
    )


def draw(palette: Palette, labels: CheckLabels | None = None) -> Bytes:
    png = render_check(palette, labels) if labels else render_check(palette)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def count_pixels(palette: Palette) -> dict[RGB, int]:
    """Count the pixels of exactly each colour."""
    card = Image.open(io.BytesIO(render_check(palette))).convert("RGB")
    return {rgb: count for count, rgb in card.getcolors(card.width * card.height)}


@settings(deadline=None, max_examples=12)
@given(colors)
def test_it_is_small_and_the_same_every_time(rgbs: list[RGB]) -> None:
    palette = palette_of(rgbs)
    png = render_check(palette)
    assert png == render_check(palette)
    assert len(png) <= 200_000
    width, height = Image.open(io.BytesIO(png)).size
    assert width == 1100
    assert height <= 1900


@settings(deadline=None, max_examples=12)
@given(colors)
def test_nothing_leaves_its_place(rgbs: list[RGB]) -> None:
    card = draw(palette_of(rgbs))
    for margin in (card[:30], card[-30:], card[:, :30], card[:, -30:]):
        assert (margin == BACKGROUND).all()


@pytest.mark.parametrize("count", [1, 2, 5, 6, 10, 11, 15, 16, 20])
def test_every_colour_is_there_as_itself_and_as_others_see_it(count: int) -> None:
    rgbs = distant_colors(count)
    area = count_pixels(palette_of(rgbs))
    for rgb in rgbs:
        assert area[rgb] > 2500
        for deficiency in Deficiency:
            assert area[simulate(rgb, deficiency)] > 900


def test_a_pair_of_enough_contrast_is_shown_in_its_colours() -> None:
    legible: list[RGB] = [(0, 0, 120), (250, 240, 120)]
    illegible: list[RGB] = [(0, 0, 120), (60, 0, 0)]
    for rgbs, is_legible in ((legible, True), (illegible, False)):
        card = draw(palette_of(rgbs))
        row = card[90:170]  # of the first colour
        dark = (row == rgbs[0]).all(axis=-1)
        light = (row == rgbs[1]).all(axis=-1)
        assert dark.sum() > 20_000
        assert (light.sum() > 100) == is_legible


def test_pairs_that_become_alike_are_drawn_side_by_side() -> None:
    red, green = (190, 80, 60), (118, 120, 50)
    confused = palette_of([red, green])
    clear = palette_of([(20, 20, 20), (240, 240, 240)])
    assert len(draw(confused)) > len(draw(clear))
    seen = [simulate(rgb, Deficiency.DEUTERANOPIA) for rgb in (red, green)]
    card = draw(confused)
    touching = (card[:, :-1] == seen[0]).all(-1) & (card[:, 1:] == seen[1]).all(-1)
    # In the row of all colours and in the pair, less what outlines and numbers cover.
    assert touching.sum() > 60


def test_only_the_worst_of_many_pairs_are_drawn() -> None:
    few = [(40 * number, 90, 250 - 40 * number) for number in range(6)]
    many = [(200, 10 * number, 90) for number in range(20)]
    assert len(draw(palette_of(many))) <= 1900
    assert len(draw(palette_of(few))) < 1500


def test_labels_can_be_translated() -> None:
    palette = palette_of(distant_colors(12))
    english, spanish, japanese, russian = (
        draw(palette, labels)
        for labels in (
            CheckLabels(),
            CheckLabels("Visión típica", "Protanopía", "Deuteranopía", "Tritanopía"),
            CheckLabels("一般", "1型2色覚", "2型2色覚", "3型2色覚"),
            CheckLabels("Обычное", "Протанопия", "Дейтеранопия", "Тританопия"),
        )
    )
    for translated in (spanish, japanese):
        difference = np.abs(english.astype(int) - translated)
        assert difference[:, 210:].mean() < 0.5  # the 256 colours of a file depend on its text
        assert difference[:, :210].mean() > 0.5
    assert (english == russian).all()


GOLDEN_PALETTES = {
    "check-one": palette_of([(122, 110, 76)], "greyish brown"),
    "check-seven": palette_of(
        [
            (27, 21, 38),
            (141, 59, 94),
            (208, 95, 91),
            (92, 130, 60),
            (242, 166, 90),
            (120, 190, 220),
            (253, 253, 254),
        ],
        "brighter light yellowish brown",
    ),
    "check-twenty": palette_of(distant_colors(20)),
}


@pytest.mark.parametrize("name", GOLDEN_PALETTES)
def test_card_matches_its_golden_image(name: str) -> None:
    assert_matches_golden(Image.open(io.BytesIO(render_check(GOLDEN_PALETTES[name]))), name)
