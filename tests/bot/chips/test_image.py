"""What a chip looks like."""

import io
import itertools

import numpy as np
import pytest
from PIL import Image

from bot.chips.image import draw_chip
from palette import RGB

WHITE, BLACK, DARK = (255, 255, 255), (0, 0, 0), (49, 51, 56)
MAX_BYTES = 256_000  # of an emoji
SHOWN_SIZE = 22
VISIBLE = 25  # of 255


@pytest.mark.parametrize("rgb", [WHITE, BLACK, DARK, (240, 72, 108)])
def test_it_is_a_square_of_its_color_with_round_corners(rgb: RGB) -> None:
    data = draw_chip(rgb)
    assert data == draw_chip(rgb)
    assert len(data) < MAX_BYTES
    chip = Image.open(io.BytesIO(data))
    assert (chip.format, chip.size, chip.mode) == ("PNG", (128, 128), "RGBA")
    assert chip.getpixel((64, 64)) == (*rgb, 255)
    for corner in itertools.product((8, 119), repeat=2):
        assert chip.getpixel(corner)[3] == 0


@pytest.mark.parametrize("background", [WHITE, DARK, BLACK])
@pytest.mark.parametrize("rgb", [WHITE, DARK, BLACK])
def test_its_edge_is_visible_on_every_theme(rgb: RGB, background: RGB) -> None:
    chip = Image.open(io.BytesIO(draw_chip(rgb)))
    shown = Image.alpha_composite(Image.new("RGBA", chip.size, background), chip)
    row = np.asarray(shown.convert("L").resize((SHOWN_SIZE,) * 2, Image.Resampling.LANCZOS), int)
    middle = row[SHOWN_SIZE // 2]
    assert np.abs(middle - middle[0]).max() >= VISIBLE
