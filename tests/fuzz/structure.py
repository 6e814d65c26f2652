"""Where the pieces of a file start and end, and where it states their length."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# ISO boxes that contain boxes, and where the first one starts.
ISO_CONTAINERS = {b"meta": 12, b"iprp": 8, b"ipco": 8, b"moov": 8, b"trak": 8, b"mdia": 8}


@dataclass(frozen=True)
class Piece:
    """A chunk, segment, block, box or tag: bytes ``start`` to ``end`` of a file.

    The file states its length, count or extent in ``size`` bytes at ``number_at``.
    """

    start: int
    end: int
    number_at: int
    size: int
    order: Literal["big", "little"]


def overwrite(data: bytes, at: int, written: bytes) -> bytes:
    """Replace the bytes at this position."""
    return data[:at] + written + data[at + len(written) :]


def repair_checksums(data: bytes) -> bytes:
    """Correct the checksums of a PNG: otherwise nothing after a change would be read."""
    if not data.startswith(b"\x89PNG"):
        return data
    repaired = bytearray(data)
    for piece in _png(data):
        checksum = zlib.crc32(data[piece.start + 4 : piece.end - 4])
        repaired[piece.end - 4 : piece.end] = checksum.to_bytes(4, "big")
    return bytes(repaired)


def _png(data: bytes) -> Iterator[Piece]:
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if end > len(data):
            return
        yield Piece(at, end, at, 4, "big")
        at = end


def _jpeg(data: bytes) -> Iterator[Piece]:
    at = 2
    while at + 4 <= len(data):
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if data[at + 1] == 0xDA:  # the coded data of a scan ends at the next marker
            while end + 1 < len(data) and (
                data[end] != 0xFF or data[end + 1] in {0, *range(0xD0, 0xD8)}
            ):
                end += 1
        yield Piece(at, end, at + 2, 2, "big")
        at = end


def _gif(data: bytes) -> Iterator[Piece]:
    yield Piece(0, 13, 6, 2, "little")
    at = 13 + _color_table_size(data[10])
    while data[at : at + 1] in {b"!", b","}:
        start = at
        if data[at] == ord(","):
            yield Piece(at, at + 10, at + 5, 2, "little")
            at += 11 + _color_table_size(data[at + 9])
        else:
            at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
        yield Piece(start, at, start + 2, 1, "little")


def _color_table_size(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _riff(data: bytes, at: int = 12, end: int | None = None) -> Iterator[Piece]:
    end = len(data) if end is None else end
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield Piece(at, at + 8 + length + length % 2, at + 4, 4, "little")
        if data[at : at + 4] == b"ANMF":
            yield from _riff(data, at + 24, at + 8 + length)
        at += 8 + length + length % 2


def _iso(data: bytes, at: int = 0, end: int | None = None) -> Iterator[Piece]:
    end = len(data) if end is None else end
    while at + 8 <= end:
        length = int.from_bytes(data[at : at + 4], "big")
        yield Piece(at, at + length, at, 4, "big")
        if inner := ISO_CONTAINERS.get(data[at + 4 : at + 8]):
            yield from _iso(data, at + inner, at + length)
        at += max(8, length)


def _tiff(data: bytes) -> Iterator[Piece]:
    big = data[2] == 43
    width, start = (20, 8) if big else (12, 4)
    at = int.from_bytes(data[start : 2 * start], "little")
    head = 8 if big else 2
    count = int.from_bytes(data[at : at + head], "little")
    for entry in range(at + head, at + head + width * count, width):
        yield Piece(entry, entry + width, entry + 4, 4, "little")
        yield Piece(entry, entry + width, entry + width - 4, 4, "little")


def _bmp(_: bytes) -> Iterator[Piece]:
    for at in range(2, 54, 4):
        yield Piece(at, at + 4, at, 4, "little")


def _jpeg_xl(data: bytes) -> Iterator[Piece]:
    for at in range(2, len(data) - 4, max(2, len(data) // 16)):
        yield Piece(at, at + 4, at, 2, "little")


_FINDERS = {
    b"\xff\x0a": _jpeg_xl,
    b"\x89P": _png,
    b"\xff\xd8": _jpeg,
    b"GI": _gif,
    b"RI": _riff,
    b"II": _tiff,
    b"BM": _bmp,
}


def find_pieces(data: bytes) -> list[Piece]:
    """Return the pieces of an intact file in any supported format."""
    return list(_FINDERS.get(data[:2], _iso)(data))
