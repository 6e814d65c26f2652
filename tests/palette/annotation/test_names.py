import csv
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palette import RGB
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

COARSE = re.compile(
    r"\b(shit|poo|poop|piss|pee|puke|vomit|barf|snot|booger|bile|diarrhea|sex|nipple|fuck|crap)"
)

color = st.tuples(*[st.integers(0, 255)] * 3)


def names_of(*colors: RGB) -> list[str]:
    return name_colors(srgb_to_oklab(colors))


@pytest.fixture(scope="module")
def survey() -> dict[str, RGB]:
    """Return the names of the survey and their colours."""
    text = files("palette.annotation").joinpath("names.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["name"]: tuple(bytes.fromhex(row["hex"].lstrip("#"))) for row in rows}


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        # https://xkcd.com/color/rgb/
        ((0xE5, 0x00, 0x00), "red"),
        ((0x15, 0xB0, 0x1A), "green"),
        ((0x03, 0x43, 0xDF), "blue"),
        ((0x02, 0x93, 0x86), "teal"),
        ((0xFF, 0xB0, 0x7C), "peach"),
        ((0x00, 0x00, 0x00), "black"),
        ((0xFF, 0xFF, 0xFF), "white"),
    ],
)
def test_colors_have_the_names_people_gave_them(rgb: RGB, name: str) -> None:
    assert names_of(rgb) == [name]


def test_color_of_every_name_gets_that_name(survey: dict[str, RGB]) -> None:
    assert len(survey) > 700
    assert {rgb: names_of(rgb) for rgb in survey.values()} == {
        rgb: [name] for name, rgb in survey.items()
    }


@pytest.mark.parametrize("off", [(0, 0, 0), (1, 0, 0), (0, 1, 1)])
def test_grays_are_not_named_after_a_hue(off: RGB) -> None:
    grays = [tuple(value + channel for channel in off) for value in range(255)]
    words = {word for gray in grays for word in names_of(gray)[0].split()}
    neutral = {"black", "grey", "white", "silver", "charcoal", "gunmetal", "slate", "steel"}
    shades = {"almost", "dark", "medium", "light", "pale", "cool", "warm", "battleship", "cement"}
    assert words <= neutral | shades


def test_names_are_plain_and_decent(survey: dict[str, RGB]) -> None:
    assert not [name for name in survey if COARSE.search(name)]
    assert all(re.fullmatch(r"[a-z']+( [a-z']+)*", name) for name in survey)


@given(st.lists(color, min_size=1, max_size=20))
def test_no_two_colors_share_a_name(colors: list[RGB]) -> None:
    assert len(set(names_of(*colors))) == len(colors)


@given(color, st.data())
def test_twenty_nearly_equal_colors_have_different_names(base: RGB, data: st.DataObject) -> None:
    near = st.tuples(*[st.integers(max(0, value - 2), min(255, value + 2)) for value in base])
    colors = data.draw(st.lists(near, min_size=20, max_size=20, unique=True))
    assert len(set(names_of(*colors))) == 20


@given(st.lists(color, min_size=2, max_size=20, unique=True), st.data())
def test_names_do_not_depend_on_the_order_of_the_colors(
    colors: list[RGB], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(colors))
    names = dict(zip(colors, names_of(*colors), strict=True))
    assert names_of(*shuffled) == [names[rgb] for rgb in shuffled]


@given(color, st.data())
def test_comparative_names_are_true(base: RGB, data: st.DataObject) -> None:
    near = st.tuples(*[st.integers(max(0, value - 9), min(255, value + 9)) for value in base])
    colors = data.draw(st.lists(near, min_size=8, max_size=20, unique=True))
    names = names_of(*colors)
    lab = srgb_to_oklab(colors)
    measures = {
        "lighter": lab[:, 0],
        "darker": -lab[:, 0],
        "redder": lab[:, 1],
        "greener": -lab[:, 1],
        "yellower": lab[:, 2],
        "bluer": -lab[:, 2],
    }
    for index, name in enumerate(names):
        if compared := re.fullmatch(rf"(?:much )?({'|'.join(measures)}) (.+?)(?: \d+)?", name):
            measure = measures[compared[1]]
            assert measure[index] > measure[names.index(compared[2])]


def test_second_red_is_a_darker_red() -> None:
    assert names_of((229, 0, 0), (228, 0, 0)) != ["red", "red"]
    reds = [(229 - step, 0, 0) for step in range(20)]
    assert "darker red" in names_of(*reds)
