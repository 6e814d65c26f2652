"""Image files made in code, including some that no program writes."""

import io
import struct
import zlib
from importlib.resources import files

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from palette.color.arrays import Bytes

PHOTOS = ("china.jpg", "flower.jpg")

LOSSLESS: dict[str, dict[str, object]] = {
    "PNG": {},
    "BMP": {},
    "TIFF": {},
    "WEBP": {"lossless": True, "exact": True},
}
LOSSY: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 95, "subsampling": 0},
    "AVIF": {"quality": 95, "subsampling": "4:4:4"},
    "HEIF": {"quality": 95, "chroma": 444},
}


def photo_file(name: str) -> bytes:
    """Read one of ``PHOTOS``, which scikit-learn ships."""
    return files("sklearn.datasets.images").joinpath(name).read_bytes()


def photo(name: str) -> Image.Image:
    return Image.open(io.BytesIO(photo_file(name))).convert("RGB")


def encode(
    pixels: Image.Image | NDArray[np.generic], kind: str = "PNG", **options: object
) -> bytes:
    """Return an image, or its pixels, as a file of one of Pillow's formats or HEIF."""
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    file = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(file, **options)
    else:
        image.save(file, kind, **options)
    return file.getvalue()


def retagged_avif(image: Image.Image, primaries: int, transfer: int, **options: object) -> bytes:
    """Return an AVIF whose nclx boxes have these numbers of ITU-T H.273."""
    data = encode(image, "AVIF", **(LOSSY["AVIF"] | options))
    head, *tails = data.split(b"colrnclx")
    assert tails
    points = b"colrnclx" + struct.pack(">HH", primaries, transfer)
    return points.join([head, *(tail[4:] for tail in tails)])


def stripes(*colors: tuple[int, ...], width: int = 16, height: int = 32) -> Bytes:
    """Return equally wide vertical stripes, shape (height, width * n, channels)."""
    row = np.repeat(np.array(colors, np.uint8), width, axis=0)
    return np.broadcast_to(row, (height, *row.shape))


def noise(height: int, width: int, channels: int = 3, *, seed: int = 0) -> Bytes:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    size: tuple[int, int],
    depth: int,
    color_type: int,
    rows: bytes,
    *chunks: bytes,
    is_interlaced: bool = False,
) -> bytes:
    """Assemble a PNG from its filtered rows, with ``chunks`` before them."""
    header = struct.pack(">IIBBBBB", *size, depth, color_type, 0, 0, is_interlaced)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            png_chunk(b"IHDR", header),
            *chunks,
            png_chunk(b"IDAT", zlib.compress(rows)),
            png_chunk(b"IEND", b""),
        ]
    )


def gif(size: tuple[int, int], *frames: tuple[tuple[int, int, int, int], int]) -> bytes:
    """Assemble a GIF; each frame is a box (x, y, width, height) and the number of its colour.

    The colours are black, red, green and blue.
    """
    colors = bytes([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
    parts = [b"GIF89a", struct.pack("<HHBBB", *size, 0x81, 0, 0), colors]
    for box, color in frames:
        parts += [b",", struct.pack("<HHHHB", *box, 0), _lzw(color, box[2] * box[3])]
    return b"".join([*parts, b";"])


def _lzw(color: int, count: int) -> bytes:
    """Encode ``count`` equal pixels, clearing the dictionary before it outgrows 3-bit codes."""
    codes = [code for _ in range(count) for code in (4, color)] + [5]
    bits = sum(code << 3 * place for place, code in enumerate(codes))
    data = bits.to_bytes((3 * len(codes) + 7) // 8, "little")
    blocks = [data[start : start + 255] for start in range(0, len(data), 255)]
    return b"\2" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
