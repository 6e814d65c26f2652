"""Small things that a person would point at are found, and shades do not crowd the palette."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from palette import RGB, Style, extract
from palette.color.ciede2000 import difference_matrix
from tests.palette.images import encode

CAPS: list[RGB] = [(226, 228, 60), (235, 96, 40), (70, 150, 60), (220, 60, 110), (50, 64, 120)]


def shaded(color: RGB, size: tuple[int, int], seed: int) -> np.ndarray:
    """Return a noisy area that fades from a colour to half its brightness."""
    width, height = size
    light = np.linspace(1, 0.5, height)[:, None, None]
    noise = np.random.default_rng(seed).normal(0, 3, (height, width, 1))
    return np.clip(np.array(color) * light + noise, 0, 255).astype(np.uint8)


def caps_on_a_wall() -> Image.Image:
    """Draw five small caps, half a percent of the image each, on a large brown wall."""
    image = Image.fromarray(shaded((150, 128, 100), (600, 400), 0))
    for number, color in enumerate(CAPS):
        mask = Image.new("L", (40, 38))
        ImageDraw.Draw(mask).ellipse((0, 0, 39, 37), fill=255)
        image.paste(
            Image.fromarray(shaded(color, (40, 38), number)), (60 + 100 * number, 180), mask
        )
    return image


def misses(colors: list[RGB], image: Image.Image, style: Style) -> int:
    """Return how many of the colours, half in the shade, are not within CIEDE2000 10."""
    found = [swatch.rgb for swatch in extract(encode(image), 10, style=style)]
    wanted = np.array(colors) * 0.75
    return int((difference_matrix(wanted, found).min(axis=1) > 10).sum())


def test_small_shaded_things_are_found_which_k_means_loses() -> None:
    image = caps_on_a_wall()
    assert misses(CAPS, image, "seen") == 0
    assert misses(CAPS, image, "faithful") > 0


def test_shades_of_one_thing_do_not_crowd_the_palette() -> None:
    palette = extract(encode(caps_on_a_wall()), 10)
    rgb = np.array([swatch.rgb for swatch in palette])
    browns = difference_matrix(rgb, shaded((150, 128, 100), (1, 400), 0)[:, 0]).min(axis=1) < 4
    assert browns.sum() <= 5


@pytest.mark.parametrize("frames", [1, 3])
@pytest.mark.parametrize("size", [(1, 1), (1, 700), (700, 1), (3, 5), (257, 130)])
def test_any_shape_is_looked_at(size: tuple[int, int], frames: int) -> None:
    width, height = size
    rng = np.random.default_rng(0)
    stills = [
        Image.fromarray(rng.integers(0, 256, (height, width, 3), dtype=np.uint8))
        for _ in range(frames)
    ]
    data = encode(stills[0], "GIF", save_all=True, append_images=stills[1:])
    palette = extract(data, 8)
    assert 1 <= len(palette) <= 8
    assert sum(swatch.share for swatch in palette) == pytest.approx(1)
