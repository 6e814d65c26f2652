"""The contact sheet of several images."""

import io

import numpy as np
import pytest
from PIL import Image

from palette.decoding.decode import decode
from palette.drawing.contact_sheet import GAP, TILE, render_contact_sheet
from tests.palette.images import encode, stripes


def sheet_of(*images: bytes) -> Image.Image:
    rasters = [decode(image) for image in images]
    with Image.open(io.BytesIO(render_contact_sheet(rasters))) as sheet:
        return sheet.convert("RGBA")


@pytest.mark.parametrize(
    ("count", "columns", "rows"), [(1, 1, 1), (5, 5, 1), (6, 3, 2), (7, 4, 2), (10, 5, 2)]
)
def test_rows_hold_up_to_five_and_about_equally_many(count: int, columns: int, rows: int) -> None:
    colors = [(20 * number, 90, 200) for number in range(count)]
    sheet = sheet_of(*(encode(stripes(color)) for color in colors))
    assert sheet.size == (columns * (TILE + GAP) - GAP, rows * (TILE + GAP) - GAP)
    for number, color in enumerate(colors):
        row, column = divmod(number, columns)
        middle = column * (TILE + GAP) + TILE // 2, row * (TILE + GAP) + TILE // 2
        assert sheet.getpixel(middle) == pytest.approx((*color, 255), abs=4)


def test_a_wide_image_shows_its_middle_and_what_is_transparent_stays_so() -> None:
    red, blue, hidden = (200, 30, 40, 255), (20, 60, 160, 255), (0, 0, 0, 0)
    wide = sheet_of(encode(stripes(red, blue, red, width=90, height=90)))
    assert wide.getpixel((20, TILE // 2)) == pytest.approx(blue, abs=4)
    pixels = np.array([[hidden, hidden], [red, red]], np.uint8).repeat(50, 0).repeat(50, 1)
    sheet = sheet_of(encode(pixels))
    assert sheet.getpixel((TILE // 2, TILE // 4))[3] == 0
    assert sheet.getpixel((TILE // 2, 3 * TILE // 4)) == pytest.approx(red, abs=4)
    assert sheet.getpixel((0, TILE - 1))[3] == 0  # a round corner
