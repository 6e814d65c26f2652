"""The directories of a TIFF, as far as they tell what the file is (TIFF 6.0, section 2)."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

SUBFILE_TYPE, PHOTOMETRIC, ORIENTATION, SUB_DIRECTORIES, DNG_VERSION = 254, 262, 274, 330, 50706
REDUCED_IMAGE, MASK = 1, 4  # bits of the subfile type
_RAW_PHOTOMETRICS = frozenset({32803, 34892})  # color filter array, linear raw
_LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}  # types of whole numbers
_MAX_ENTRIES = 1000
_MAX_SUB_DIRECTORIES = 16


class Directory(NamedTuple):
    """The tags that have a few whole numbers, and where the next directory is (0 if none)."""

    numbers: dict[int, tuple[int, ...]]
    following: int

    def first(self, tag: int, default: int = 0) -> int:
        """Return the first number of a tag."""
        return self.numbers.get(tag, (default,))[0]


def is_raw(data: bytes) -> bool:
    """Return whether this TIFF is the raw data of a camera."""
    first = read_directory(data)
    if DNG_VERSION in first.numbers:
        return True
    subs = first.numbers.get(SUB_DIRECTORIES, ())
    directories = (first, *(read_directory(data, at) for at in subs))
    return any(each.first(PHOTOMETRIC) in _RAW_PHOTOMETRICS for each in directories)


def has_more_pages(data: bytes) -> bool:
    """Return whether a page follows the first image, not only smaller copies of it and masks."""
    seen: set[int] = set()
    at = read_directory(data).following
    while at and at not in seen and len(seen) < _MAX_SUB_DIRECTORIES:
        seen.add(at)
        directory = read_directory(data, at)
        if directory.numbers and not directory.first(SUBFILE_TYPE) & (REDUCED_IMAGE | MASK):
            return True
        at = directory.following
    return False


def read_directory(data: bytes, at: int | None = None) -> Directory:
    """Read the directory at this place, or the first one; it is empty if it is not there."""
    order = ">" if data[:2] == b"MM" else "<"
    is_big = data[2:4] in {b"+\0", b"\0+"}
    offset = "Q" if is_big else "I"
    count_size, size = (8, 20) if is_big else (2, 12)
    try:
        (first,) = struct.unpack_from(order + offset, data, 8 if is_big else 4)
        start = first if at is None else at
        (count,) = struct.unpack_from(order + ("Q" if is_big else "H"), data, start)
        start += count_size
        entries = range(start, start + size * min(count, _MAX_ENTRIES), size)
        numbers = dict(_read_numbers(data, entries, order, offset))
        (following,) = struct.unpack_from(order + offset, data, start + size * count)
    except struct.error:
        return Directory({}, 0)
    return Directory(numbers, following)


def _read_numbers(
    data: bytes, entries: range, order: str, offset: str
) -> Iterator[tuple[int, tuple[int, ...]]]:
    for entry in entries:
        tag, kind, count = struct.unpack_from(f"{order}HH{offset}", data, entry)
        letter = _LETTERS.get(kind)
        if letter is None or not 0 < count <= _MAX_SUB_DIRECTORIES:
            continue
        layout = f"{order}{count}{letter}"
        value = entry + 4 + struct.calcsize(f"={offset}")
        if struct.calcsize(layout) > struct.calcsize(f"={offset}"):
            (value,) = struct.unpack_from(order + offset, data, value)
        yield tag, struct.unpack_from(layout, data, value)
