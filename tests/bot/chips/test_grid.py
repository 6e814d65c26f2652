"""The colours that have a chip."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import example, given

from bot.chips.grid import grid, nearest
from palette import RGB
from palette.color.ciede2000 import ciede2000, srgb_to_cielab
from palette.color.oklab import srgb_to_oklab

DISCORD_LIMIT = 2000  # emoji of an application
MAX_DIFFERENCE = 7.2
CHANNELS = st.integers(0, 255)


def difference(rgb: RGB) -> float:
    (chip,) = nearest([rgb])
    return float(ciede2000(srgb_to_cielab(rgb), srgb_to_cielab(chip)))


def test_the_grid_leaves_room_for_hundreds_of_other_emoji() -> None:
    assert grid().shape == (1681, 3)
    assert len(np.unique(grid(), axis=0)) == 1681 < DISCORD_LIMIT - 300


@given(rgb=st.tuples(CHANNELS, CHANNELS, CHANNELS))
@example(rgb=(147, 105, 104))  # of all 16.8 million colours, the furthest from its chip
@example(rgb=(55, 0, 16))
@example(rgb=(29, 115, 94))
def test_every_color_is_about_that_of_its_chip(rgb: RGB) -> None:
    assert difference(rgb) <= MAX_DIFFERENCE


def test_most_colors_are_close_to_their_chip() -> None:
    steps = np.arange(0, 256, 15)
    colors = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(-1, 3)
    chips = np.array(list(nearest(colors)))
    differences = ciede2000(srgb_to_cielab(colors), srgb_to_cielab(chips))
    assert differences.max() <= MAX_DIFFERENCE
    assert differences.mean() < 2.4


def test_greys_and_pure_colors_are_not_tinted() -> None:
    for rgb in ((0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)):
        assert list(nearest([rgb])) == [rgb]
    greys = np.array(list(nearest([(level,) * 3 for level in range(256)])))
    assert np.hypot(*srgb_to_oklab(greys)[:, 1:].T).max() < 0.03


def test_a_color_of_the_grid_shows_itself() -> None:
    assert list(nearest(grid())) == [tuple(color) for color in grid().tolist()]
    assert not list(nearest([]))
