"""The chunks of a PNG file (W3C, third edition), and what Pillow does not pass on of them."""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from palette.decoding.spaces.code_points import CodePoints

_SIGNATURE_SIZE = 8
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
_LENGTHS = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"pHYs": 9}  # of those that Pillow unpacks
_MAX_PROFILE_BYTES = 2**20  # Pillow refuses files with larger ones


class Chunk(NamedTuple):
    """A chunk: bytes ``start`` to ``end`` of the file, which may be beyond its last byte."""

    name: bytes
    start: int
    end: int

    def body(self, data: bytes) -> bytes:
        """Return what there is between the name and the checksum."""
        return data[self.start + 8 : self.end - 4]

    def is_sound(self, data: bytes) -> bool:
        """Return whether the chunk is whole, its checksum right, and its content of the right size.

        Pillow takes a wrong size of what is not needed for the picture for damage to all of it.
        """
        body = self.body(data)
        if data[self.end - 4 : self.end] != _checksum(self.name + body):
            return False
        if self.name == b"iCCP":
            return _has_readable_size(body)
        return len(body) == _LENGTHS.get(self.name, len(body))


def read_chunks(data: bytes) -> Iterator[Chunk]:
    """Yield the chunks of a file, up to and including IEND; the last one may be cut."""
    at, name = _SIGNATURE_SIZE, b""
    while at + 8 <= len(data) and name != b"IEND":
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        yield Chunk(name, at, end)
        at = end


def make_chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk as it is in a file."""
    return len(body).to_bytes(4, "big") + name + body + _checksum(name + body)


def read_cicp(data: bytes) -> CodePoints | None:
    """Return what the chunk cICP, which must come before the pixels, says about the colours."""
    for chunk in read_chunks(data):
        if chunk.name == b"IDAT":
            return None
        if chunk.name == b"cICP":
            body = chunk.body(data)
            primaries, transfer, matrix, full_range = body if len(body) == 4 else bytes(4)
            return CodePoints(primaries, transfer, matrix, full_range=full_range != 0)
    return None


def row_size(data: bytes, width: int) -> int:
    """Return the bytes of a row of this many pixels: one for its filter, then the pixels."""
    depth, color_type = data[24:26]
    return 1 + -(-width * depth * _CHANNELS.get(color_type, 1) // 8)


def _has_readable_size(profile: bytes) -> bool:
    """Return whether a compressed profile, after its name, is one that Pillow unpacks."""
    _, _, packed = profile.partition(b"\0")
    if packed[:1] != b"\0":  # the only method there is
        return False
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(packed[1:], _MAX_PROFILE_BYTES)
    except zlib.error:
        return True  # Pillow does without it
    return not unpacking.unconsumed_tail


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big")
