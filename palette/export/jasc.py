"""JASC palettes, which Paint Shop Pro, Aseprite, GIMP, Krita and IrfanView read.

Format: "Palette file format" in Paint Shop Pro's help. ASCII lines, ended as on Windows (some
readers insist). It holds values only: no title, no names.
"""

from palette.model import Palette


def write(palette: Palette, _title: str) -> bytes:
    """Return the file."""
    colors = ("{} {} {}".format(*swatch.rgb) for swatch in palette)
    lines = ["JASC-PAL", "0100", str(len(palette)), *colors]
    return "".join(f"{line}\r\n" for line in lines).encode()
