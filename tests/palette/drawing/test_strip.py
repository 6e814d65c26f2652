"""The strip of a palette among others."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palette import Palette, Swatch, contrast, render_strip
from palette.drawing.strip import CELL_HEIGHT, GAP

colors = st.tuples(*[st.integers(0, 255)] * 3)


def strip_of(*rgbs: tuple[int, int, int]) -> Image.Image:
    palette = Palette(tuple(Swatch(rgb, 1 / len(rgbs), "") for rgb in rgbs))
    with Image.open(io.BytesIO(render_strip(palette))) as image:
        return image.convert("RGBA")


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (5, 1), (6, 2), (10, 2), (11, 3), (20, 4)])
def test_five_colors_stand_in_a_row(count: int, rows: int) -> None:
    strip = strip_of(*((12 * number, 40, 90) for number in range(count)))
    assert strip.size == (1100, rows * (CELL_HEIGHT + GAP) - GAP)


@given(st.lists(colors, min_size=1, max_size=20, unique=True))
def test_each_code_is_legible_on_its_color(rgbs: list[tuple[int, int, int]]) -> None:
    pixels = np.asarray(strip_of(*rgbs))
    columns = min(5, len(rgbs))
    for number, rgb in enumerate(rgbs):
        row, column = divmod(number, columns)
        left, right = (round(edge * 1112 / columns) for edge in (column, column + 1))
        top = row * (CELL_HEIGHT + GAP)
        cell = pixels[top + 20 : top + 68, left + 20 : right - 32, :3].reshape(-1, 3)
        codes = np.unique(cell @ np.array([1 << 16, 1 << 8, 1])).tolist()
        shown = {(code >> 16, code >> 8 & 255, code & 255) for code in codes}
        inks = shown & {(0, 0, 0), (255, 255, 255)} - {rgb}
        assert any(contrast(ink, rgb) >= 4.5 for ink in inks)
        assert rgb in shown
