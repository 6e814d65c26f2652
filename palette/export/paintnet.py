"""Paint.NET palettes, which Pinta reads too.

Format: "Working With Palettes" in Paint.NET's documentation. UTF-8 lines of ``AARRGGBB``, ended as
on Windows. It has no place for a title or names, but for comments, after a semicolon; these stand
on their own lines, since some readers know no others.
"""

from palette.model import Palette


def write(palette: Palette, title: str) -> bytes:
    """Return the file; Paint.NET fills its 96 places up with white."""
    lines = ["; paint.net Palette File", f"; {title}"]
    for swatch in palette:
        lines += [f"; {swatch.name}", "FF{:02X}{:02X}{:02X}".format(*swatch.rgb)]
    return "".join(f"{line}\r\n" for line in lines).encode()
