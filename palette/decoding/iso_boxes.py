"""The colour that an AVIF file tells in its boxes, which Pillow does not pass on.

ISO/IEC 14496-12 (boxes, items and tracks) and 23008-12 (item properties).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .code_points import CodePoints

_MAX_BOXES = 5000  # side by side; real files have a few dozen
# Box by box to the description of the first track, and the bytes before the boxes in each.
_PATH_TO_TRACK = {b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"stsd": 8}
_SAMPLE_ENTRY_FIELDS = 78  # bytes of a visual sample entry before its boxes


class _Box(NamedTuple):
    """A box whose content is bytes ``start`` to ``end`` of the file."""

    name: bytes
    start: int
    end: int


def read_nclx(data: bytes) -> CodePoints | None:
    """Return the code points of the primary item or, if there is none, of the first track."""
    file = _Box(b"", 0, len(data))
    meta = _find(data, file, b"meta")
    if meta is not None:
        return _first_nclx(data, _primary_properties(data, meta))
    box = file
    for name, skipped in _PATH_TO_TRACK.items():
        found = _find(data, box, name)
        if found is None:
            return None
        box = found._replace(start=found.start + skipped)
    entry = _find(data, box, b"av01")
    if entry is None:
        return None
    return _first_nclx(data, _boxes(data, entry._replace(start=entry.start + _SAMPLE_ENTRY_FIELDS)))


def _primary_properties(data: bytes, meta: _Box) -> Iterator[_Box]:
    meta = meta._replace(start=meta.start + 4)
    primary = _find(data, meta, b"pitm")
    properties = _find(data, meta, b"iprp")
    if primary is None or properties is None:
        return
    item = _number(data, primary.start + 4, primary.end)
    container, associations = (_find(data, properties, name) for name in (b"ipco", b"ipma"))
    if container is None or associations is None:
        return
    boxes = list(_boxes(data, container))
    for number in _property_numbers(data, associations, item):
        if 1 <= number <= len(boxes):
            yield boxes[number - 1]


def _property_numbers(data: bytes, associations: _Box, item: int) -> list[int]:
    """Return the numbers, from 1, of the properties of an item."""
    at = associations.start
    id_size = 4 if data[at] else 2  # by the version of the box
    number_size = 1 + (data[at + 3] & 1)  # by its flags
    essential = 0x80 << 8 * (number_size - 1)
    at += 8
    for _ in range(_MAX_BOXES):
        if at + id_size >= associations.end:
            break
        count = data[at + id_size]
        first = at + id_size + 1
        end = first + count * number_size
        if _number(data, at, at + id_size) == item:
            places = range(first, end, number_size)
            return [_number(data, each, each + number_size) & ~essential for each in places]
        at = end
    return []


def _first_nclx(data: bytes, boxes: Iterable[_Box]) -> CodePoints | None:
    for box in boxes:
        if box.name == b"colr" and data[box.start : box.start + 4] == b"nclx":
            at = box.start + 4
            # The decoder has expanded a limited range already.
            return CodePoints(_number(data, at, at + 2), _number(data, at + 2, at + 4))
    return None


def _find(data: bytes, parent: _Box, name: bytes) -> _Box | None:
    return next((box for box in _boxes(data, parent) if box.name == name), None)


def _boxes(data: bytes, parent: _Box) -> Iterator[_Box]:
    at = parent.start
    for _ in range(_MAX_BOXES):
        size, header = _number(data, at, at + 4), 8
        if size == 1:
            size, header = _number(data, at + 8, at + 16), 16
        elif size == 0:
            size = parent.end - at
        if size < header or at + size > parent.end:
            return
        yield _Box(data[at + 4 : at + 8], at + header, at + size)
        at += size


def _number(data: bytes, start: int, end: int) -> int:
    return int.from_bytes(data[start:end], "big")
