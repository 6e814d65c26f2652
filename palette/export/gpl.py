"""GIMP palettes, which Inkscape, Krita, Scribus, MyPaint and Aseprite read too.

Format: "GIMP Palette Format Version 2 (.gpl)", developer.gimp.org. UTF-8 lines.
"""

from palette.model import Palette


def write(palette: Palette, title: str) -> bytes:
    """Return the file, which programs show as a single row."""
    lines = ["GIMP Palette", f"Name: {title}", f"Columns: {len(palette)}"]
    for swatch in palette:
        red, green, blue = swatch.rgb
        lines.append(f"{red:3} {green:3} {blue:3}\t{swatch.name}")
    return "".join(f"{line}\n" for line in lines).encode()
