"""Paint.NET palettes, which Pinta reads too.

Format: "Working With Palettes" in Paint.NET's documentation. UTF-8 lines of ``AARRGGBB`` with
Windows line ends. Title and names have no place of their own and become comments, after a
semicolon, on separate lines, as some readers know no others.
"""

from palette.model import Palette


def write(palette: Palette, title: str) -> bytes:
    """Return the file; Paint.NET fills the rest of its 96 places with white."""
    lines = ["; paint.net Palette File", f"; {title}"]
    for swatch in palette:
        lines += [f"; {swatch.name}", f"FF{swatch.hex[1:].upper()}"]
    return "".join(f"{line}\r\n" for line in lines).encode()
