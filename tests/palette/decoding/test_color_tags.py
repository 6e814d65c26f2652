"""Colours are what their file says without a profile, in the order of its format's standard."""

import struct
from itertools import product

import numpy as np
import pytest
from coloraide import Color
from PIL import Image

from palette import RGB, Note, NoteKind, extract, recolor, source_copy
from palette.decoding.containers.nclx import read_nclx
from palette.decoding.decode import decode
from tests.palette.icc_profiles import rgb_profile, with_cicp_tag
from tests.palette.images import LOSSLESS, LOSSY, encode, png_chunk, retagged_avif

P3_RED = (234, 51, 35)  # sRGB's red, in Display P3
P3_POINTS = (0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
ADOBE_POINTS = (0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
P3 = rgb_profile("display-p3-linear", 2.2)
UNKNOWN = (Note(NoteKind.UNKNOWN_COLOR_SPACE),)
HDR = (Note(NoteKind.HDR),)


def tagged_png(rgb: RGB, *chunks: bytes, mode: str = "RGB", **options: object) -> bytes:
    color = rgb if mode == "RGB" else rgb[0]
    data = encode(Image.new(mode, (8, 8), color), **options)
    return data[:33] + b"".join(chunks) + data[33:]


def gamma(exponent: float) -> bytes:
    return png_chunk(b"gAMA", struct.pack(">I", round(100_000 * exponent)))


def chromaticities(*points: float) -> bytes:
    return png_chunk(b"cHRM", struct.pack(">8I", *(round(100_000 * point) for point in points)))


def cicp(*points: int) -> bytes:
    return png_chunk(b"cICP", bytes(points))


SRGB_CHUNK = png_chunk(b"sRGB", b"\0")


def seen(data: bytes) -> RGB:
    (swatch,) = extract(data)
    return swatch.rgb


@pytest.mark.parametrize(
    ("rgb", "chunks", "expected"),
    [
        pytest.param((55,) * 3, [gamma(1)], (128,) * 3, id="linear"),
        pytest.param((55,) * 3, [cicp(1, 8, 0, 1)], (128,) * 3, id="linear by cICP"),
        pytest.param((126,) * 3, [cicp(1, 13, 0, 0)], (128,) * 3, id="limited range"),
        pytest.param(P3_RED, [cicp(12, 13, 0, 1)], (255, 0, 0), id="P3 by cICP"),
        pytest.param(
            P3_RED, [gamma(0.45455), chromaticities(*P3_POINTS)], (255, 0, 0), id="P3 by cHRM"
        ),
        pytest.param(P3_RED, [chromaticities(*P3_POINTS)], (255, 0, 0), id="cHRM alone"),
        pytest.param(
            (219, 0, 0), [gamma(256 / 563), chromaticities(*ADOBE_POINTS)], (255, 0, 0), id="Adobe"
        ),
        pytest.param((10, 99, 200), [gamma(0.45455)], (10, 99, 200), id="gamma of sRGB"),
        pytest.param((10, 99, 200), [SRGB_CHUNK, gamma(1)], (10, 99, 200), id="sRGB before gAMA"),
        pytest.param(
            P3_RED, [cicp(12, 13, 0, 1), SRGB_CHUNK, gamma(1)], (255, 0, 0), id="cICP before sRGB"
        ),
    ],
)
def test_chunks_of_png_are_honoured(rgb: RGB, chunks: list[bytes], expected: RGB) -> None:
    data = tagged_png(rgb, *chunks)
    assert seen(data) == pytest.approx(expected, abs=1)
    assert not extract(data).notes


def test_cicp_comes_before_a_profile_and_a_profile_before_srgb() -> None:
    profiled = seen(tagged_png(P3_RED, icc_profile=P3))
    assert profiled != P3_RED
    assert seen(tagged_png(P3_RED, SRGB_CHUNK, gamma(1), icc_profile=P3)) == profiled
    assert seen(tagged_png(P3_RED, cicp(1, 13, 0, 1), icc_profile=P3)) == P3_RED


def test_what_comes_next_counts_if_a_tag_stands_for_nothing() -> None:
    for broken in (cicp(3, 13, 0, 1), cicp(1, 13, 6, 1), cicp(1, 13)):
        profiled = tagged_png(P3_RED, broken, icc_profile=P3)
        assert seen(profiled) == seen(tagged_png(P3_RED, icc_profile=P3))
        assert extract(profiled).notes == UNKNOWN
    linear = tagged_png((55,) * 3, gamma(1), icc_profile=b"broken")
    assert seen(linear) == (128,) * 3
    assert extract(linear).notes == (Note(NoteKind.BROKEN_PROFILE),)


@pytest.mark.parametrize(
    "chunk",
    [cicp(1, 9, 0, 1), cicp(0, 0, 0, 0), gamma(0), gamma(9999), chromaticities(*[0.0] * 8)],
    ids=["logarithmic", "zeros", "no gamma", "huge gamma", "no chromaticities"],
)
def test_tag_that_cannot_be_honoured_is_noted(chunk: bytes) -> None:
    palette = extract(tagged_png(P3_RED, chunk))
    assert palette.swatches[0].rgb == P3_RED
    assert palette.notes == UNKNOWN


def test_profile_that_cannot_be_unpacked_is_noted() -> None:
    png = tagged_png(P3_RED, png_chunk(b"iCCP", b"name\0\0nothing that zlib knows"))
    jpeg = encode(Image.new("RGB", (8, 8), P3_RED), "JPEG")
    first_of_two = b"\xff\xe2\0\x14ICC_PROFILE\0\1\2part"
    for data in (png, jpeg[:2] + first_of_two + jpeg[2:]):
        assert extract(data).notes == (Note(NoteKind.BROKEN_PROFILE),)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA"])
def test_every_mode_is_converted(mode: str) -> None:
    image = Image.new("RGB", (8, 8), (55,) * 3)
    data = encode(image.quantize(2) if mode == "P" else image.convert(mode))
    linear = data[:33] + gamma(1) + data[33:]
    assert seen(linear) == (128,) * 3


def test_grey_stays_grey_with_any_primaries() -> None:
    palette = extract(tagged_png((99,) * 3, cicp(9, 16, 0, 1), mode="L"))
    assert len(set(palette.swatches[0].rgb)) == 1
    assert palette.notes == HDR


@pytest.mark.parametrize(("points", "level"), [((9, 16), 148), ((9, 18), 191)])
def test_hdr_is_shown_as_on_a_normal_screen(points: tuple[int, int], level: int) -> None:
    """203 cd/m² is white (ITU-R BT.2408)."""
    for data in (
        tagged_png((level,) * 3, cicp(*points, 0, 1)),
        retagged_avif(Image.new("RGB", (64, 64), (level,) * 3), *points),
    ):
        palette = extract(data)
        assert min(palette.swatches[0].rgb) > 235
        assert palette.notes == HDR


@pytest.mark.parametrize("limited", [False, True])
def test_avif_tells_its_colors_by_nclx(limited: bool) -> None:  # noqa: FBT001
    options = {"range": "limited"} if limited else {}
    image = Image.new("RGB", (64, 64), P3_RED)
    assert seen(retagged_avif(image, 12, 13, **options)) == pytest.approx((255, 0, 0), abs=4)
    assert seen(retagged_avif(image, 1, 13, **options)) == pytest.approx(P3_RED, abs=4)
    assert extract(retagged_avif(image, 3, 13, **options)).notes == UNKNOWN


def test_animated_avif_tells_its_colors_by_nclx() -> None:
    image = Image.new("RGB", (64, 64), P3_RED)
    data = retagged_avif(image, 12, 13, save_all=True, append_images=[image.copy()])
    assert seen(data) == pytest.approx((255, 0, 0), abs=4)
    assert read_nclx(data) == (12, 13, 0, True)
    assert read_nclx(data.replace(b"meta", b"free", 1)) == (12, 13, 0, True)


@pytest.mark.parametrize("full_range", [0, 1])
def test_heic_tells_its_colors_by_nclx(full_range: int) -> None:
    pixels = np.full((64, 64, 3), P3_RED, np.uint8)
    points = {"color_primaries": 12, "transfer_characteristics": 13, "matrix_coefficients": 6}
    data = encode(pixels, "HEIF", quality=-1, chroma=444, full_range_flag=full_range, **points)
    assert extract(data).dominant.rgb == pytest.approx((255, 0, 0), abs=4)


@pytest.mark.parametrize("kind", ["AVIF", "HEIF"])
def test_profile_comes_before_nclx(kind: str) -> None:
    pixels = np.full((64, 64, 3), (60, 140, 70), np.uint8)
    linear = {"color_primaries": 12, "transfer_characteristics": 8, "matrix_coefficients": 6}
    options = LOSSY[kind] | (linear if kind == "HEIF" else {})
    profiled = decode(encode(pixels, kind, icc_profile=P3, **options)).rgb[0, 32, 32]
    expected = decode(encode(pixels, icc_profile=P3)).rgb[0, 32, 32]
    assert profiled.tolist() == pytest.approx(expected.tolist(), abs=4)


@pytest.mark.parametrize(
    ("kind", "space"),
    [
        *product(["JPEG", "PNG", "WEBP", "AVIF", "HEIF"], ["Adobe", "DCF option", "sRGB", "none"]),
        *product(["TIFF"], ["Adobe", "sRGB"]),  # Pillow writes no more than this
    ],
)
def test_exif_tells_adobe_rgb(kind: str, space: str) -> None:
    exif = Image.Exif()
    number = {"Adobe": 2, "sRGB": 1}.get(space, 0xFFFF)
    exif.get_ifd(0x8769)[0xA001] = number
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"} if space == "DCF option" else {1: "R98"}
    pixels = np.full((64, 64, 3), (60, 140, 70), np.uint8)
    data = encode(pixels, kind, exif=exif.tobytes(), **{**LOSSLESS, **LOSSY}[kind])
    rgb = decode(data).rgb[0, 32, 32].tolist()
    # An nclx box comes before EXIF, and AVIF and HEIC always have one.
    if space in {"Adobe", "DCF option"} and kind not in {"AVIF", "HEIF"}:
        adobe = Color("a98-rgb", [value / 255 for value in (60, 140, 70)])
        expected = [255 * value for value in adobe.convert("srgb").clip().coords()]
    else:
        expected = [60.0, 140.0, 70.0]
    assert rgb == pytest.approx(expected, abs=4)


def test_exif_after_the_pixels_counts_like_any_other() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 2
    data = tagged_png((60, 200, 60))
    chunk = png_chunk(b"eXIf", exif.tobytes()[6:])
    assert seen(data[:-12] + chunk + data[-12:]) == seen(data[:33] + chunk + data[33:])
    assert seen(data[:-12] + chunk + data[-12:]) != (60, 200, 60)


def test_profile_comes_before_exif() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 2
    image = Image.new("RGB", (8, 8), (60, 140, 70))
    data = encode(image, icc_profile=P3, exif=exif.tobytes())
    assert seen(data) == seen(encode(image, icc_profile=P3))


def test_hdr_profile_is_tone_mapped_by_its_cicp_tag() -> None:
    image = Image.new("RGB", (8, 8), (148,) * 3)
    palette = extract(encode(image, "TIFF", icc_profile=with_cicp_tag(P3, 9, 16, 0, 1)))
    assert min(palette.swatches[0].rgb) > 235
    assert palette.notes == HDR
    plain = encode(image, "TIFF", icc_profile=with_cicp_tag(P3, 12, 13, 0, 1))
    assert seen(plain) == seen(encode(image, "TIFF", icc_profile=P3))


def test_base_image_of_a_gain_map_is_read() -> None:
    base = encode(Image.new("RGB", (64, 64), (200, 30, 60)), "JPEG", quality=95)
    gain = encode(Image.new("L", (32, 32), 128), "JPEG")
    assert seen(base + gain) == pytest.approx((200, 30, 60), abs=3)


def test_every_output_agrees_about_the_colors() -> None:
    data = tagged_png(P3_RED, cicp(12, 13, 0, 1))
    palette = extract(data)
    copy = source_copy(data).data
    assert extract(copy).hex == palette.hex
    assert extract(recolor(data, palette)).hex == palette.hex


def test_profile_counts_if_its_cicp_tag_stands_for_nothing() -> None:
    image = Image.new("RGB", (8, 8), P3_RED)
    palette = extract(encode(image, icc_profile=with_cicp_tag(P3, 3, 16, 0, 1)))
    assert palette.swatches[0].rgb == seen(encode(image, icc_profile=P3))
    assert not palette.notes
