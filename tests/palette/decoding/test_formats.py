"""Which files are read, and how others are refused."""

import gzip
import struct

import numpy as np
import pytest
from PIL import Image

from palette import (
    ImageError,
    ImageTooLargeError,
    NotAnImageError,
    TruncatedImageError,
    UnsupportedFormatError,
    extract,
)
from palette.decoding.decode import decode
from tests.palette.images import LOSSLESS, LOSSY, encode, gif, noise, png_chunk, stripes

TEAL, RED = (0, 128, 128), (200, 30, 60)
FORMATS = {**LOSSLESS, **LOSSY, "GIF": {}}


def sentence_of(error: pytest.ExceptionInfo[ImageError]) -> str:
    """Return the message, which must be one sentence."""
    sentence = str(error.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("kind", [*LOSSLESS, "GIF"])
def test_lossless_formats_give_exact_colors(kind: str) -> None:
    palette = extract(encode(stripes(TEAL, TEAL, TEAL, RED), kind, **FORMATS[kind]))
    assert {swatch.rgb: swatch.share for swatch in palette} == {TEAL: 0.75, RED: 0.25}
    assert not palette.notes


@pytest.mark.parametrize("kind", LOSSY)
def test_lossy_formats_give_similar_colors(kind: str) -> None:
    raster = decode(encode(stripes(TEAL, RED, width=32, height=64), kind, **LOSSY[kind]))
    assert raster.rgb[0, 32, 8].tolist() == pytest.approx(TEAL, abs=4)
    assert raster.rgb[0, 32, 56].tolist() == pytest.approx(RED, abs=4)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"progressive": True}),
        ("JPEG", {"subsampling": 2, "restart_marker_blocks": 1}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_adobe_deflate"}),
        ("TIFF", {"compression": "packbits"}),
        ("TIFF", {"big_tiff": True}),
        ("WEBP", {"quality": 90}),
        ("GIF", {"interlace": 1}),
        ("PNG", {"bits": 1}),
        ("HEIF", {"quality": -1, "chroma": 444}),
        ("AVIF", {"range": "limited"}),
    ],
)
def test_varieties_of_the_formats_are_read(kind: str, options: dict[str, object]) -> None:
    image = Image.fromarray(stripes(TEAL, RED, width=32, height=64))
    if "bits" in options:
        image = image.quantize(2)
    raster = decode(encode(image, kind, **options))
    assert raster.rgb[0, 32, 8].tolist() == pytest.approx(TEAL, abs=6)
    assert raster.rgb[0, 32, 56].tolist() == pytest.approx(RED, abs=6)


def test_big_endian_tiff_is_read() -> None:
    entries = [
        (256, 4, 2),  # ImageWidth
        (257, 4, 1),  # ImageLength
        (258, 3, 8 << 16),  # BitsPerSample
        (262, 3, 1 << 16),  # PhotometricInterpretation: black is zero
        (273, 4, 8),  # StripOffsets
        (279, 4, 2),  # StripByteCounts
    ]
    table = b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries)
    data = b"MM\0*" + struct.pack(">I", 10) + b"\x40\x80" + struct.pack(">H", 6) + table + bytes(4)
    assert extract(data).hex == ("#404040", "#808080")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"8BPS\0\1" + bytes(50), "Photoshop"),
        (b"%PDF-1.7\n", "PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "PostScript"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"qoif" + bytes(20), "QOI"),
        (b"v/1\x01" + bytes(20), "OpenEXR"),
        (b"#?RADIANCE\n", "Radiance"),
        (b"\0\0\1\0\1\0", "Icon"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "Video"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81", "Video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "Video"),
        (b"\0\0\0\x08wide\0\1\0\0mdat", "Video"),
        (b"RIFF\x24\0\0\0AVI LIST", "Video"),
        (b"\0\0\1\xba\x44\0\4", "Video"),
        (b"\xef\xbb\xbf%PDF-1.4", "PDF"),
        (b"\0\0\2\0\1\0", "Cursor"),
        (b"\0\0\2" + bytes(9) + b"\1\0\1\0\x18\0abc", "Targa"),
        (b"\0\0\x0a" + bytes(9) + b"\1\0\1\0\x18\0\0abc", "Targa"),
        (b"gimp xcf v011\0", "GIMP"),
        (b"II\xbc\x01", "JPEG XR"),
        (b"P6 4 4 255\n", "Netpbm"),
        (b"MM\0+\0\x08\0\0", "Big-endian BigTIFF"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'\n<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n<svg/>', "SVG"),
        (b"<!-- <html> by --> <!-- two --><svg\n>", "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\r\n<!-- x --><svg>", "SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "<b>">\n]>\n<svg:svg xmlns:svg="svg">', "SVG"),
        ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"), "SVG"),
        (gzip.compress(b"<svg/>", mtime=0), "SVG"),
    ],
)
def test_unsupported_formats_are_named(data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormatError) as error:
        extract(data)
    sentence = sentence_of(error)
    assert sentence.startswith(name)
    assert "PNG, JPEG, WebP, GIF, AVIF, HEIC, JPEG XL, BMP and TIFF" in sentence
    assert sentence.startswith(error.value.name)


@pytest.mark.parametrize(
    "frame", [b"\xff\xc0\0\x11\x0c", b"\xff\xc5\0\x11\x08", b"\xff\xf7\0\x11\x08"]
)
def test_jpeg_that_no_decoder_reads_is_not_called_damaged(frame: bytes) -> None:
    """Of 12 bits a channel, hierarchical, JPEG-LS."""
    data = encode(noise(8, 8), "JPEG").replace(b"\xff\xc0\0\x11\x08", frame)
    with pytest.raises(UnsupportedFormatError) as error:
        extract(data)
    assert sentence_of(error) == "This kind of JPEG cannot be read."
    assert error.value.name == "JPEG"


@pytest.mark.parametrize("kind", ["JPEG2000", "ICO", "PPM", "EPS", "PDF", "DDS"])
def test_formats_that_only_pillow_reads_are_refused_too(kind: str) -> None:
    with pytest.raises(UnsupportedFormatError):
        extract(encode(stripes(TEAL, RED), kind))


@pytest.mark.parametrize(
    "data",
    [
        b"Dear diary,\nnothing happened today.\n",
        b"P",
        bytes(1000),
        noise(10, 10).tobytes(),
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"\x89PNG",
        b"   ",
        b"PK\3\4" + bytes(30),
        b"P5 is a console",
        b"BM stands for bitmap, and this is none.",
        b"<!DOCTYPE html><html><svg></svg></html>",
        b"<?xml version='1.0'?><rss/>",
        b"<!-- without an end <svg/>",
        b"<!DOCTYPE svg [",
        b"\x1f\x8b" + bytes(30),
        gzip.compress(b"words", mtime=0),
        b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42",
    ],
)
def test_other_data_is_refused_as_not_an_image(data: bytes) -> None:
    with pytest.raises(NotAnImageError) as error:
        extract(data)
    assert sentence_of(error).startswith("This is not an image")


def test_empty_file_is_refused() -> None:
    with pytest.raises(NotAnImageError) as error:
        extract(b"")
    assert sentence_of(error) == "The file is empty."


@pytest.mark.parametrize("part", [0.3, 0.5, 0.6])
@pytest.mark.parametrize("kind", FORMATS)
def test_truncated_image_is_refused(kind: str, part: float) -> None:
    data = encode(noise(64, 64), kind, **FORMATS[kind])
    with pytest.raises(TruncatedImageError) as error:
        extract(data[: int(len(data) * part)])
    assert sentence_of(error) == "The image is incomplete or damaged."


@pytest.mark.parametrize("kind", FORMATS)
def test_mere_header_is_refused(kind: str) -> None:
    data = encode(noise(64, 64), kind, **FORMATS[kind])
    with pytest.raises(TruncatedImageError):
        extract(data[:20])


@pytest.mark.parametrize("kind", FORMATS)
def test_number_of_pixels_is_limited(kind: str) -> None:
    data = encode(stripes(TEAL, RED, width=16, height=32), kind, **FORMATS[kind])
    assert decode(data, max_pixels=1024).rgb.shape == (1, 32, 32, 3)
    with pytest.raises(ImageTooLargeError) as error:
        decode(data, max_pixels=1023)
    assert (error.value.width, error.value.height, error.value.limit) == (32, 32, 1023)


def webp(chunk: bytes, body: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", 12 + len(body)) + b"WEBP" + chunk + bytes(4) + body


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(
            b"\x89PNG\r\n\x1a\n"
            + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 16000, 15000, 8, 2, 0, 0, 0))
            + png_chunk(b"IDAT", b""),
            id="PNG",
        ),
        pytest.param(
            b"\xff\xd8\xff\xc0\0\x11\x08"
            + struct.pack(">HHB", 15000, 16000, 3)
            + bytes.fromhex("012200 021101 031101 ffda 000c 03 0100 0211 0311 003f00"),
            id="JPEG",
        ),
        pytest.param(gif((16000, 15000), ((0, 0, 1, 1), 0)), id="GIF"),
        pytest.param(
            b"BM" + struct.pack("<IIIIiiHHIIIIII", 54, 0, 54, 40, 16000, 15000, 1, 24, *[0] * 6),
            id="BMP",
        ),
        pytest.param(
            webp(b"VP8X", bytes(4) + struct.pack("<I", 15999)[:3] + struct.pack("<I", 14999)[:3]),
            id="WebP, extended",
        ),
        pytest.param(
            webp(b"VP8L", b"\x2f" + struct.pack("<I", 15999 | 14999 << 14)), id="WebP, lossless"
        ),
        pytest.param(
            webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16000, 15000)),
            id="WebP, lossy",
        ),
    ],
)
def test_nothing_is_decoded_beyond_the_limit(header: bytes) -> None:
    """There are no pixels: a decoder would say that the image is incomplete."""
    with pytest.raises(ImageTooLargeError) as error:
        extract(header)
    assert sentence_of(error) == (
        "The image has 240 megapixels (16000 by 15000); the limit is 100."
    )


@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("TIFF", {"compression": "group4"})])
def test_decompression_bomb_is_refused(kind: str, options: dict[str, object]) -> None:
    with pytest.raises(ImageTooLargeError):
        extract(encode(Image.new("1", (10_100, 10_000)), kind, **options))


def test_image_without_pixels_is_refused() -> None:
    with pytest.raises(TruncatedImageError) as error:
        extract(gif((0, 0)))
    assert sentence_of(error)


def test_gray_image_of_a_single_pixel_is_read() -> None:
    assert extract(encode(np.array([[77]], np.uint8))).hex == ("#4d4d4d",)
