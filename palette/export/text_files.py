"""Palettes as plain text: GIMP's, JASC's, Paint.NET's and Lospec's, and as a table."""

import csv
import io

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


def write_hex(palette: Palette, _title: str) -> bytes:
    """Return a palette as Lospec offers them for download, which Aseprite reads too.

    One code a line, in lower case and without ``#``. It has no title and no names.
    """
    return "".join(f"{swatch.hex[1:]}\n" for swatch in palette).encode()


def write_csv(palette: Palette, _title: str) -> bytes:
    """Return a table for spreadsheets: a header, and a row for every colour.

    Format: RFC 4180, in UTF-8. ``share`` is a fraction; several roles stand in one field, with
    spaces between them.
    """
    table = io.StringIO(newline="")
    rows = csv.writer(table)  # ends lines with CRLF, as the RFC asks for
    rows.writerow(["name", "hex", "red", "green", "blue", "share", "roles"])
    for swatch in palette:
        roles = [*swatch.roles, *["background"] * (swatch == palette.background)]
        share = f"{swatch.share:.4f}"
        rows.writerow([swatch.name, swatch.hex, *swatch.rgb, share, " ".join(roles)])
    return table.getvalue().encode()
