"""Images redrawn in the colours of a palette."""

import io

import numpy as np
import pytest
from coloraide import Color
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from palette import RGB, FullyTransparentError, NotAnImageError, Palette, Swatch, recolor
from palette.color.arrays import Bytes, Lab
from tests.palette import images
from tests.palette.images import encode

WARM = (
    (24, 20, 22),
    (120, 60, 40),
    (200, 120, 60),
    (120, 140, 130),
    (150, 190, 220),
    (245, 240, 225),
)
BLACK_AND_WHITE = ((0, 0, 0), (255, 255, 255))


def palette_of(colors: tuple[RGB, ...]) -> Palette:
    share = 1 / len(colors)
    return Palette(tuple(Swatch(rgb, share, str(rgb)) for rgb in colors))


def open_paletted(data: bytes) -> Image.Image:
    """Open what must be a paletted PNG."""
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode) == ("PNG", "P")
    return image


def oklab(pixels: Bytes) -> Lab:
    """Convert pixels, shape (…, 3), one by one."""
    rows = (pixels.reshape(-1, 3) / 255).tolist()
    return np.array([Color("srgb", row).convert("oklab").coords() for row in rows]).reshape(
        pixels.shape
    )


@pytest.fixture(scope="module")
def photo() -> Bytes:
    return np.asarray(images.photo("china.jpg"))


colors = st.tuples(*[st.integers(0, 255)] * 3)


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32 - 1),
    palette=st.lists(colors, min_size=1, max_size=20, unique=True).map(tuple).map(palette_of),
)
def test_every_pixel_becomes_its_nearest_color(seed: int, palette: Palette) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (7, 9, 3), np.uint8)
    drawn = np.asarray(open_paletted(recolor(encode(pixels), palette)))
    offsets = oklab(pixels)[:, :, None] - oklab(np.array([color.rgb for color in palette]))
    distances = np.linalg.norm(offsets, axis=-1)
    chosen = np.take_along_axis(distances, drawn[..., None].astype(int), axis=-1)[..., 0]
    # The matrices of two libraries differ in their last digits: either of two near ones will do.
    assert chosen == pytest.approx(distances.min(axis=-1), abs=1e-6)


def test_photo_is_drawn_in_the_palette_only(photo: Bytes) -> None:
    drawn = open_paletted(recolor(encode(photo), palette_of(WARM)))
    assert drawn.size == (640, 427)
    entries = drawn.getpalette()
    assert entries == [channel for rgb in WARM for channel in rgb]
    assert len(drawn.getcolors()) == len(WARM)


def test_flat_palette_color_stays_flat_even_when_dithered() -> None:
    flat = np.full((20, 30, 3), WARM[2], np.uint8)
    for dither in (False, True):
        drawn = open_paletted(recolor(encode(flat), palette_of(WARM), dither=dither))
        assert drawn.getcolors() == [(600, 2)]


def test_dithering_mixes_the_colors_on_both_sides() -> None:
    flat = np.full((100, 100, 3), 99, np.uint8)  # halfway from black to white in OKLab
    mixed = open_paletted(recolor(encode(flat), palette_of(BLACK_AND_WHITE), dither=True))
    white = np.asarray(mixed)
    assert white.mean() == pytest.approx(0.5, abs=0.02)
    for rows in range(0, 100, 10):
        assert white[rows : rows + 10].mean() == pytest.approx(0.5, abs=0.1)


def test_dithering_brings_areas_closer_to_the_photo(photo: Bytes) -> None:
    def mean_distance(*, dither: bool) -> float:
        drawn = open_paletted(recolor(encode(photo), palette_of(WARM), dither=dither)).convert(
            "RGB"
        )
        areas = [np.asarray(image.reduce(16)) for image in (Image.fromarray(photo), drawn)]
        return float(np.linalg.norm(oklab(areas[0]) - oklab(areas[1]), axis=-1).mean())

    assert mean_distance(dither=True) < 0.8 * mean_distance(dither=False)


@pytest.mark.parametrize("dither", [False, True])
def test_equal_arguments_give_equal_bytes(photo: Bytes, *, dither: bool) -> None:
    data, palette = encode(photo), palette_of(WARM)
    assert recolor(data, palette, dither=dither) == recolor(data, palette, dither=dither)


@pytest.mark.parametrize("dither", [False, True])
def test_only_fully_transparent_pixels_stay_transparent(*, dither: bool) -> None:
    pixels = np.zeros((2, 3, 4), np.uint8)
    pixels[..., 3] = [[0, 1, 255], [255, 128, 0]]
    drawn = open_paletted(recolor(encode(pixels), palette_of(WARM), dither=dither))
    assert len(drawn.getpalette()) == 3 * (len(WARM) + 1)
    rgba = np.asarray(drawn.convert("RGBA"))
    assert rgba[..., 3].tolist() == [[0, 255, 255], [255, 255, 0]]
    assert {tuple(pixel) for pixel in rgba[rgba[..., 3] > 0][:, :3].tolist()} == {WARM[0]}


def test_result_is_upright_and_has_no_metadata() -> None:
    image = Image.new("RGB", (3, 2), WARM[0])
    image.putpixel((0, 0), WARM[5])
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    exif[0x010E] = "my garden"
    drawn = open_paletted(recolor(encode(image, exif=exif), palette_of(WARM)))
    assert np.asarray(drawn).tolist() == [[0, 5], [0, 0], [0, 0]]
    assert not drawn.info
    assert not drawn.getexif()


@pytest.mark.parametrize(
    ("size", "max_side", "expected"),
    [
        ((400, 100), 100, (100, 25)),
        ((100, 400), 100, (25, 100)),
        ((1500, 1000), 300, (300, 200)),
        ((3000, 30), 1000, (1000, 10)),
        ((780, 780), 500, (500, 500)),
        ((90, 60), 100, (90, 60)),
    ],
)
def test_result_is_at_most_max_side(
    size: tuple[int, int], max_side: int, expected: tuple[int, int]
) -> None:
    for kind in ("PNG", "JPEG"):
        data = encode(Image.new("RGB", size, WARM[1]), kind)
        drawn = open_paletted(recolor(data, palette_of(WARM), max_side=max_side))
        assert drawn.size == expected
        assert drawn.getcolors() == [(expected[0] * expected[1], 1)]


def test_first_frame_of_an_animation_is_drawn() -> None:
    frames = [Image.new("RGB", (4, 4), rgb) for rgb in (WARM[3], WARM[4])]
    data = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert open_paletted(recolor(data, palette_of(WARM))).getcolors() == [(16, 3)]


def test_bad_images_are_refused() -> None:
    with pytest.raises(NotAnImageError):
        recolor(b"not an image", palette_of(WARM))
    with pytest.raises(FullyTransparentError):
        recolor(encode(np.zeros((2, 2, 4), np.uint8)), palette_of(WARM))
