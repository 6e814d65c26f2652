"""Refuses files built to cost far more time than their size suggests, before any decoding.

A JPEG may go over its pixels in thousands of scans of a few bytes each; a JPEG header or a PNG may
consist of millions of empty parts, which Pillow reads one by one in Python.
"""

from palette.errors import TruncatedImageError

from .jpeg_markers import HEADER_SEGMENTS, SEQUENTIAL_FRAMES, START_OF_SCAN, WITHOUT_LENGTH

_MAX_SCANNED_PIXELS = 20_000_000_000  # some seconds; real files have 1 scan or about 10
_MAX_PARTS = 50_000  # segments or chunks, a quarter of a second; real files have a few thousand
_MAX_JUNK_BYTES = 500_000  # between the segments of a JPEG header

_SCAN_MARKER = bytes([0xFF, START_OF_SCAN])

_PNG_SIGNATURE_SIZE = 8
_PNG_CHUNK_OVERHEAD = 12  # length, name and checksum


def check_jpeg_scans(data: bytes, pixels: int) -> None:
    """Raise :class:`TruncatedImageError` if the scans of a JPEG would take minutes to decode."""
    if not _is_single_scan(data) and data.count(_SCAN_MARKER) * pixels > _MAX_SCANNED_PIXELS:
        raise TruncatedImageError("The image is damaged: it has too many scans.")


def _is_single_scan(data: bytes) -> bool:
    """Return whether the first scan holds all components, so that no other can follow it."""
    at = 2
    components = 0
    while data[at : at + 1] == b"\xff" and data[at + 1] in HEADER_SEGMENTS:
        if data[at + 1] in SEQUENTIAL_FRAMES:
            components = data[at + 9]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return components > 0 and data[at : at + 2] == _SCAN_MARKER and data[at + 4] == components


def check_jpeg_segments(data: bytes) -> None:
    """Raise :class:`TruncatedImageError` if the header of a JPEG would take seconds to read."""
    at, parts = 2, 0
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] not in {b"", b"\x00", b"\xff"}:
        marker = data[at + 1]
        if marker == START_OF_SCAN:
            return
        if marker in WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
        parts += 1
        _check_parts(parts)
    scan = data.find(_SCAN_MARKER, at)
    header_end = len(data) if scan < 0 else scan
    if header_end - at > _MAX_JUNK_BYTES:
        raise TruncatedImageError("The image is damaged: there is too much before its pixels.")


def check_png_chunks(data: bytes) -> None:
    """Raise :class:`TruncatedImageError` if the chunks of a PNG would take seconds to read."""
    at, parts = _PNG_SIGNATURE_SIZE, 0
    while at < len(data) and data[at + 4 : at + 8] != b"IEND":
        at += _PNG_CHUNK_OVERHEAD + int.from_bytes(data[at : at + 4], "big")
        parts += 1
        _check_parts(parts)


def _check_parts(parts: int) -> None:
    if parts > _MAX_PARTS:
        raise TruncatedImageError("The image is damaged: it has too many parts.")
