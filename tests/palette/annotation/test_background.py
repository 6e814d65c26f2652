import numpy as np

from palette import Swatch, extract
from tests.palette.pictures import encoded, noise

SAND = (214, 196, 160)


def background_of(pixels: np.ndarray) -> Swatch | None:
    return extract(encoded(pixels)).background


def framed(inside: np.ndarray, border: int) -> np.ndarray:
    height, width, channels = inside.shape
    picture = np.empty((height + 2 * border, width + 2 * border, channels), np.uint8)
    picture[:] = (*SAND, 255)[:channels]
    picture[border:-border, border:-border] = inside
    return picture


def test_what_covers_the_border_is_the_background() -> None:
    palette = extract(encoded(framed(noise(100, 100), border=1)))
    assert palette.background in palette.swatches
    assert palette.background == min(
        palette, key=lambda swatch: np.abs(np.subtract(swatch.rgb, SAND)).sum()
    )


def test_a_flat_picture_is_its_own_background() -> None:
    palette = extract(encoded(np.full((5, 5, 3), SAND, np.uint8)))
    assert palette.background == palette.dominant


def test_a_border_of_many_colours_has_none() -> None:
    sides = np.zeros((4, 4, 3), np.uint8)
    sides[:2, :2], sides[:2, 2:], sides[2:, :2] = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    assert background_of(sides.repeat(8, axis=0).repeat(8, axis=1)) is None


def test_more_than_half_of_the_border_is_needed() -> None:
    halves = np.zeros((20, 20, 3), np.uint8)
    halves[:, 10:] = SAND
    assert background_of(halves) is None
    halves[:, 9:] = SAND
    assert background_of(halves).rgb == SAND


def test_what_cannot_be_seen_is_no_background() -> None:
    thing = np.zeros((40, 40, 4), np.uint8)
    thing[10:30, 10:30] = (200, 30, 60, 255)
    assert background_of(thing) is None
    assert background_of(thing[10:30, 10:30]).rgb == (200, 30, 60)
