"""Colours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageColor

from palette import NOTATIONS, RGB, Palette, Swatch, UnknownColorError, parse_color

colors = st.tuples(*[st.integers(0, 255)] * 3)
CODES = ["hex", "hex-capitals", "hex-bare", "rgb", "rgb-commas", "hsl", "oklch"]


@pytest.mark.parametrize("key", CODES)
@given(rgb=colors)
def test_codes_that_we_write_are_read(key: str, rgb: RGB) -> None:
    written = NOTATIONS[key].write(Palette((Swatch(rgb, 1.0, "colour"),)))
    assert parse_color(written) == rgb


@pytest.mark.parametrize(
    ("text", "rgb"),
    [
        ("#abc", (170, 187, 204)),
        ("ABC", (170, 187, 204)),
        (" c0392b ", (192, 57, 43)),
        ("rgb(1,2,3)", (1, 2, 3)),
        ("RGB( 1 , 2 , 3 )", (1, 2, 3)),
        ("RebeccaPurple", (102, 51, 153)),
        ("mediumpurple", (147, 112, 219)),
        ("#c0392bff", (192, 57, 43)),
        ("rgb(300, -5, 20)", (255, 0, 20)),  # CSS clips it
        ("oklch(100% 0.4 140)", (255, 255, 255)),  # no white has a chroma
        ("hsl(none 0% 50%)", (128, 128, 128)),
    ],
)
def test_what_css_allows_is_read(text: str, rgb: RGB) -> None:
    assert parse_color(text) == rgb


@pytest.mark.parametrize("name", ImageColor.colormap)
def test_every_name_of_css_is_read(name: str) -> None:
    assert parse_color(name.upper()) == ImageColor.getrgb(name)[:3]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "#", "#ab", "abcd", "12345", "#gggggg", "rgb(1, 2)", "rgb(a, b, c)", "dusk"),
        *("#abc #def", "transparent", "#c0392b80", "rgb(1 2 3 / none)", "#abc" + " " * 10**6 + "x"),
        *("oklab(-1e200 3 4)", "lab(1e308 1 1)", "color(rec2020 1e200 0 1)"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UnknownColorError):
        parse_color(text)


numbers = st.one_of(st.floats().map(str), st.integers().map(str), st.just("none"))
functions = st.sampled_from(["rgb", "hsl", "hwb", "lab", "lch", "oklab", "oklch", "color(srgb"])


@given(functions, st.lists(numbers, min_size=1, max_size=5), st.sampled_from([" ", ", ", "% "]))
def test_whatever_is_written_is_a_color_or_refused(
    function: str, values: list[str], separator: str
) -> None:
    text = f"{function}({separator.join(values)})"
    try:
        rgb = parse_color(text.replace("color(srgb(", "color(srgb "))
    except UnknownColorError:
        return
    assert all(type(channel) is int and 0 <= channel <= 255 for channel in rgb)
