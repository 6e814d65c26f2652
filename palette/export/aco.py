"""Adobe Photoshop colour swatches.

Format: "Color Swatches" in Adobe's Photoshop File Formats Specification. A version 1 section
(values only, for old readers) is followed by the same colours in version 2, with their names.
Big-endian 16-bit words. The format has no title: Photoshop shows the file name.
"""

import struct

from palette.model import Palette, Swatch

from .text import utf16

_RGB = 0


def write(palette: Palette, _title: str) -> bytes:
    """Return the file with both sections."""
    nameless = b"".join(_color(swatch) for swatch in palette)
    named = b"".join(_color(swatch) + _name(swatch) for swatch in palette)
    return _header(1, palette) + nameless + _header(2, palette) + named


def _header(version: int, palette: Palette) -> bytes:
    return struct.pack(">HH", version, len(palette))


def _color(swatch: Swatch) -> bytes:
    # Photoshop repeats the byte (0xff becomes 0xffff). RGB leaves the last component unused.
    return struct.pack(">5H", _RGB, *(channel * 0x101 for channel in swatch.rgb), 0)


def _name(swatch: Swatch) -> bytes:
    length, data = utf16(swatch.name)
    return struct.pack(">I", length) + data
