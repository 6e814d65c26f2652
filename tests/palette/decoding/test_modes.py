"""Pixels of every mode and depth, converted to eight bits."""

import struct

import numpy as np
import pytest
from PIL import Image

import palette
from palette.decoding.decode import decode
from tests.palette.images import encode, png, png_chunk

GRAY16 = np.array([[0, 257, 0x8000, 65535]], np.uint16)


def gray_levels(data: bytes) -> list[int]:
    """Return the levels of the only row."""
    raster = decode(data)
    assert (raster.rgb == raster.rgb[..., :1]).all()
    return raster.rgb[0, 0, :, 0].tolist()


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled(kind: str) -> None:
    assert gray_levels(encode(GRAY16, kind)) == [0, 1, 128, 255]


def test_big_endian_sixteen_bits_are_scaled() -> None:
    image = Image.new("I;16B", (2, 1))
    image.putpixel((1, 0), 0x8000)
    assert gray_levels(encode(image, "TIFF")) == [0, 128]


def test_sixteen_bits_are_rounded_to_the_nearest_level() -> None:
    levels = np.arange(65536, dtype=np.uint16).reshape(1, -1)
    seen = decode(encode(levels), target_pixels=65536).rgb[0, 0, :, 0]
    assert seen.tolist() == np.rint(levels[0] / 257).astype(int).tolist()


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ([-9, 0, 0x8000, 65535], [0, 0, 128, 255]),
        ([-9, 0, 2**30, 2**31 - 1], [0, 0, 128, 255]),
    ],
)
def test_thirty_two_bits_are_scaled_by_the_range_they_use(
    values: list[int], seen: list[int]
) -> None:
    assert gray_levels(encode(np.array([values], np.int32), "TIFF")) == seen


@pytest.mark.parametrize(
    ("values", "seen"),
    [
        ([-1.0, 0.0, 0.5, 1.0], [0, 0, 128, 255]),
        ([0.0, 0.1, 0.2, 0.2], [0, 26, 51, 51]),
        ([0.0, 100.0, 200.0, 400.0], [0, 64, 128, 255]),
        ([np.nan, -np.inf, 2.0, np.inf], [0, 0, 255, 255]),
        ([np.nan, np.nan, np.nan, np.nan], [0, 0, 0, 0]),
    ],
)
def test_floats_are_scaled_by_the_range_they_use(values: list[float], seen: list[int]) -> None:
    assert gray_levels(encode(np.array([values], np.float32), "TIFF")) == seen


def test_large_deep_image_is_scaled_as_a_whole() -> None:
    ramp = np.linspace(0, 2**31 - 1, 3_000_000).astype(np.int32).reshape(3000, 1000)
    (seen,) = decode(encode(ramp, "TIFF"), target_pixels=3_000_000).rgb
    assert np.abs(seen[..., 0] - ramp / (2**31 - 1) * 255).max() <= 0.501


@pytest.mark.parametrize(("color_type", "channels"), [(2, 3), (6, 4), (4, 2)])
def test_sixteen_bits_a_channel_keep_their_color(color_type: int, channels: int) -> None:
    values = [0xFFFF, 0x8080, 0x1010, 0xFFFF][-channels:]
    (pixel,) = decode(
        png((1, 1), 16, color_type, b"\0" + struct.pack(f">{channels}H", *values))
    ).rgb.reshape(1, 3)
    expected = [value >> 8 for value in values]
    assert pixel.tolist() == (expected[:1] * 3 if channels == 2 else expected[:3])


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_few_bits_are_scaled_up(bits: int) -> None:
    top = (1 << bits) - 1
    rows = b"\0" + bytes([top << (8 - bits)])
    assert gray_levels(png((2, 1), bits, 0, rows)) == [255, 0]


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(Image.new("1", (9, 9), 1), id="bits"),
        pytest.param(Image.new("L", (9, 9), 255), id="grey"),
        pytest.param(Image.new("LA", (9, 9), (255, 255)), id="grey with alpha"),
        pytest.param(Image.new("P", (9, 9), "white"), id="paletted"),
        pytest.param(Image.new("RGB", (9, 9), "white"), id="colour"),
        pytest.param(Image.new("RGBA", (9, 9), "white"), id="colour with alpha"),
        pytest.param(Image.new("I;16", (9, 9), 65535), id="16 bits"),
    ],
)
def test_white_is_white_in_every_mode(image: Image.Image) -> None:
    assert decode(encode(image), max_distinct=1).distinct == {(255, 255, 255): 81}


@pytest.mark.parametrize("mode", ["YCbCr", "CMYK", "RGBX", "I", "F"])
def test_white_is_white_in_tiff_modes(mode: str) -> None:
    white = {"YCbCr": (255, 128, 128), "CMYK": 0, "RGBX": (255,) * 4}
    image = Image.new(mode, (9, 9), white.get(mode, 65535))
    assert decode(encode(image, "TIFF"), max_distinct=1).distinct == {(255, 255, 255): 81}


def packed(values: list[int], depth: int) -> bytes:
    """Return a row of samples of this many bits, unfiltered."""
    bits = "".join(f"{value:0{depth}b}" for value in values)
    return b"\0" + int(bits, 2).to_bytes(len(bits) // 8)


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
@pytest.mark.parametrize("place", [0, 0.4, 1])
@pytest.mark.parametrize("excess", [False, True])
def test_transparent_gray_is_invisible(depth: int, place: float, excess: bool) -> None:  # noqa: FBT001
    top = (1 << depth) - 1
    key = round(place * top)
    values = [0, top, key, top // 2, top // 3, key, 0, top]
    said = (key | 1 << 15) if excess and depth < 16 else key  # bits above the depth mean nothing
    data = png((8, 1), depth, 0, packed(values, depth), png_chunk(b"tRNS", struct.pack(">H", said)))
    raster = decode(data, max_distinct=256)
    assert raster.alpha.tolist() == [[[0 if value == key else 255 for value in values]]]
    shown = {round(value / top * 255) for value in values if value != key}
    assert {gray for gray, *_ in raster.distinct} == shown


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("key", [(255, 0, 255), (18, 52, 86), (0, 0, 0)])
def test_transparent_color_is_invisible(depth: int, key: tuple[int, int, int]) -> None:
    factor = 257 if depth == 16 else 1
    colors = [(200, 30, 60), key, (20, 60, 160)]
    values = [part * factor for color in colors for part in color]
    chunk = png_chunk(b"tRNS", struct.pack(">3H", *values[3:6]))
    raster = decode(png((3, 1), depth, 2, packed(values, depth), chunk), max_distinct=3)
    assert raster.distinct == {(200, 30, 60): 1, (20, 60, 160): 1}


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_palette_of_any_depth_may_have_alpha(depth: int) -> None:
    colors = png_chunk(b"PLTE", bytes([200, 30, 60, 0, 255, 0]))
    data = png((8, 1), depth, 3, packed([0, 1] * 4, depth), colors, png_chunk(b"tRNS", b"\xff\0"))
    assert palette.extract(data).hex == ("#c81e3c",)


@pytest.mark.parametrize("transparency", [1, bytes([255, 0, 128])])
def test_transparent_palette_entry_is_invisible(transparency: int | bytes) -> None:
    image = Image.new("P", (3, 1))
    image.putpalette([200, 0, 0, 0, 200, 0, 0, 0, 200])
    image.putdata([0, 1, 2])
    raster = decode(encode(image, transparency=transparency), max_distinct=2)
    blue = 128 / 255 if isinstance(transparency, bytes) else 1
    assert raster.distinct == pytest.approx({(200, 0, 0): 1, (0, 0, 200): blue})


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
@pytest.mark.parametrize("size", [(3, 2), (700, 500)])
def test_opaque_alpha_makes_no_difference(mode: str, size: tuple[int, int]) -> None:
    opaque = Image.effect_noise(size, 80).convert(mode[:-1])
    with_alpha = opaque.convert(mode)
    assert palette.extract(encode(with_alpha)) == palette.extract(encode(opaque))
    with_alpha.putpixel((0, 0), (0,) * len(mode))
    assert decode(encode(opaque)).alpha is None
    assert decode(encode(with_alpha)).alpha is not None
