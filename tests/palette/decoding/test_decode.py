"""What happens to the pixels of a file: turned upright, reduced, weighted by alpha."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palette import FullyTransparentError, TruncatedImageError, extract
from palette.decoding.decode import decode
from tests.palette.images import LOSSLESS, LOSSY, encode, noise, png_chunk, stripes

PINK, TEAL = (255, 0, 255), (0, 128, 128)
QUARTERS = np.array(
    [[(200, 30, 60), (240, 220, 40)], [(30, 160, 80), (40, 60, 200)]], np.uint8
).repeat(32, axis=0).repeat(48, axis=1)  # fmt: skip
# EXIF 2.32, tag 0x0112: how what is stored is to be turned.
UPRIGHT = {
    1: lambda stored: stored,
    2: lambda stored: stored[:, ::-1],
    3: lambda stored: stored[::-1, ::-1],
    4: lambda stored: stored[::-1],
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: stored.swapaxes(0, 1)[:, ::-1],
    7: lambda stored: stored[::-1, ::-1].swapaxes(0, 1),
    8: lambda stored: stored.swapaxes(0, 1)[::-1],
}


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF", "HEIF"])
def test_images_are_turned_as_the_camera_was_held(kind: str, orientation: int) -> None:
    options = {**LOSSLESS, **LOSSY}[kind]
    raster = decode(encode(QUARTERS, kind, exif=exif(orientation), **options))
    expected = UPRIGHT[orientation](QUARTERS)
    assert raster.rgb[0].shape == expected.shape
    middles = (slice(16, None, 32), slice(24, None, 48))
    if orientation > 4:
        middles = middles[::-1]
    seen = raster.rgb[0][middles].astype(int)
    assert np.abs(seen - expected[middles]).max() <= (8 if kind in LOSSY else 0)


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}])
def test_compressed_tiff_is_turned_once(options: dict[str, object]) -> None:
    raster = decode(encode(QUARTERS, "TIFF", exif=exif(6), **options))
    assert raster.rgb[0].tolist() == UPRIGHT[6](QUARTERS).tolist()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize(
    "damaged",
    [
        b"garbage, garbage",
        b"Exif\0\0MM",
        b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\xff\xff\xff\xff\0\0\0\0",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        exif(6)[:-6],
        exif(99),
    ],
)
def test_damaged_metadata_changes_no_pixel(kind: str, damaged: bytes) -> None:
    options = {**LOSSLESS, **LOSSY}[kind]
    raster = decode(encode(QUARTERS, kind, exif=damaged, **options))
    assert raster.rgb.tolist() == decode(encode(QUARTERS, kind, **options)).rgb.tolist()


def test_metadata_after_the_pixels_is_read() -> None:
    plain = encode(QUARTERS)
    end = plain.index(b"IEND") - 4
    turned = plain[:end] + png_chunk(b"eXIf", exif(3)[6:]) + plain[end:]
    assert decode(turned).rgb[0].tolist() == UPRIGHT[3](QUARTERS).tolist()


@given(
    width=st.integers(1, 3000),
    height=st.integers(1, 3000),
    pixels=st.sampled_from([1000, 65536]),
)
def test_every_size_is_reduced_to_about_the_target(width: int, height: int, pixels: int) -> None:
    raster = decode(encode(Image.new("1", (width, height), 1)), target_pixels=pixels)
    _, rows, columns, _ = raster.rgb.shape
    if width * height <= pixels:
        assert (rows, columns) == (height, width)
    assert rows * columns < 2.25 * pixels
    assert rows * columns >= min(width * height, pixels) / 2.25
    assert (raster.rgb == 255).all()


def test_reduction_averages_and_skips_no_pixel() -> None:
    checks = np.indices((900, 900)).sum(axis=0).astype(np.uint8) % 2 * 200
    assert (decode(encode(checks), target_pixels=450 * 450).rgb == 100).all()
    assert np.unique(decode(encode(checks), target_pixels=300 * 300).rgb).tolist() == [89, 111]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_reduction_keeps_the_mean_of_every_area(kind: str) -> None:
    rng = np.random.default_rng(3)
    areas = rng.integers(40, 216, (5, 5, 3))
    pixels = areas.repeat(200, axis=0).repeat(200, axis=1) + rng.integers(-40, 41, (1000, 1000, 3))
    data = encode(pixels.astype(np.uint8), kind, **{**LOSSLESS, **LOSSY}[kind])
    (reduced,) = decode(data, target_pixels=125 * 125).rgb
    means = reduced.reshape(5, 25, 5, 25, 3).mean(axis=(1, 3))
    assert means == pytest.approx(areas, abs=1)


@pytest.mark.parametrize(("height", "width"), [(600, 500), (2000, 30), (1, 90_000), (150, 150)])
def test_sample_consists_of_unchanged_pixels(height: int, width: int) -> None:
    pixels = np.where(noise(height, width) < 128, np.uint8(0), np.uint8(255))
    sample = decode(encode(pixels)).sample.rgb
    assert set(np.unique(sample).tolist()) == {0, 255}
    assert min(height * width, 40_000) <= sample[..., 0].size <= 65_000
    assert sample.mean() == pytest.approx(pixels.mean(), abs=2)


def test_large_flat_jpeg_is_exact() -> None:
    flat = encode(Image.new("RGB", (3000, 2000), (120, 120, 120)), "JPEG")
    assert decode(flat, max_distinct=1).distinct == {(120, 120, 120): 3000 * 2000}
    assert decode(flat).distinct is None


def test_few_colors_are_counted_before_a_reduction_blends_them() -> None:
    pixels = stripes((0, 0, 0), (255, 255, 255), (255, 0, 0), width=333, height=1001)
    raster = decode(encode(pixels), max_distinct=3)
    assert raster.distinct == dict.fromkeys([(0, 0, 0), (255, 255, 255), (255, 0, 0)], 333 * 1001)
    assert decode(encode(pixels), max_distinct=2).distinct is None


def rgba(*colors: tuple[int, int, int, int]) -> bytes:
    return encode(stripes(*colors))


def test_hidden_color_does_not_count() -> None:
    assert decode(rgba((*PINK, 0), (*TEAL, 255)), max_distinct=1).distinct == {TEAL: 16 * 32}


def test_many_hidden_colors_do_not_count() -> None:
    pixels = np.dstack([noise(64, 64), np.zeros((64, 64), np.uint8)])
    pixels[:8] = (*TEAL, 255)
    assert extract(encode(pixels)).hex == ("#008080",)


def test_transparent_pixels_count_by_their_alpha() -> None:
    raster = decode(rgba((*PINK, 51), (*TEAL, 204)), max_distinct=2)
    assert raster.distinct == pytest.approx({PINK: 0.2 * 512, TEAL: 0.8 * 512})


def test_hidden_color_does_not_bleed_into_a_reduction() -> None:
    pixels = np.zeros((600, 600, 4), np.uint8)
    pixels[...] = (*PINK, 0)
    pixels[::2] = (*TEAL, 255)
    raster = decode(encode(pixels), target_pixels=300 * 300)
    assert np.abs(raster.rgb.astype(int) - TEAL).max() <= 1
    assert np.abs(raster.alpha.astype(int) - 128).max() <= 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encode(Image.new("RGBA", (9, 9), (*PINK, 0))), id="PNG"),
        pytest.param(encode(Image.new("RGBA", (900, 900), (*PINK, 0))), id="large"),
        pytest.param(encode(Image.new("LA", (9, 9), (200, 0))), id="grey"),
        pytest.param(encode(Image.new("P", (9, 9)), transparency=0), id="paletted"),
        pytest.param(encode(Image.new("L", (9, 9), 7), transparency=7), id="grey of one colour"),
        pytest.param(encode(Image.new("RGB", (9, 9), TEAL), transparency=TEAL), id="one colour"),
        pytest.param(encode(Image.new("P", (9, 9)), "GIF", transparency=0), id="GIF"),
        pytest.param(encode(Image.new("RGBA", (9, 9)), "WEBP"), id="WebP"),
        pytest.param(encode(Image.new("RGBA", (9, 9)), "TIFF"), id="TIFF"),
        pytest.param(encode(Image.new("RGBA", (9, 9)), "AVIF"), id="AVIF"),
        pytest.param(encode(Image.new("RGBA", (64, 64)), "HEIF"), id="HEIC"),
    ],
)
def test_fully_transparent_image_is_refused(data: bytes) -> None:
    with pytest.raises(FullyTransparentError) as error:
        extract(data)
    assert str(error.value).endswith(".")


def test_one_visible_pixel_is_enough() -> None:
    pixels = np.zeros((9, 9, 4), np.uint8)
    pixels[4, 4] = (*TEAL, 1)
    assert extract(encode(pixels)).hex == ("#008080",)


def test_damage_that_is_found_late_is_reported_too() -> None:
    data = bytearray(encode(noise(50, 50)))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(TruncatedImageError) as error:
        decode(bytes(data))
    assert error.value.__cause__ is not None


def test_only_the_bytes_decide_the_format() -> None:
    """The name of a file is not known here, and an image inside another is not looked for."""
    data = encode(stripes(PINK, TEAL))
    assert extract(data + b"trailing bytes").hex == extract(data).hex


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (211, 211), (300, 250), (768, 512), (1000, 3)])
def test_neighbors_are_one_pixel_away_in_the_unreduced_image(size: tuple[int, int]) -> None:
    width, height = size
    # Few colours, so that the image seems flat, but no two alike within 3 pixels of each other.
    across, down = np.meshgrid(np.arange(width), np.arange(height))
    pixels = np.stack([across % 5 * 40, down % 5 * 40, 0 * down], axis=-1).astype(np.uint8)
    raster = decode(encode(pixels), with_neighbors=True)
    if raster.neighbors is None:
        assert width * height < 100  # in which hardly any colour repeats
        return
    sample = raster.sample.rgb[0].astype(int) // 40
    for near, (x, y) in zip(
        raster.neighbors[:, 0], [(-1, 0), (1, 0), (0, -1), (0, 1)], strict=True
    ):
        place = near.astype(int) // 40
        is_shifted = ((sample + np.array([x, y, 0])) % 5 == place).all(axis=-1)
        is_own = (place == sample).all(axis=-1)
        assert (is_shifted | is_own).all()
        assert is_shifted[1:-1, 1:-1].mean() > 0.99 or min(size) < 3


def test_neighbors_are_not_looked_at_in_noise_or_unasked() -> None:
    assert decode(encode(noise(300, 300)), with_neighbors=True).neighbors is None
    assert decode(encode(Image.new("RGB", (300, 300)))).neighbors is None
