"""How many parts a JPEG or PNG is made of: a few bytes each, but a loop of Pillow's reads them."""

from .errors import TruncatedImageError

# Real files have some thousands. Pillow takes a quarter of a second for as many.
_MOST_PARTS = 50_000
_MOST_JUNK = 500_000  # bytes between the segments of a JPEG, which are read one by one
# ITU T.81, table B.1: the start of the pixels, and what stands alone, without a length.
_SCAN, _ALONE = 0xDA, frozenset({0x01, *range(0xD0, 0xDA)})


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
