"""Drawings, screenshots and the like have the colours that they were drawn in, and no others."""

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from palette import RGB, Palette, Role, extract
from palette.decoding.decode import decode
from palette.errors import NothingLeftError
from palette.quantization.flat_art.flats import count_flat_colors
from tests.palette.differences import difference
from tests.palette.images import PHOTOS, encode, noise, photo, photo_file

WHITE: RGB = (255, 255, 255)
RINGS: list[RGB] = [(0, 129, 200), (0, 0, 0), (238, 51, 78), (252, 177, 49), (0, 166, 81)]
GROUND: RGB = (30, 30, 30)
SYNTAX: list[RGB] = [
    (212, 212, 212),
    (86, 156, 214),
    (206, 145, 120),
    (106, 153, 85),
    (197, 134, 192),
    (78, 201, 176),
]
LINES: list[RGB] = [(31, 119, 180), (255, 127, 14), (44, 160, 44), (214, 39, 40), (148, 103, 189)]
SMOOTHING = [
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
]


def rings(resampling: Image.Resampling, size: tuple[int, int] = (300, 200)) -> Image.Image:
    """Draw five rings on white, large, and reduce them."""
    image = Image.new("RGB", (1200, 800), WHITE)
    draw = ImageDraw.Draw(image)
    for number, color in enumerate(RINGS):
        left, top = 80 + 190 * number, 150 + 150 * (number % 2)
        draw.ellipse([left, top, left + 320, top + 320], outline=color, width=34)
    return image.resize(size, resampling)


def write(image: Image.Image, size: int, inks: list[RGB]) -> None:
    """Fill an image with rows of words in a font size, each row in the next ink."""
    path = files("palette").joinpath("drawing/fonts/swatch-sans-medium.otf")
    font = ImageFont.truetype(str(path), size)
    draw = ImageDraw.Draw(image)
    for row, top in enumerate(range(5, image.height - size, round(1.4 * size))):
        text = f"{row} The quick brown fox jumps over the lazy dog, again and again"
        draw.text((8, top), text, inks[row % len(inks)], font)


def page(size: int, ground: RGB, *inks: RGB) -> Image.Image:
    image = Image.new("RGB", (600, 400), ground)
    write(image, size, list(inks))
    return image


def chart(width: int, height: int) -> Image.Image:
    """Draw smoothed lines, 3 pixels wide whatever the size."""
    image = Image.new("RGB", (4 * width, 4 * height), WHITE)
    draw = ImageDraw.Draw(image)
    across = np.linspace(0.05, 0.95, 200)
    for number, color in enumerate(LINES):
        down = 0.5 + 0.4 * np.sin(5 * across + number) * np.cos(number + across)
        points = [(4 * width * x, 4 * height * y) for x, y in zip(across, down, strict=True)]
        draw.line(points, color, 12)
    return image.resize((width, height), Image.Resampling.BOX)


def colors_of(palette: Palette) -> set[RGB]:
    return {swatch.rgb for swatch in palette}


@pytest.mark.parametrize("resampling", SMOOTHING)
def test_smoothed_logo_has_the_colors_that_it_was_drawn_in(resampling: Image.Resampling) -> None:
    palette = extract(encode(rings(resampling)), 10)
    assert colors_of(palette) == {WHITE, *RINGS}
    assert palette.dominant.rgb == WHITE


@pytest.mark.parametrize("size", [12, 16, 24, 60])
@pytest.mark.parametrize(
    ("ground", "ink"), [(WHITE, (16, 16, 16)), ((255, 248, 224), (16, 64, 192))]
)
def test_words_have_two_colors(size: int, ground: RGB, ink: RGB) -> None:
    assert colors_of(extract(encode(page(size, ground, ink)), 10)) == {ground, ink}


@pytest.mark.parametrize("size", [13, 16, 20])
def test_colors_of_small_print_come_back(size: int) -> None:
    palette = extract(encode(page(size, GROUND, *SYNTAX)), 10)
    assert {GROUND, *SYNTAX} == colors_of(palette)


@pytest.mark.parametrize("size", [(300, 200), (600, 400), (1500, 1000)])
def test_lines_of_a_chart_keep_their_colors_at_any_size(size: tuple[int, int]) -> None:
    assert colors_of(extract(encode(chart(*size)), 10)) >= {WHITE, *LINES}


def test_line_of_one_pixel_is_not_a_smoothed_edge() -> None:
    image = Image.new("RGB", (600, 400), WHITE)
    draw = ImageDraw.Draw(image)
    for top in range(20, 400, 20):
        draw.line([(0, top), (600, top)], (221, 221, 221))
    for left, right in pairwise(range(40, 600, 80)):
        draw.rectangle([left, 400 - right // 2, left + 40, 400], RINGS[left // 80 % 3])
    write(image, 16, [(51, 51, 51)])
    assert colors_of(extract(encode(image), 10)) >= {WHITE, (221, 221, 221), *RINGS[:3]}


@pytest.mark.parametrize("colors", [8, 16, 64])
@pytest.mark.parametrize("dither", [Image.Dither.NONE, Image.Dither.FLOYDSTEINBERG])
def test_colors_of_a_gif_are_those_in_its_table(colors: int, dither: Image.Dither) -> None:
    image = photo(PHOTOS[0]).quantize(colors, dither=dither)
    table = {tuple(color) for _, color in image.convert("RGB").getcolors() or []}
    assert colors_of(extract(encode(image, "GIF"), 6)) <= table


def test_every_area_is_there_if_there_is_room() -> None:
    inks: list[RGB] = [
        (40 + 60 * number % 200, 230 - 17 * number, 21 * number) for number in range(12)
    ]
    image = Image.new("RGB", (900, 600), (240, 240, 235))
    draw = ImageDraw.Draw(image)
    for number, ink in enumerate(inks):
        left, top = 20 + 220 * (number % 4), 20 + 190 * (number // 4)
        draw.ellipse([left, top, left + 100, top + 100], ink)
    reduced = image.resize((450, 300), Image.Resampling.LANCZOS)
    found = colors_of(extract(encode(reduced), 20))
    assert found == {(240, 240, 235), *inks}


def test_photo_on_a_drawn_page_adds_its_colors() -> None:
    image = Image.new("RGB", (800, 600), (239, 239, 239))
    draw = ImageDraw.Draw(image)
    for number, color in enumerate(RINGS):
        draw.rectangle([20 + 155 * number, 300, 150 + 155 * number, 580], color)
    image.paste(photo(PHOTOS[1]).resize((320, 240)), (20, 20))
    found = extract(encode(image), 10)
    assert colors_of(found) > {(239, 239, 239), *RINGS}
    there = set(map(tuple, np.asarray(image).reshape(-1, 3).tolist()))
    assert colors_of(found) <= there


@pytest.mark.parametrize("radius", [5, 8, 20])
def test_small_textured_object_in_flat_art_adds_its_color(radius: int) -> None:
    pixels = np.array(rings(Image.Resampling.LANCZOS))
    down, across = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    is_object = (down - 170) ** 2 + (across - 250) ** 2 <= radius**2
    grain = np.random.default_rng(1).normal(0, 4, (*pixels.shape[:2], 1))
    violet = np.clip(np.array([150, 60, 190]) + grain, 0, 255)
    pixels[is_object] = violet[is_object]
    found = extract(encode(pixels), 10)
    assert colors_of(found) > {WHITE, *RINGS}
    assert min(difference(rgb, (150, 60, 190)) for rgb in colors_of(found)) < 5


def test_smoothed_edge_is_no_accent() -> None:
    palette = extract(encode(rings(Image.Resampling.LANCZOS)), 10)
    assert all(swatch.rgb in RINGS for swatch in palette if Role.ACCENT in swatch.roles)


def gradient() -> np.ndarray:
    across = np.linspace((20, 60, 160), (240, 200, 120), 600)
    return np.broadcast_to(across, (400, 600, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    "pixels",
    [
        *[np.asarray(photo(name)) for name in PHOTOS],
        *[np.asarray(photo(name).convert("L")) for name in PHOTOS],
        gradient(),
        noise(200, 300),
        noise(200, 300) // 4 + 90,
    ],
)
def test_photos_gradients_and_grain_are_no_flat_art(pixels: np.ndarray) -> None:
    assert count_flat_colors(decode(encode(pixels), with_neighbors=True)) is None


def test_photo_on_white_is_no_flat_art() -> None:
    image = Image.new("RGB", (900, 900), WHITE)
    image.paste(photo(PHOTOS[0]).resize((500, 330)), (200, 280))
    assert count_flat_colors(decode(encode(image), with_neighbors=True)) is None


def test_artefacts_of_compression_are_no_flat_art() -> None:
    data = encode(page(16, GROUND, *SYNTAX), "JPEG", quality=80)
    assert count_flat_colors(decode(data, with_neighbors=True)) is None


def test_faithful_style_does_not_look_for_flat_colors() -> None:
    assert decode(photo_file(PHOTOS[0])).neighbors is None
    palette = extract(encode(rings(Image.Resampling.LANCZOS)), 10, style="faithful")
    assert len(palette) == 10


def test_colors_of_flat_art_are_kept_and_left_out() -> None:
    data = encode(rings(Image.Resampling.LANCZOS))
    blue, black, red, yellow, green = RINGS
    assert colors_of(extract(data, 6, leave_out=[WHITE])) == set(RINGS)
    assert colors_of(extract(data, 4, keep=[red, blue], leave_out=[WHITE, black])) == {
        red,
        blue,
        yellow,
        green,
    }
    with pytest.raises(NothingLeftError):
        extract(data, 6, leave_out=[WHITE, *RINGS])


def test_hidden_pixels_are_no_neighbors() -> None:
    image = rings(Image.Resampling.LANCZOS).convert("RGBA")
    image.putalpha(Image.new("L", image.size))
    pixels = np.array(image)
    pixels[40:160, 40:260, 3] = 255
    other = pixels.copy()
    other[other[..., 3] == 0] = (255, 0, 255, 0)
    assert extract(encode(pixels)) == extract(encode(other))
    assert (255, 0, 255) not in colors_of(extract(encode(other)))
