"""Palettes as plain text: GIMP's, JASC's and Paint.NET's."""

from palette.model import Palette


def write_gpl(palette: Palette, title: str) -> bytes:
    """Return a GIMP palette, which Inkscape, Krita, Scribus, MyPaint and Aseprite read too.

    Format: "GIMP Palette Format Version 2 (.gpl)", developer.gimp.org. UTF-8 lines; programs show
    the colours in a single row.
    """
    lines = ["GIMP Palette", f"Name: {title}", f"Columns: {len(palette)}"]
    for swatch in palette:
        red, green, blue = swatch.rgb
        lines.append(f"{red:3} {green:3} {blue:3}\t{swatch.name}")
    return "".join(f"{line}\n" for line in lines).encode()


def write_jasc(palette: Palette, _title: str) -> bytes:
    """Return a JASC palette, which Paint Shop Pro, Aseprite, GIMP, Krita and IrfanView read.

    Format, as Paint Shop Pro's help describes it: a signature, a version, the number of colours,
    then one colour a line, with Windows line ends (some readers insist). It has no title and no
    names.
    """
    colors = ("{} {} {}".format(*swatch.rgb) for swatch in palette)
    lines = ["JASC-PAL", "0100", str(len(palette)), *colors]
    return "".join(f"{line}\r\n" for line in lines).encode()


def write_paintnet(palette: Palette, title: str) -> bytes:
    """Return a Paint.NET palette, which Pinta reads too.

    Format: "Working With Palettes" in Paint.NET's documentation. UTF-8 lines of ``AARRGGBB`` with
    Windows line ends. Title and names have no place of their own and become comments, on separate
    lines, as some readers know no others. Paint.NET fills the rest of its 96 places with white.
    """
    lines = ["; paint.net Palette File", f"; {title}"]
    for swatch in palette:
        lines += [f"; {swatch.name}", f"FF{swatch.hex[1:].upper()}"]
    return "".join(f"{line}\r\n" for line in lines).encode()
