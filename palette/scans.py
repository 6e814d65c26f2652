"""How often a JPEG goes over its pixels."""

from .errors import TruncatedImageError

# Pixels times scans: some seconds. Real files have 1 scan or about 10, hostile ones thousands.
_MOST_WORK = 20_000_000_000
# ITU T.81, table B.1: frames of one kind or the other, tables, comments, applications' own data.
_SEQUENTIAL, _PROGRESSIVE, _SCAN = frozenset({0xC0, 0xC1}), 0xC2, 0xDA
_SEGMENTS = _SEQUENTIAL | {_PROGRESSIVE, 0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)}


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
