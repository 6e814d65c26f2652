import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palette import RGB
from palette.annotation.names import name_colors, split_name
from palette.annotation.vocabulary import load_vocabulary
from palette.color.oklab import srgb_to_oklab

NAMES = load_vocabulary().names
LIGHTNESSES = ["very dark ", "dark ", "", "light ", "very light "]

color = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def similar_colors(draw: st.DrawFn) -> list[RGB]:
    """Draw twenty colours that hardly differ."""
    base = draw(color)
    near = st.tuples(*[st.integers(max(0, value - 2), min(255, value + 2)) for value in base])
    return draw(st.lists(near, min_size=20, max_size=20, unique=True))


palettes = st.lists(color, min_size=1, max_size=20, unique=True) | similar_colors()


def names_of(*colors: RGB) -> list[str]:
    return name_colors(srgb_to_oklab(colors))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        # https://xkcd.com/color/rgb/: what most people called them
        ("e50000", "red"),
        ("15b01a", "green"),
        ("0343df", "blue"),
        ("7e1e9c", "purple"),
        ("ff81c0", "pink"),
        ("653700", "dark brown"),
        ("f97306", "orange"),
        ("029386", "teal"),
        ("ffb07c", "peach"),
        # Browns and beiges, which are not dark grey and silver
        ("964b00", "brown"),
        ("6b4423", "brown"),
        ("5c4033", "dark brown"),
        ("2b1d14", "brown-black"),
        ("e8d8b8", "beige"),
        ("c8b090", "beige"),
        ("d2b48c", "tan"),
        # Neutrals
        ("000000", "black"),
        ("101010", "black"),
        ("0a0a12", "black"),
        ("041712", "green-black"),
        ("333333", "charcoal"),
        ("7f7f7f", "grey"),
        ("36454f", "very dark blue-grey"),
        ("c0c0c0", "light grey"),
        ("f8f4e8", "creamy white"),
        ("ffffff", "white"),
        # Words of their own
        ("808000", "olive"),
        ("40e0d0", "turquoise"),
        ("fa8072", "salmon"),
        ("b7410e", "rust"),
    ],
)
def test_colors_have_the_names_people_would_give_them(code: str, name: str) -> None:
    red, green, blue = bytes.fromhex(code)
    assert names_of((red, green, blue)) == [name]


def test_five_blacks_are_all_called_black_or_nearly() -> None:
    names = names_of((4, 4, 4), (10, 9, 14), (16, 12, 8), (8, 14, 10), (20, 20, 22))
    assert all("black" in name for name in names)


@pytest.mark.parametrize("off", [(0, 0, 0), (1, 0, 0), (0, 1, 1)])
def test_grays_are_not_named_after_a_hue(off: RGB) -> None:
    grays = [tuple(value + channel for channel in off) for value in range(255)]
    words = {word for gray in grays for word in re.split("[ -]", names_of(gray)[0])}
    assert words <= {"black", "charcoal", "grey", "white", "off", "very", "dark", "light"}


def test_no_colors_have_no_names() -> None:
    assert name_colors(srgb_to_oklab([(0, 0, 0)])[:0]) == []


@given(palettes)
def test_no_two_colors_share_a_name(colors: list[RGB]) -> None:
    assert len(set(names_of(*colors))) == len(colors)


@given(st.lists(color, min_size=1, max_size=10), st.integers(1, 2))
def test_equal_colors_have_different_names_too(colors: list[RGB], times: int) -> None:
    names = names_of(*colors * times)
    assert len(set(names)) == len(names)


@given(palettes)
def test_every_name_is_in_the_vocabulary(colors: list[RGB]) -> None:
    for name in names_of(*colors):
        known, number = split_name(name)
        assert known in NAMES
        assert number == "" or 2 <= int(number) <= len(colors)


@given(palettes, st.data())
def test_names_do_not_depend_on_the_order_of_the_colors(
    colors: list[RGB], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(colors))
    names = dict(zip(colors, names_of(*colors), strict=True))
    assert names_of(*shuffled) == [names[rgb] for rgb in shuffled]


@given(palettes)
def test_a_darker_name_is_never_that_of_a_lighter_color(colors: list[RGB]) -> None:
    series: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    lightness = srgb_to_oklab(colors)[:, 0].tolist()
    for name, light in zip(names_of(*colors), lightness, strict=True):
        known, number = split_name(name)
        tone = re.match("(very )?(dark|light) |", known)
        assert tone
        tones = LIGHTNESSES.index(tone[0])
        series[known.removeprefix(tone[0])].append((tones, int(number or 1), light))
    for ranked in series.values():
        lightnesses = [light for _, _, light in sorted(ranked)]
        assert lightnesses == sorted(lightnesses)


def test_the_vocabulary_is_small_and_plain() -> None:
    assert len(NAMES) == len(set(NAMES)) == 195
    assert all(re.fullmatch(r"[a-z]+([ -][a-z]+)*", name) for name in NAMES)


def test_second_red_has_a_name_close_to_red() -> None:
    first, second = names_of((229, 0, 0), (228, 0, 0))
    assert first != second
    assert "red" in first
    assert "red" in second


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("dark red", ("dark red", "")),
        ("dark red 2", ("dark red", " 2")),
        ("grey-blue 12", ("grey-blue", " 12")),
        ("2", ("2", "")),
        ("", ("", "")),
    ],
)
def test_a_name_can_be_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
