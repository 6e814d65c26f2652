"""JASC palettes, which Paint Shop Pro, Aseprite, GIMP, Krita and IrfanView read.

Format, as Paint Shop Pro's help describes it: a signature, a version, the number of colours, then
one colour a line, with Windows line ends (some readers insist). It has no title and no names.
"""

from palette.model import Palette


def write(palette: Palette, _title: str) -> bytes:
    """Return the file."""
    colors = ("{} {} {}".format(*swatch.rgb) for swatch in palette)
    lines = ["JASC-PAL", "0100", str(len(palette)), *colors]
    return "".join(f"{line}\r\n" for line in lines).encode()
