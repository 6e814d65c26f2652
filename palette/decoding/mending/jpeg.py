"""JPEG files (ITU-T T.81) without their end."""

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL.JpegImagePlugin import JpegImageFile

from palette.decoding.jpeg_markers import PROGRESSIVE_FRAME, SEQUENTIAL_FRAMES, START_OF_SCAN
from palette.errors import TruncatedImageError

from .remains import check_remains

if TYPE_CHECKING:
    from palette.color.arrays import Mask, Numbers

_END = b"\xff\xd9"
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # that is neither data nor a restart
_MAX_SEGMENTS = 50_000
_COEFFICIENTS = 64  # of a block
_BLOCK = 8  # pixels of its side; libjpeg can make one pixel of each block
_MISSING = 128  # what libjpeg fills missing blocks with, give or take a rounding


def mend_jpeg(data: bytes) -> bytes:
    """Return the whole rows of blocks; a progressive image has to be there in full detail."""
    if data.endswith(_END):
        return data
    frame = _find_frame(data)
    if frame is None:
        return data
    if not frame.is_complete():
        raise TruncatedImageError("The image is incomplete or damaged.")
    rows = _count_rows(data + _END, frame.block_rows)
    height = int.from_bytes(data[frame.height_at : frame.height_at + 2], "big")
    if rows >= height:
        return data + _END
    check_remains(0 if frame.is_progressive else rows, height)
    at = frame.height_at
    return data[:at] + rows.to_bytes(2, "big") + data[at + 2 :] + _END


@dataclass(slots=True)
class _Frame:
    """What the segments say about an image that does not end.

    ``block_rows`` is how many rows of blocks are coded together. ``missing_bits``, by component, is
    how many low bits of each coefficient no scan has begun to tell.
    """

    height_at: int
    is_progressive: bool
    block_rows: int
    missing_bits: dict[int, list[int]] = field(default_factory=dict[int, list[int]])

    def is_complete(self) -> bool:
        """Return whether the last detail of everything has begun."""
        return not any(any(bits) for bits in self.missing_bits.values())


def _find_frame(data: bytes) -> _Frame | None:
    """Return what the segments say, or None if the image ends as it should."""
    frame = None
    at = 2
    for _ in range(_MAX_SEGMENTS):
        found = _MARKER.search(data, at)
        if found is None or found.end() + 2 > len(data):
            break
        marker, at = data[found.end() - 1], found.end()
        if marker == _END[1]:
            return None
        body = data[at + 2 : at + int.from_bytes(data[at : at + 2], "big")]
        if marker in SEQUENTIAL_FRAMES | {PROGRESSIVE_FRAME} and len(body) >= 6 + 3 * body[5]:
            frame = _read_frame(body, at + 2, is_progressive=marker == PROGRESSIVE_FRAME)
        elif marker == START_OF_SCAN and frame and len(body) >= 4 + 2 * body[0]:
            _read_scan(body, frame)
        at += 2 + len(body)
    if frame is None:
        raise TruncatedImageError("The image ends before its pixels.")
    return frame


def _read_frame(body: bytes, at: int, *, is_progressive: bool) -> _Frame:
    components = [body[6 + 3 * number : 9 + 3 * number] for number in range(body[5])]
    block_rows = max((sampling & 15 for _, sampling, _ in components), default=1)
    missing = {component[0]: [99] * _COEFFICIENTS for component in components}
    return _Frame(at + 1, is_progressive, block_rows if len(components) > 1 else 1, missing)


def _read_scan(body: bytes, frame: _Frame) -> None:
    count = body[0]
    start, end, approximation = body[1 + 2 * count : 4 + 2 * count]
    for number in range(count):
        bits = frame.missing_bits.get(body[1 + 2 * number])
        if bits is not None:
            bits[start : end + 1] = [approximation & 15] * (min(end, 63) + 1 - start)


def _count_rows(data: bytes, block_rows: int) -> int:
    """Return how many rows of pixels there are before the first block that is missing."""
    image = JpegImageFile(io.BytesIO(data))
    height, scale = image.height, 1
    if min(image.size) >= _BLOCK:
        image.draft("L", (image.width // _BLOCK, height // _BLOCK))
        scale = _BLOCK
    pixels = np.asarray(image).astype(np.int16)
    distance: Numbers = np.abs(pixels.reshape(*pixels.shape[:2], -1) - _MISSING)
    is_missing: Mask = distance.max(axis=2) <= 1
    is_cut: Mask = is_missing[:, -1]  # blocks are in the order of reading
    if is_cut.all():
        is_cut = is_missing.min(axis=1)
    unit = block_rows * _BLOCK // scale
    there = -(-len(is_cut) // unit)
    while there and is_cut[(there - 1) * unit : there * unit].all():
        there -= 1
    # An image that is grey all over is grey, whatever is missing.
    return min(height, there * unit * scale) if there else height
