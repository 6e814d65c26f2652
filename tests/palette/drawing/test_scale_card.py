"""The scale card, judged by the pixels that people see."""

import io

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from palette import RGB, color_scale, contrast, ink, render_scale
from tests.palette.drawing.golden_images import assert_matches_golden
from tests.palette.drawing.runs import runs

Pixels = NDArray[np.uint8]

colors = st.tuples(*[st.integers(0, 255)] * 3)
HEAD = slice(3, 297)
LEAST = int(0.72 * 9 * 1100 / 295)  # pixels: capitals that are set in 9 on a phone


def draw(rgb: RGB, name: str = "very light grey-purple") -> Pixels:
    return np.asarray(Image.open(io.BytesIO(render_scale(rgb, name))).convert("RGBA"))[..., :3]


def rows_of(card: Pixels) -> list[Pixels]:
    """Return the steps, without the outline and the round corners at their sides."""
    return [card[top + 3 : top + 73, 20:-20] for top in range(312, len(card), 76)]


def words_of(part: Pixels, rgb: RGB) -> list[Pixels]:
    """Return what is written on a colour, in blocks at least 30 pixels apart."""
    is_text = (part != rgb).any(axis=-1)
    columns = runs(is_text.any(axis=0), min_gap=30)
    return [part[:, word][is_text[:, word].any(axis=1)] for word in columns]


def is_legible(part: Pixels, rgb: RGB) -> bool:
    """Return whether there is black or white that can be read on a colour."""
    return any(
        (part == level).all(axis=-1).any() and contrast((level,) * 3, rgb) >= 4.5
        for level in (0, 255)
    )


@settings(max_examples=40)
@given(colors)
@example((0, 0, 0))
@example((255, 255, 255))
@example((118, 118, 118))  # the last grey on which white reaches 4.5
@example((119, 119, 119))
@example((255, 255, 0))
def test_every_step_is_there_with_legible_text(rgb: RGB) -> None:
    card = draw(rgb)
    scale = color_scale(rgb)
    rows = rows_of(card)
    assert len(rows) == len(scale)
    for color, row in zip(scale.values(), rows, strict=True):
        step, code, *dots = words_of(row, color)
        assert len(dots) == (color == rgb)
        assert all(is_legible(word, color) for word in (step, code, *dots))
        assert min(len(step), len(code)) >= LEAST


@settings(max_examples=40)
@given(colors, st.text("abcdefghijklmnopqrstuvwxyz '-", min_size=1, max_size=60))
@example((0, 0, 0), "h" * 60)
def test_code_name_and_sample_are_on_the_colour(rgb: RGB, name: str) -> None:
    head = draw(rgb, f"h{name}")[HEAD, 40:-40]
    left, right = head[:, :680], head[:, 700:]
    lines = runs((left != rgb).any(axis=(1, 2)))
    assert len(lines) >= 2
    assert all(line.stop - line.start >= LEAST for line in lines[:2])
    (sample,) = words_of(right, rgb)
    assert len(sample) >= 120
    assert is_legible(sample, rgb)
    assert (sample == ink(rgb)).all(axis=-1).any()
    assert is_legible(left, rgb)
    assert (head[:20] == rgb).all()
    assert (head[-20:] == rgb).all()


@settings(max_examples=20)
@given(colors)
def test_it_is_small_and_the_same_every_time(rgb: RGB) -> None:
    png = render_scale(rgb, "dark grey")
    assert png == render_scale(rgb, "dark grey")
    assert len(png) <= 40_000
    assert Image.open(io.BytesIO(png)).size == (1100, 1148)


@pytest.mark.parametrize("chat", [(255, 255, 255), (49, 51, 56), (26, 26, 30)])
def test_a_color_of_the_chat_is_visible(chat: RGB) -> None:
    card = np.asarray(Image.open(io.BytesIO(render_scale(chat, "grey"))).convert("RGBA"))
    assert card[0, 0, 3] == 0  # round corners on a transparent background
    outline = card[150, 0]
    assert outline[3] == 255
    assert max(abs(int(a) - b) for a, b in zip(outline, chat, strict=False)) >= 30


def test_a_name_in_other_letters_is_left_out() -> None:
    assert render_scale((9, 99, 199), "синий") == render_scale((9, 99, 199), "")


@pytest.mark.parametrize(
    ("golden", "rgb", "name"),
    [
        ("scale-red", (192, 57, 43), "red"),
        ("scale-white", (255, 255, 255), "white"),
        ("scale-japanese", (57, 255, 20), "あざやかな緑"),
    ],
)
def test_it_matches_its_golden_image(golden: str, rgb: RGB, name: str) -> None:
    assert_matches_golden(Image.open(io.BytesIO(render_scale(rgb, name))), golden)
