"""Adobe Swatch Exchange, which Illustrator, InDesign, Photoshop, Affinity and Krita read.

Adobe publishes no specification; this follows Carl Camera's analysis (carl.camera, "ASE File
Specification") and the blocks that Adobe's own files hold. Big-endian throughout.
"""

import struct

from palette.model import Palette, Swatch

from .text import utf16

_GROUP_START, _GROUP_END, _COLOR = 0xC001, 0xC002, 0x0001
_PROCESS_COLOR = 2


def write(palette: Palette, title: str) -> bytes:
    """Return the file: a group called ``title`` with the named colours."""
    blocks = [
        _block(_GROUP_START, _string(title)),
        *(_block(_COLOR, _color(swatch)) for swatch in palette),
        _block(_GROUP_END, b""),
    ]
    return struct.pack(">4sHHI", b"ASEF", 1, 0, len(blocks)) + b"".join(blocks)


def _block(kind: int, body: bytes) -> bytes:
    return struct.pack(">HI", kind, len(body)) + body


def _string(text: str) -> bytes:
    length, data = utf16(text)
    return struct.pack(">H", length) + data


def _color(swatch: Swatch) -> bytes:
    red, green, blue = (channel / 255 for channel in swatch.rgb)
    value = struct.pack(">4s3fH", b"RGB ", red, green, blue, _PROCESS_COLOR)
    return _string(swatch.name) + value
