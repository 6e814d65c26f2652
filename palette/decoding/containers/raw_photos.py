"""The preview that a camera puts into its raw files: a JPEG, wherever the format keeps it."""

from collections.abc import Iterator

_START = b"\xff\xd8\xff"
_START_OF_SCAN = 0xDA
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # those of lossless JPEG, which is raw data, are others
_MAX_CANDIDATES = 256
_MAX_SEGMENTS = 200


def find_preview(data: bytes) -> bytes | None:
    """Return the largest JPEG in a raw file, and whatever follows it; None if there is none."""
    sizes = {start: _read_size(data, start) for start in _find_starts(data)}
    best = max(sizes, key=lambda start: sizes[start], default=None)
    return data[best:] if best is not None and sizes[best] else None


def _find_starts(data: bytes) -> Iterator[int]:
    start = -1
    for _ in range(_MAX_CANDIDATES):
        start = data.find(_START, start + 1)
        if start < 0:
            return
        yield start


def _read_size(data: bytes, start: int) -> int:
    """Return how many pixels a JPEG has; 0 if it is none, or one of more than 8 bits."""
    at, pixels = start + 2, 0
    for _ in range(_MAX_SEGMENTS):
        if data[at : at + 1] != b"\xff" or at + 9 > len(data):
            return 0
        marker = data[at + 1]
        if marker == _START_OF_SCAN:
            return pixels
        if marker in _FRAMES and data[at + 4] == 8:
            height, width = (int.from_bytes(data[at + n : at + n + 2], "big") for n in (5, 7))
            pixels = width * height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0
