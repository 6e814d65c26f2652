"""Joins still WebP images into an animation.

Pillow could do this too, but merges consecutive equal frames, and then how often a colour is seen
would no longer be counted.
"""

import struct
from collections.abc import Iterator, Sequence

_FRAME_MILLISECONDS = 100
_ALPHA, _ANIMATION = 0x10, 0x02  # file flags
_DO_NOT_BLEND = 0x02  # frame flag
_IMAGE_CHUNKS = frozenset({b"ALPH", b"VP8 ", b"VP8L"})


def animated_webp(stills: Sequence[bytes], size: tuple[int, int]) -> bytes:
    """Join WebP files, each a still image of this width and height (RFC 9649, section 2.7)."""
    width, height = (_uint24(side - 1) for side in size)
    file = _chunk(b"VP8X", bytes([_ALPHA | _ANIMATION, 0, 0, 0]) + width + height)
    file += _chunk(b"ANIM", bytes(6))  # transparent background, endless
    header = bytes(6) + width + height + _uint24(_FRAME_MILLISECONDS) + bytes([_DO_NOT_BLEND])
    for still in stills:
        image = b"".join(
            _chunk(name, body) for name, body in _chunks(still) if name in _IMAGE_CHUNKS
        )
        file += _chunk(b"ANMF", header + image)
    return _chunk(b"RIFF", b"WEBP" + file)


def _chunks(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(file):
        name, size = struct.unpack_from("<4sI", file, at)
        yield name, file[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + bytes(len(body) % 2)


def _uint24(number: int) -> bytes:
    return number.to_bytes(3, "little")
