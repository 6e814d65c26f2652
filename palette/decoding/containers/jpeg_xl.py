"""JPEG XL files (ISO/IEC 18181), read by a plugin that the extra ``jxl`` installs."""

import io

import numpy as np
from PIL.ImageFile import ImageFile

from palette.errors import TruncatedImageError

from .iso_boxes import read_boxes, whole_file

_CODESTREAM = b"\xff\x0a"
_PART_NUMBER_SIZES = {b"jxlc": 0, b"jxlp": 4}  # bytes before the codestream in its boxes
_HEADER_SIZE = 20  # bytes of a codestream that surely hold what is read here
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))  # width : height
_SIDE_BITS = (9, 13, 18, 30)
_MEMORY_PER_PIXEL = 16  # bytes that libjxl needs for the usual depths


def open_jpeg_xl(file: io.BytesIO) -> ImageFile:
    """Decode a file, of whose frames the plugin reads only the first.

    Raises :class:`MemoryError` if there is too little memory, which libjxl does not tell.
    """
    # It belongs to an extra, and registers itself with Pillow when it is imported.
    from pillow_jxl import JpegXLImagePlugin  # noqa: PLC0415

    JpegXLImagePlugin.DECODE_THREADS = 0
    width, height = jpeg_xl_size(file.getvalue())
    np.empty(_MEMORY_PER_PIXEL * width * height, np.uint8)
    return JpegXLImagePlugin.JXLImageFile(file)


def jpeg_xl_size(data: bytes) -> tuple[int, int]:
    """Read width and height from the start of the codestream (18181-1, SizeHeader)."""
    return _read_size(_Bits(_codestream(data)[:_HEADER_SIZE]))


def is_animated(data: bytes) -> bool:
    """Return whether a file has frames to be shown one after another (ImageMetadata)."""
    bits = _Bits(_codestream(data)[:_HEADER_SIZE])
    _read_size(bits)
    is_usual, has_more = bits.read(1), bits.read(1)
    if is_usual or not has_more:
        return False
    bits.read(3)  # orientation
    if bits.read(1):
        _read_size(bits)  # what it should be shown in
    has_preview, has_animation = bits.read(1), bits.read(1)
    return bool(has_animation and not has_preview)  # behind whose header it would be


class _Bits:
    """Bytes read bit by bit, the lowest first."""

    def __init__(self, data: bytes) -> None:
        self._rest = int.from_bytes(data, "little")

    def read(self, count: int) -> int:
        """Return the number in the next bits."""
        number = self._rest & ((1 << count) - 1)
        self._rest >>= count
        return number


def _read_size(bits: _Bits) -> tuple[int, int]:
    is_small = bits.read(1) == 1
    height = _read_side(bits, is_small=is_small)
    ratio = bits.read(3)
    if not ratio:
        return _read_side(bits, is_small=is_small), height
    over, under = _RATIOS[ratio - 1]
    return height * over // under, height


def _read_side(bits: _Bits, *, is_small: bool) -> int:
    if is_small:
        return 8 * (bits.read(5) + 1)
    return bits.read(_SIDE_BITS[bits.read(2)]) + 1


def _codestream(data: bytes) -> bytes:
    """Return what there is of the codestream, without its signature."""
    if not data.startswith(_CODESTREAM):
        parts = (
            data[box.start + _PART_NUMBER_SIZES[box.name] : box.end]
            for box in read_boxes(data, whole_file(data))
            if box.name in _PART_NUMBER_SIZES
        )
        data = b"".join(parts)
    if not data.startswith(_CODESTREAM):
        raise TruncatedImageError("The image ends before its size.")
    return data[len(_CODESTREAM) :]
