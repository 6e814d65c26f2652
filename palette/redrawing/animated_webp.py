"""Still WebP pictures put together to an animation.

Pillow would do it too, but takes equal frames in a row for one. How often a colour is seen would
then no longer be counted.
"""

import struct
from collections.abc import Iterator, Sequence

_DURATION = 100  # milliseconds a frame
_ALPHA, _ANIMATION = 0x10, 0x02  # flags of the file
_DO_NOT_BLEND = 0x02  # flag of a frame
_OF_PICTURE = frozenset({b"ALPH", b"VP8 ", b"VP8L"})


def animated_webp(stills: Sequence[bytes], size: tuple[int, int]) -> bytes:
    """Join WebP files, each of one picture of this width and height: RFC 9649, section 2.7."""
    width, height = (_bytes3(side - 1) for side in size)
    file = _chunk(b"VP8X", bytes([_ALPHA | _ANIMATION, 0, 0, 0]) + width + height)
    file += _chunk(b"ANIM", bytes(6))  # transparent ground, endless
    frame = bytes(6) + width + height + _bytes3(_DURATION) + bytes([_DO_NOT_BLEND])
    for still in stills:
        picture = b"".join(
            _chunk(name, body) for name, body in _chunks(still) if name in _OF_PICTURE
        )
        file += _chunk(b"ANMF", frame + picture)
    return _chunk(b"RIFF", b"WEBP" + file)


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(file):
        name, size = struct.unpack_from("<4sI", file, at)
        yield name, file[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + bytes(len(body) % 2)


def _bytes3(number: int) -> bytes:
    return number.to_bytes(3, "little")
