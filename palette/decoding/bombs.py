"""Files that announce more work than any real image needs; none of it is begun."""

from palette.errors import TruncatedImageError

# Pixels times scans: some seconds. Real files have 1 scan or about 10, hostile ones thousands.
_MOST_WORK = 20_000_000_000
# Segments or chunks of a few bytes each, which a loop of Pillow's reads: a quarter of a second.
# Real files have some thousands.
_MOST_PARTS = 50_000
_MOST_JUNK = 500_000  # bytes between the segments of a JPEG, which Pillow reads one by one
# ITU T.81, table B.1: frames of one kind or the other, the start of a scan, the segments that a
# header consists of (tables, comments, applications' own data), and those without a length.
_SEQUENTIAL, _PROGRESSIVE, _SCAN = frozenset({0xC0, 0xC1}), 0xC2, 0xDA
_SEGMENTS = _SEQUENTIAL | {_PROGRESSIVE, 0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)}
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})


def check_scans(data: bytes, pixels: int) -> None:
    """Raise :class:`TruncatedImageError` for a JPEG whose scans would take minutes to decode."""
    if not _is_one_scan(data) and data.count(b"\xff\xda") * pixels > _MOST_WORK:
        raise TruncatedImageError("The image is damaged: it has too many scans.")


def _is_one_scan(data: bytes) -> bool:
    """Tell whether the first scan holds all components, as it mostly does: then none follows."""
    at = 2
    components = 0
    while data[at : at + 1] == b"\xff" and data[at + 1] in _SEGMENTS:
        if data[at + 1] in _SEQUENTIAL:
            components = data[at + 9]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return (
        components > 0 and data[at : at + 2] == bytes([0xFF, _SCAN]) and data[at + 4] == components
    )


def check_segments(data: bytes) -> None:
    """Raise :class:`TruncatedImageError` for a JPEG whose header would take seconds to read."""
    at, parts = 2, 0
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in {b"", b"\x00", b"\xff"}:
        marker = data[at + 1]
        if marker == _SCAN:
            return
        alone = marker in _ALONE
        at += 2 if alone else 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
        parts += 1
        _check(parts)
    end = data.find(b"\xff\xda", at)
    if (len(data) if end < 0 else end) - at > _MOST_JUNK:
        raise TruncatedImageError("The image is damaged: it has too much in front of its pixels.")


def check_chunks(data: bytes) -> None:
    """Raise :class:`TruncatedImageError` for a PNG whose chunks would take seconds to read."""
    at, parts = 8, 0
    while at < len(data) and data[at + 4 : at + 8] != b"IEND":
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        parts += 1
        _check(parts)


def _check(parts: int) -> None:
    if parts > _MOST_PARTS:
        raise TruncatedImageError("The image is damaged: it is in too many parts.")
