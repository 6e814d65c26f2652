"""What kind of JPEG a file is, by the header of its frame (ITU-T T.81, table B.1)."""

from palette.errors import UnsupportedFormatError

_NOT_FRAMES = frozenset({0xC4, 0xC8, 0xCC})  # tables, among the markers of frames
# Hierarchical frames and, of another standard, JPEG-LS.
_UNREAD_FRAMES = frozenset({*range(0xC5, 0xC8), *range(0xCD, 0xD0), 0xF7})
_MARKERS, _START_OF_SCAN = range(0xC0, 0xFF), 0xDA
_BITS = 8  # of a sample


def check_jpeg_frame(data: bytes) -> None:
    """Raise :class:`UnsupportedFormatError` for a kind of JPEG that no decoder here reads."""
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 < len(data):
        marker = data[at + 1]
        is_frame = 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES
        if marker in _UNREAD_FRAMES or (is_frame and data[at + 4] != _BITS):
            raise UnsupportedFormatError("This kind of JPEG cannot be read.", "JPEG")
        if is_frame or marker == _START_OF_SCAN or marker not in _MARKERS:
            return
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
