"""TIFF files made in code: of every kind of pixel, stored in every way."""

import io
import struct
import zlib
from typing import Any

import numpy as np
from PIL import Image

FORMATS = {"u": 1, "i": 2, "f": 3}  # what the tag SampleFormat calls numpy's kinds
NONE, LZW, DEFLATE, PACK_BITS = 1, 5, 8, 32773
WRITERS = {LZW: "tiff_lzw", PACK_BITS: "packbits"}


def tiff(  # noqa: PLR0913, each is a tag
    samples: np.ndarray,
    photometric: int,
    *,
    compression: int = NONE,
    predictor: int = 1,
    tile: int | None = None,
    planar: bool = False,
    order: str = "<",
    big: bool = False,
    tags: dict[int, tuple[int, list[int]]] | None = None,
) -> bytes:
    """Return a file of these samples, shape (height, width, samples).

    ``tags`` come on top, with their types.
    """
    height, width, count = samples.shape
    planes = np.moveaxis(samples, 2, 0)[..., None] if planar else samples[None]
    parts = [
        _compress(_predict(part, predictor, order), compression)
        for plane in planes
        for part in (_tiles(plane, tile) if tile else _strips(plane))
    ]
    entries: dict[int, tuple[int, list[int]]] = {
        256: (4, [width]),
        257: (4, [height]),
        258: (3, [8 * samples.dtype.itemsize] * count),
        259: (3, [compression]),
        262: (3, [photometric]),
        277: (3, [count]),
        284: (3, [2 if planar else 1]),
        317: (3, [predictor]),
        339: (3, [FORMATS[samples.dtype.kind]] * count),
    }
    if tile:
        entries |= {322: (4, [tile]), 323: (4, [tile])}
    else:
        entries |= {278: (4, [-(-height // 2)])}
    places, sizes = (324, 325) if tile else (273, 279)
    start = 16 if big else 8
    offsets = [start + sum(map(len, parts[:number])) for number in range(len(parts))]
    entries |= {places: (4, offsets), sizes: (4, list(map(len, parts)))} | (tags or {})
    return _assemble(b"".join(parts), entries, order, big=big)


def _assemble(
    body: bytes, entries: dict[int, tuple[int, list[int]]], order: str, *, big: bool
) -> bytes:
    mark = b"II" if order == "<" else b"MM"
    offset = "Q" if big else "I"
    start = (16 if big else 8) + len(body)
    at = start + (8 if big else 2) + (20 if big else 12) * len(entries) + (8 if big else 4)
    directory, arrays = struct.pack(order + ("Q" if big else "H"), len(entries)), b""
    for tag, (kind, numbers) in sorted(entries.items()):
        packed = struct.pack(f"{order}{len(numbers)}{ {1: 'B', 3: 'H', 4: 'I'}[kind] }", *numbers)
        directory += struct.pack(f"{order}HH{offset}", tag, kind, len(numbers))
        room = struct.calcsize(f"={offset}")
        if len(packed) > room:
            directory += struct.pack(order + offset, at + len(arrays))
            arrays += packed
        else:
            directory += packed.ljust(room, b"\0")
    head = (
        struct.pack(f"{order}HHHQ", 43, 8, 0, start)
        if big
        else struct.pack(f"{order}HI", 42, start)
    )
    return mark + head + body + directory + struct.pack(order + offset, 0) + arrays


def _strips(plane: np.ndarray) -> list[np.ndarray]:
    half = -(-len(plane) // 2)
    return [part for part in (plane[:half], plane[half:]) if len(part)]


def _tiles(plane: np.ndarray, side: int) -> list[np.ndarray]:
    height, width = plane.shape[:2]
    padded = np.pad(plane, ((0, -height % side), (0, -width % side), (0, 0)))
    return [
        padded[top : top + side, left : left + side]
        for top in range(0, height, side)
        for left in range(0, width, side)
    ]


def _predict(part: np.ndarray, predictor: int, order: str) -> bytes:
    if predictor == 2:
        whole: Any = part.view(f"u{part.dtype.itemsize}")
        part = np.diff(whole, axis=1, prepend=np.zeros_like(whole[:, :1]))
    if predictor == 3:
        rows, columns, count = part.shape
        numbers = part.astype(part.dtype.newbyteorder(">")).reshape(rows, -1)
        planes = numbers.view(np.uint8).reshape(rows, columns * count, -1).transpose(0, 2, 1)
        flat = planes.reshape(rows, -1, count)
        return np.diff(flat, axis=1, prepend=np.zeros_like(flat[:, :1])).tobytes()
    return part.astype(part.dtype.newbyteorder(order)).tobytes()


def _compress(data: bytes, compression: int) -> bytes:
    if compression == NONE:
        return data
    if compression == DEFLATE:
        return zlib.compress(data)
    file = io.BytesIO()
    Image.frombytes("L", (len(data), 1), data).save(file, "TIFF", compression=WRITERS[compression])
    written = Image.open(file)
    at, size = written.tag_v2[273][0], written.tag_v2[279][0]
    return file.getvalue()[at : at + size]
