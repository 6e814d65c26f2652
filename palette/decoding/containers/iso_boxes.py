"""The boxes of ISO base media files (ISO/IEC 14496-12): AVIF, HEIC, JPEG XL and others."""

from collections.abc import Iterator
from typing import NamedTuple

MAX_BOXES = 5000  # side by side; real files have a few dozen


class Box(NamedTuple):
    """A box whose content is bytes ``start`` to ``end`` of the file."""

    name: bytes
    start: int
    end: int


def whole_file(data: bytes) -> Box:
    """Return what holds all boxes of a file."""
    return Box(b"", 0, len(data))


def read_boxes(data: bytes, parent: Box) -> Iterator[Box]:
    """Yield the boxes in a box; the last one may be cut."""
    at = parent.start
    for _ in range(MAX_BOXES):
        size, header = read_number(data, at, at + 4), 8
        if size == 1:
            size, header = read_number(data, at + 8, at + 16), 16
        elif size == 0:
            size = parent.end - at
        if size < header or at + header > parent.end:
            return
        yield Box(data[at + 4 : at + 8], at + header, min(at + size, parent.end))
        at += size


def find_box(data: bytes, parent: Box, name: bytes) -> Box | None:
    """Return the first box of this name."""
    return next((box for box in read_boxes(data, parent) if box.name == name), None)


def read_number(data: bytes, start: int, end: int) -> int:
    """Return the number in these bytes."""
    return int.from_bytes(data[start:end], "big")
