"""PNG files (W3C, third edition) without their end, or with chunks whose checksum is wrong."""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from palette.decoding.containers.png_chunks import Chunk, make_chunk, read_chunks, row_size
from palette.errors import TruncatedImageError

from .remains import check_remains

_END = make_chunk(b"IEND", b"")
_LOWER_CASE = 0x20  # of the first letter of what is not needed for the picture
_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})
_SEQUENCE_NUMBER_SIZE = {b"IDAT": 0, b"fdAT": 4}  # bytes before the pixels in a chunk of them
# The first column and row of each pass, and the steps to its next ones.
_NOT_INTERLACED = ((0, 0, 1, 1),)
_ADAM7 = (
    *((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)),
    *((0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
)


def without_wrong_chunks(data: bytes) -> bytes:
    """Leave out what is not needed for the picture and has a wrong checksum."""
    parts: list[bytes] = []
    kept_to = 0
    for chunk in read_chunks(data):
        is_needed = not chunk.name[0] & _LOWER_CASE or chunk.name in _ANIMATION
        if not is_needed and chunk.end <= len(data) and not chunk.is_sound(data):
            parts.append(data[kept_to : chunk.start])
            kept_to = chunk.end
    return b"".join([*parts, data[kept_to:]]) if parts else data


def mend_png(data: bytes) -> bytes:
    """Return the whole rows of an image, or the whole frames of an animation."""
    if data.endswith(_END):
        return data
    chunks = list(read_chunks(data))
    names = [chunk.name for chunk in chunks]
    if b"IEND" in names:
        return data
    if b"IDAT" not in names:
        raise TruncatedImageError("The image ends before its pixels.")
    first = names.index(b"IDAT")
    if b"acTL" in names[:first]:
        return _mend_animation(data, chunks)
    return _mend_still(data[: chunks[first].start], _compressed(data, chunks))


def _mend_still(head: bytes, compressed: bytes) -> bytes:
    """Return a file of what comes before the pixels and what is left of them."""
    height = int.from_bytes(head[20:24], "big")
    passes = _passes(head)
    pixels, _ = _decompress(compressed, sum(each.size(height) for each in passes))
    parts: list[bytes] = []
    rows, at = height, 0
    for each in passes:
        part = pixels[at : at + each.size(height)]
        at += each.size(height)
        parts.append(part)
        if len(part) < each.size(height):
            rows = min(rows, each.first + len(part) // each.row_size * each.step)
    check_remains(rows, height)
    header = make_chunk(b"IHDR", head[16:20] + struct.pack(">I", rows) + head[24:29])
    kept = b"".join(part[: each.size(rows)] for each, part in zip(passes, parts, strict=True))
    return head[:8] + header + head[33:] + make_chunk(b"IDAT", zlib.compress(kept, level=1)) + _END


class _Pass(NamedTuple):
    """The rows ``first``, ``first + step``, … of an image, with ``row_size`` bytes each."""

    row_size: int
    first: int
    step: int

    def size(self, height: int) -> int:
        """Return the bytes of this pass in an image of this height."""
        return self.row_size * len(range(self.first, height, self.step))


def _passes(head: bytes) -> list[_Pass]:
    width = int.from_bytes(head[16:20], "big")
    return [
        _Pass(row_size(head, len(range(x, width, across))), y, down)
        for x, y, across, down in (_ADAM7 if head[28] else _NOT_INTERLACED)
        if x < width
    ]


def _mend_animation(data: bytes, chunks: Sequence[Chunk]) -> bytes:
    """Return a file of the whole frames; only the last one can be cut."""
    starts = [number for number, chunk in enumerate(chunks) if chunk.name == b"fcTL"]
    control = next(chunk for chunk in chunks if chunk.name == b"acTL")
    announced, plays = struct.unpack(">II", control.body(data).ljust(8, b"\0")[:8])
    check_remains(len(starts), 1)
    last = chunks[starts[-1] :]
    width, height = struct.unpack(">II", data[16:24])
    size = row_size(data, width) * height
    _, is_whole = _decompress(_compressed(data, last), size)
    whole = len(starts) if is_whole else len(starts) - 1
    check_remains(whole, announced)
    end = last[-1].end if is_whole else last[0].start
    claim = make_chunk(b"acTL", struct.pack(">II", whole, plays))
    frames = data[control.end : end].ljust(end - control.end, b"\0")  # checksums are not read
    return data[: control.start] + claim + frames + _END


def _compressed(data: bytes, chunks: Sequence[Chunk]) -> bytes:
    return b"".join(
        chunk.body(data)[_SEQUENCE_NUMBER_SIZE[chunk.name] :]
        for chunk in chunks
        if chunk.name in _SEQUENCE_NUMBER_SIZE
    )


def _decompress(compressed: bytes, size: int) -> tuple[bytes, bool]:
    """Return up to ``size`` bytes, and whether they and their checksum are all there."""
    decompressor = zlib.decompressobj()
    pixels = decompressor.decompress(compressed, size + 1)  # one more, to come to the checksum
    return pixels[:size], decompressor.eof
