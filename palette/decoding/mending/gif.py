"""GIF files (GIF89a) without their end."""

import contextlib
import struct

import numpy as np
from PIL import Image

from palette.errors import TruncatedImageError

from .remains import check_remains

_TRAILER, _EXTENSION, _IMAGE = ord(";"), ord("!"), ord(",")
_SCREEN_SIZE = 6  # where it is in the file, as two numbers
_HEADER_SIZE, _DESCRIPTOR_SIZE = 13, 10  # each with its flags, and without colours
_INTERLACED = 0x40
_CODE_BITS = 8


def mend_gif(data: bytes) -> bytes:
    """Return the whole frames or, if there is but one, its whole rows."""
    if data[-1] == _TRAILER:
        return data
    at, frames = _skip_colors(_HEADER_SIZE, data[10]), 0
    while at < len(data) and data[at] in {_EXTENSION, _IMAGE}:
        start, is_image = at, data[at] == _IMAGE
        if is_image:
            at = _skip_colors(at + _DESCRIPTOR_SIZE, data[at + 9]) + 1
        else:
            at += 2
        blocks = at
        while at < len(data) and data[at]:
            at += 1 + data[at]
        if at < len(data):
            at += 1
            frames += is_image
        elif is_image:
            return _mend_last(data, start, blocks, frames)
        else:
            at = start
            break
    if data[at : at + 1] == bytes([_TRAILER]):
        return data
    check_remains(frames, 1)
    return data[:at] + bytes([_TRAILER])


def _mend_last(data: bytes, start: int, blocks: int, frames_before: int) -> bytes:
    """Keep the image whose pixels begin at ``blocks`` if it is whole or there is no other one."""
    left, top, width, height, flags = struct.unpack("<HHHHB", data[start + 1 : start + 10])
    screen = struct.unpack_from("<HH", data, _SCREEN_SIZE)
    if left + width > screen[0] or top + height > screen[1]:
        raise TruncatedImageError("The image is incomplete or damaged.")
    pixels = _close(data[blocks:])
    image, rows = _decode(
        pixels, (width, height), data[blocks - 1], is_interlaced=bool(flags & _INTERLACED)
    )
    if rows == height:
        return data[:blocks] + pixels + bytes([_TRAILER])
    if frames_before:
        return data[:start] + bytes([_TRAILER])
    check_remains(rows, height)
    head = bytearray(data[: blocks - 1])
    struct.pack_into("<H", head, _SCREEN_SIZE + 2, top + rows)
    struct.pack_into("<HB", head, start + 7, rows, flags & ~_INTERLACED)
    encoded = image.crop((0, 0, width, rows)).tobytes("gif", "L", _CODE_BITS, 0)
    return bytes(head) + bytes([_CODE_BITS]) + encoded + bytes([0, _TRAILER])


def _skip_colors(at: int, flags: int) -> int:
    return at + (3 << (flags & 7) + 1 if flags & 0x80 else 0)


def _close(blocks: bytes) -> bytes:
    """Shorten the last of these blocks, which lead beyond the end of the file, and end them."""
    at = last = 0
    while at < len(blocks):
        last = at
        at += 1 + blocks[at]
    rest = blocks[last + 1 :]
    return blocks[:last] + (bytes([len(rest)]) + rest if rest else b"") + b"\0"


def _decode(
    pixels: bytes, size: tuple[int, int], bits: int, *, is_interlaced: bool
) -> tuple[Image.Image, int]:
    """Return an image of the indices, and how many of its first rows are all there."""
    image, other = Image.new("L", size, 0), Image.new("L", size, 255)
    for canvas in (image, other):
        with contextlib.suppress(ValueError):  # there are not enough pixels
            canvas.frombytes(pixels, "gif", (bits, int(is_interlaced), -1))
    # Where nothing was decoded, the background still shows.
    is_missing = (np.asarray(image) != np.asarray(other)).any(axis=1)
    return image, int(is_missing.argmax()) if is_missing.any() else size[1]
