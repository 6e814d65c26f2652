"""Small vivid objects, which k-means and a choice by demand would lose."""

import numpy as np

from palette.color.arrays import Bytes
from palette.color.oklab import distances, srgb_to_oklab
from palette.decoding.decode import Pixels
from palette.quantization.accents import find_accents
from palette.quantization.histogram import count_colors
from palette.quantization.together import merge

GREY = (120, 120, 120)


def pixels_with(*spots: tuple[int, int, int]) -> Bytes:
    """Return grey pixels with a row of spots of these colours side by side."""
    pixels = np.full((120, 160, 3), GREY, np.uint8)
    for number, color in enumerate(spots):
        pixels[50:70, 20 + 20 * number : 40 + 20 * number] = color
    return pixels


def accents_of(*images: Bytes, colors: int) -> int:
    histogram = merge([count_colors(Pixels(pixels[None], None)) for pixels in images])
    return len(find_accents(histogram, srgb_to_oklab([GREY]), colors))


def test_two_shades_of_one_thing_are_one_accent() -> None:
    light, dark = (179, 49, 25), (141, 44, 27)
    assert 0.06 < distances(srgb_to_oklab([light]), srgb_to_oklab([dark]))[0, 0] < 0.11
    assert accents_of(pixels_with(light, dark), colors=4) == 1


def test_two_things_are_two_accents() -> None:
    assert accents_of(pixels_with((179, 49, 25), (40, 90, 200)), colors=4) == 2


def test_the_same_thing_in_several_images_is_one_accent() -> None:
    images = [pixels_with((179, 49, 25))] * 4
    assert accents_of(*images, colors=10) == 1


def test_what_is_scattered_is_no_accent() -> None:
    pixels = pixels_with()
    pixels[::9, ::9] = (179, 49, 25)
    assert accents_of(pixels, colors=10) == 0
    assert accents_of(*[pixels] * 4, colors=10) == 0
