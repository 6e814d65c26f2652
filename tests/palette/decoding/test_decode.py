"""What becomes of the pixels of a file: turned, reduced, made visible."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palette import FullyTransparentError, TruncatedImageError, extract
from palette.decoding.decode import decode
from tests.palette.pictures import LOSSLESS, LOSSY, encoded, noise, png_chunk, stripes

PINK, TEAL = (255, 0, 255), (0, 128, 128)
QUARTERS = np.array(
    [[(200, 30, 60), (240, 220, 40)], [(30, 160, 80), (40, 60, 200)]], np.uint8
).repeat(32, axis=0).repeat(48, axis=1)  # fmt: skip
# EXIF 2.32, tag 0x0112: which side of what is stored is the top, and which the left.
AS_SEEN = {
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


@pytest.mark.parametrize("orientation", AS_SEEN)
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF", "HEIF"])
def test_pictures_are_turned_as_the_camera_was_held(kind: str, orientation: int) -> None:
    options = {**LOSSLESS, **LOSSY}[kind]
    raster = decode(encoded(QUARTERS, kind, exif=exif(orientation), **options))
    expected = AS_SEEN[orientation](QUARTERS)
    assert raster.rgb[0].shape == expected.shape
    middles = (slice(16, None, 32), slice(24, None, 48))
    if orientation > 4:
        middles = middles[::-1]
    seen = raster.rgb[0][middles].astype(int)
    assert np.abs(seen - expected[middles]).max() <= (8 if kind in LOSSY else 0)


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}])
def test_a_compressed_tiff_is_turned_once(options: dict[str, object]) -> None:
    raster = decode(encoded(QUARTERS, "TIFF", exif=exif(6), **options))
    assert raster.rgb[0].tolist() == AS_SEEN[6](QUARTERS).tolist()


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
    raster = decode(encoded(QUARTERS, kind, exif=damaged, **options))
    assert raster.rgb.tolist() == decode(encoded(QUARTERS, kind, **options)).rgb.tolist()


def test_metadata_behind_the_pixels_is_read() -> None:
    plain = encoded(QUARTERS)
    end = plain.index(b"IEND") - 4
    turned = plain[:end] + png_chunk(b"eXIf", exif(3)[6:]) + plain[end:]
    assert decode(turned).rgb[0].tolist() == AS_SEEN[3](QUARTERS).tolist()


@given(
    width=st.integers(1, 3000),
    height=st.integers(1, 3000),
    pixels=st.sampled_from([1000, 65536]),
)
def test_every_size_is_brought_down_to_about_the_working_size(
    width: int, height: int, pixels: int
) -> None:
    raster = decode(encoded(Image.new("1", (width, height), 1)), pixels=pixels)
    _, rows, columns, _ = raster.rgb.shape
    if width * height <= pixels:
        assert (rows, columns) == (height, width)
    assert rows * columns < 2.25 * pixels
    assert rows * columns >= min(width * height, pixels) / 2.25
    assert (raster.rgb == 255).all()


def test_reduction_averages_and_never_skips() -> None:
    checks = np.indices((900, 900)).sum(axis=0).astype(np.uint8) % 2 * 200
    assert (decode(encoded(checks), pixels=450 * 450).rgb == 100).all()
    assert np.unique(decode(encoded(checks), pixels=300 * 300).rgb).tolist() == [89, 111]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_reduction_keeps_the_mean_of_every_area(kind: str) -> None:
    rng = np.random.default_rng(3)
    areas = rng.integers(40, 216, (5, 5, 3))
    picture = areas.repeat(200, axis=0).repeat(200, axis=1) + rng.integers(-40, 41, (1000, 1000, 3))
    data = encoded(picture.astype(np.uint8), kind, **{**LOSSLESS, **LOSSY}[kind])
    (reduced,) = decode(data, pixels=125 * 125).rgb
    means = reduced.reshape(5, 25, 5, 25, 3).mean(axis=(1, 3))
    assert means == pytest.approx(areas, abs=1)


@pytest.mark.parametrize(("height", "width"), [(600, 500), (2000, 30), (1, 90_000), (150, 150)])
def test_the_sample_is_of_pixels_that_are_there(height: int, width: int) -> None:
    picture = np.where(noise(height, width) < 128, np.uint8(0), np.uint8(255))
    sample = decode(encoded(picture)).sample.rgb
    assert set(np.unique(sample).tolist()) == {0, 255}
    assert min(height * width, 40_000) <= sample[..., 0].size <= 65_000
    assert sample.mean() == pytest.approx(picture.mean(), abs=2)


def test_a_large_flat_jpeg_is_exact_to_the_bit() -> None:
    flat = encoded(Image.new("RGB", (3000, 2000), (120, 120, 120)), "JPEG")
    assert decode(flat, few=1).distinct == {(120, 120, 120): 3000 * 2000}
    assert decode(flat).distinct is None


def test_few_colours_are_found_before_a_reduction_blends_them() -> None:
    picture = stripes((0, 0, 0), (255, 255, 255), (255, 0, 0), width=333, height=1001)
    raster = decode(encoded(picture), few=3)
    assert raster.distinct == dict.fromkeys([(0, 0, 0), (255, 255, 255), (255, 0, 0)], 333 * 1001)
    assert decode(encoded(picture), few=2).distinct is None


def rgba(*colors: tuple[int, int, int, int]) -> bytes:
    return encoded(stripes(*colors))


def test_hidden_colours_do_not_count() -> None:
    assert decode(rgba((*PINK, 0), (*TEAL, 255)), few=1).distinct == {TEAL: 16 * 32}


def test_hidden_colours_of_every_kind_count_as_nothing() -> None:
    picture = np.dstack([noise(64, 64), np.zeros((64, 64), np.uint8)])
    picture[:8] = (*TEAL, 255)
    assert extract(encoded(picture)).hex == ("#008080",)


def test_half_transparent_pixels_count_by_half() -> None:
    raster = decode(rgba((*PINK, 51), (*TEAL, 204)), few=2)
    assert raster.distinct == pytest.approx({PINK: 0.2 * 512, TEAL: 0.8 * 512})


def test_hidden_colours_do_not_bleed_into_a_reduction() -> None:
    picture = np.zeros((600, 600, 4), np.uint8)
    picture[...] = (*PINK, 0)
    picture[::2] = (*TEAL, 255)
    raster = decode(encoded(picture), pixels=300 * 300)
    assert np.abs(raster.rgb.astype(int) - TEAL).max() <= 1
    assert np.abs(raster.alpha.astype(int) - 128).max() <= 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encoded(Image.new("RGBA", (9, 9), (*PINK, 0))), id="PNG"),
        pytest.param(encoded(Image.new("RGBA", (900, 900), (*PINK, 0))), id="large"),
        pytest.param(encoded(Image.new("LA", (9, 9), (200, 0))), id="grey"),
        pytest.param(encoded(Image.new("P", (9, 9)), transparency=0), id="paletted"),
        pytest.param(encoded(Image.new("L", (9, 9), 7), transparency=7), id="grey of one colour"),
        pytest.param(encoded(Image.new("RGB", (9, 9), TEAL), transparency=TEAL), id="one colour"),
        pytest.param(encoded(Image.new("P", (9, 9)), "GIF", transparency=0), id="GIF"),
        pytest.param(encoded(Image.new("RGBA", (9, 9)), "WEBP"), id="WebP"),
        pytest.param(encoded(Image.new("RGBA", (9, 9)), "TIFF"), id="TIFF"),
        pytest.param(encoded(Image.new("RGBA", (9, 9)), "AVIF"), id="AVIF"),
        pytest.param(encoded(Image.new("RGBA", (64, 64)), "HEIF"), id="HEIC"),
    ],
)
def test_where_nothing_can_be_seen_there_is_no_palette(data: bytes) -> None:
    with pytest.raises(FullyTransparentError) as error:
        extract(data)
    assert str(error.value).endswith(".")


def test_one_visible_pixel_is_enough() -> None:
    picture = np.zeros((9, 9, 4), np.uint8)
    picture[4, 4] = (*TEAL, 1)
    assert extract(encoded(picture)).hex == ("#008080",)


def test_what_pillow_finds_wrong_only_late_is_damaged() -> None:
    data = bytearray(encoded(noise(50, 50)))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(TruncatedImageError) as error:
        decode(bytes(data))
    assert error.value.__cause__ is not None


def test_bytes_are_all_that_counts() -> None:
    """The name of a file never comes this far; a picture inside of another is not looked for."""
    data = encoded(stripes(PINK, TEAL))
    assert extract(data + b"trailing bytes").hex == extract(data).hex
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
