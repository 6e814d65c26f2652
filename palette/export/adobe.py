"""Adobe's two kinds of palette files. Both hold big-endian words and UTF-16 names."""

import struct

from palette.model import Palette, Swatch

from .text import utf16

_GROUP_START, _GROUP_END, _COLOR = 0xC001, 0xC002, 0x0001  # kinds of blocks in a swatch exchange
_PROCESS_COLOR = 2
_RGB = 0  # Photoshop's number of the colour space


def write_ase(palette: Palette, title: str) -> bytes:
    """Return an Adobe Swatch Exchange file: a group called ``title`` with the named colours.

    Illustrator, InDesign, Photoshop, Affinity and Krita read it. Adobe publishes no specification;
    this follows Carl Camera's analysis (carl.camera, "ASE File Specification") and the blocks that
    Adobe's own files hold.
    """
    blocks = [
        _block(_GROUP_START, _exchange_string(title)),
        *(_block(_COLOR, _exchange_color(swatch)) for swatch in palette),
        _block(_GROUP_END, b""),
    ]
    return struct.pack(">4sHHI", b"ASEF", 1, 0, len(blocks)) + b"".join(blocks)


def write_aco(palette: Palette, _title: str) -> bytes:
    """Return a file of Photoshop colour swatches.

    Format: "Color Swatches" in Adobe's Photoshop File Formats Specification. A version 1 section
    (values only, for old readers) is followed by the same colours in version 2, with their names.
    The format has no title: Photoshop shows the file name.
    """
    nameless = b"".join(_photoshop_color(swatch) for swatch in palette)
    named = b"".join(_photoshop_color(swatch) + _photoshop_name(swatch) for swatch in palette)
    return _photoshop_header(1, palette) + nameless + _photoshop_header(2, palette) + named


def _block(kind: int, body: bytes) -> bytes:
    return struct.pack(">HI", kind, len(body)) + body


def _exchange_string(text: str) -> bytes:
    length, data = utf16(text)
    return struct.pack(">H", length) + data


def _exchange_color(swatch: Swatch) -> bytes:
    red, green, blue = (channel / 255 for channel in swatch.rgb)
    value = struct.pack(">4s3fH", b"RGB ", red, green, blue, _PROCESS_COLOR)
    return _exchange_string(swatch.name) + value


def _photoshop_header(version: int, palette: Palette) -> bytes:
    return struct.pack(">HH", version, len(palette))


def _photoshop_color(swatch: Swatch) -> bytes:
    # Photoshop repeats the byte (0xff becomes 0xffff). RGB leaves the last component unused.
    return struct.pack(">5H", _RGB, *(channel * 0x101 for channel in swatch.rgb), 0)


def _photoshop_name(swatch: Swatch) -> bytes:
    length, data = utf16(swatch.name)
    return struct.pack(">I", length) + data
