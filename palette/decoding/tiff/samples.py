"""The samples of a TIFF of any depth, as an array.

Pillow decodes few combinations of depth, channels and planes; but what its libtiff decompresses
are bytes. So each plane is read as an image of grey bytes, whose rows are those of the plane.
"""

import io
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from palette.color.arrays import Bytes, Numbers

from .layout import BITS, COMPRESSION, HEIGHT, PHOTOMETRIC, SAMPLES, WIDTH, Layout

_STRIP_OFFSETS, _ROWS_PER_STRIP, _STRIP_SIZES = 273, 278, 279
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_SIZES = 322, 323, 324, 325
_LONG = 4
_BLACK_IS_ZERO = 1
_HORIZONTAL, _FLOATING_POINT = 2, 3  # predictors: TIFF 6.0, section 14, and Technical Note 3


def read_samples(data: bytes, tags: ImageFileDirectory_v2, layout: Layout) -> Numbers:
    """Return all samples, shape (height, width, samples).

    Whatever is wrong with the file raises what Pillow or struct raise.
    """
    if not layout.is_planar:
        return _read_plane(data, tags, layout, layout.samples, plane=0)
    planes = [_read_plane(data, tags, layout, 1, plane=plane) for plane in range(layout.samples)]
    return np.concatenate(planes, axis=2)


def _read_plane(
    data: bytes, tags: ImageFileDirectory_v2, layout: Layout, samples: int, *, plane: int
) -> Numbers:
    pixel = samples * layout.dtype.itemsize
    tile_width: int = tags.get(_TILE_WIDTH, layout.width)
    across = -(-layout.width // tile_width)
    places = _TILE_OFFSETS if _TILE_WIDTH in tags else _STRIP_OFFSETS
    sizes = _TILE_SIZES if _TILE_WIDTH in tags else _STRIP_SIZES
    parts = len(tags[places]) // (layout.samples if layout.is_planar else 1)
    chosen = slice(plane * parts, (plane + 1) * parts)
    entries: dict[int, Sequence[int]] = {
        WIDTH: [across * tile_width * pixel],
        HEIGHT: [layout.height],
        BITS: [8],
        COMPRESSION: [tags.get(COMPRESSION, 1)],
        PHOTOMETRIC: [_BLACK_IS_ZERO],
        SAMPLES: [1],
        places: tags[places][chosen],
        sizes: tags[sizes][chosen],
    }
    if _TILE_WIDTH in tags:
        entries |= {_TILE_WIDTH: [tile_width * pixel], _TILE_HEIGHT: [tags[_TILE_HEIGHT]]}
    else:
        entries[_ROWS_PER_STRIP] = [min(tags.get(_ROWS_PER_STRIP, layout.height), layout.height)]
    decoded = np.asarray(TiffImageFile(io.BytesIO(_with_directory(data, entries))))
    rows = decoded.reshape(layout.height * across, tile_width * pixel)
    unpredicted = _undo_prediction(rows, layout, samples)
    return unpredicted.reshape(layout.height, across * tile_width, samples)[:, : layout.width]


def _with_directory(data: bytes, entries: dict[int, Sequence[int]]) -> bytes:
    """Return a file with the same content but another directory, of long numbers."""
    start = len(data) + len(data) % 2
    at = start + 2 + 12 * len(entries) + 4
    directory, arrays = struct.pack("<H", len(entries)), b""
    for tag, numbers in sorted(entries.items()):
        packed = struct.pack(f"<{len(numbers)}I", *numbers)
        value = packed if len(numbers) == 1 else struct.pack("<I", at + len(arrays))
        directory += struct.pack("<HHI", tag, _LONG, len(numbers)) + value
        arrays += packed if len(numbers) > 1 else b""
    header = b"II*\0" + struct.pack("<I", start)
    return header + data[8:].ljust(start - 8, b"\0") + directory + bytes(4) + arrays


def _undo_prediction(rows: Bytes, layout: Layout, samples: int) -> Numbers:
    """Return the samples of rows of bytes, shape (n, width * samples)."""
    count, size = len(rows), layout.dtype.itemsize
    if layout.predictor == _FLOATING_POINT:
        # Differences of bytes; the first bytes of all numbers of a row, then the second ones, …
        sums = np.cumsum(rows.reshape(count, -1, samples), axis=1, dtype=np.uint8)
        planes = sums.reshape(count, size, -1).transpose(0, 2, 1)
        return np.ascontiguousarray(planes).view(layout.dtype.newbyteorder(">"))[..., 0]
    numbers = rows.view(layout.dtype)
    if layout.predictor == _HORIZONTAL:
        whole: Any = np.dtype(f"u{size}")
        native = numbers.view(whole.newbyteorder(layout.dtype.byteorder)).astype(whole)
        sums = np.cumsum(native.reshape(count, -1, samples), axis=1, dtype=whole)
        return sums.reshape(count, -1).view(layout.dtype.newbyteorder("="))
    return numbers
