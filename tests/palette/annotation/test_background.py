"""Which colour is the background of an image."""

import numpy as np

from palette import RGB, Swatch, extract
from tests.palette.images import encode, noise

SAND: RGB = (214, 196, 160)


def background_of(pixels: np.ndarray) -> Swatch | None:
    return extract(encode(pixels)).background


def framed(inside: np.ndarray, border: int) -> np.ndarray:
    """Return pixels with a border of sand around them."""
    height, width, channels = inside.shape
    pixels = np.empty((height + 2 * border, width + 2 * border, channels), np.uint8)
    pixels[:] = (*SAND, 255)[:channels]
    pixels[border:-border, border:-border] = inside
    return pixels


def test_color_that_covers_the_border_is_the_background() -> None:
    palette = extract(encode(framed(noise(100, 100), border=1)))
    assert palette.background in palette.swatches
    assert palette.background == min(
        palette, key=lambda swatch: np.abs(np.subtract(swatch.rgb, SAND)).sum()
    )


def test_flat_image_is_its_own_background() -> None:
    palette = extract(encode(np.full((5, 5, 3), SAND, np.uint8)))
    assert palette.background == palette.dominant


def test_border_of_many_colors_has_no_background() -> None:
    sides = np.zeros((4, 4, 3), np.uint8)
    sides[:2, :2], sides[:2, 2:], sides[2:, :2] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    assert background_of(sides.repeat(8, axis=0).repeat(8, axis=1)) is None


def test_background_covers_more_than_half_of_the_border() -> None:
    halves = np.zeros((20, 20, 3), np.uint8)
    halves[:, 10:] = SAND
    assert background_of(halves) is None
    halves[:, 9:] = SAND
    assert background_of(halves).rgb == SAND


def test_transparent_border_is_no_background() -> None:
    square = np.zeros((40, 40, 4), np.uint8)
    square[10:30, 10:30] = (200, 30, 60, 255)
    assert background_of(square) is None
    assert background_of(square[10:30, 10:30]).rgb == (200, 30, 60)
