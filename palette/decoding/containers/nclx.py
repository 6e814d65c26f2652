"""The colour that an AVIF file tells in its boxes, which Pillow does not pass on.

ISO/IEC 14496-12 (items and tracks) and 23008-12 (the properties of items).
"""

from collections.abc import Iterable, Iterator

from palette.decoding.spaces.code_points import CodePoints

from .iso_boxes import MAX_BOXES, Box, find_box, read_boxes, read_number, whole_file

# Box by box to the description of the first track, and the bytes before the boxes in each.
_PATH_TO_TRACK = {b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0, b"stsd": 8}
_SAMPLE_ENTRY_FIELDS = 78  # bytes of a visual sample entry before its boxes


def read_nclx(data: bytes) -> CodePoints | None:
    """Return the code points of the primary item or, if there is none, of the first track."""
    file = whole_file(data)
    meta = find_box(data, file, b"meta")
    if meta is not None:
        return _first_nclx(data, _primary_properties(data, meta))
    box = file
    for name, skipped in _PATH_TO_TRACK.items():
        found = find_box(data, box, name)
        if found is None:
            return None
        box = found._replace(start=found.start + skipped)
    entry = find_box(data, box, b"av01")
    if entry is None:
        return None
    return _first_nclx(
        data, read_boxes(data, entry._replace(start=entry.start + _SAMPLE_ENTRY_FIELDS))
    )


def _primary_properties(data: bytes, meta: Box) -> Iterator[Box]:
    meta = meta._replace(start=meta.start + 4)
    primary = find_box(data, meta, b"pitm")
    properties = find_box(data, meta, b"iprp")
    if primary is None or properties is None:
        return
    item = read_number(data, primary.start + 4, primary.end)
    container, associations = (find_box(data, properties, name) for name in (b"ipco", b"ipma"))
    if container is None or associations is None:
        return
    boxes = list(read_boxes(data, container))
    for number in _property_numbers(data, associations, item):
        if 1 <= number <= len(boxes):
            yield boxes[number - 1]


def _property_numbers(data: bytes, associations: Box, item: int) -> list[int]:
    """Return the numbers, from 1, of the properties of an item."""
    at = associations.start
    id_size = 4 if data[at] else 2  # by the version of the box
    number_size = 1 + (data[at + 3] & 1)  # by its flags
    essential = 0x80 << 8 * (number_size - 1)
    at += 8
    for _ in range(MAX_BOXES):
        if at + id_size >= associations.end:
            break
        count = data[at + id_size]
        first = at + id_size + 1
        end = first + count * number_size
        if read_number(data, at, at + id_size) == item:
            places = range(first, end, number_size)
            return [read_number(data, each, each + number_size) & ~essential for each in places]
        at = end
    return []


def _first_nclx(data: bytes, boxes: Iterable[Box]) -> CodePoints | None:
    for box in boxes:
        if box.name == b"colr" and data[box.start : box.start + 4] == b"nclx":
            at = box.start + 4
            # The decoder has expanded a limited range already.
            return CodePoints(read_number(data, at, at + 2), read_number(data, at + 2, at + 4))
    return None
