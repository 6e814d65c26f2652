"""Sass variables, and a map of them all for ``@each``.

Format: "Variables" and "Maps" in Sass's documentation.
"""

from palette.model import Palette

from .text import by_identifier


def write(palette: Palette, title: str) -> bytes:
    """Return a module with a ``$color-…`` for every colour, and the map ``$colors``."""
    colors = by_identifier(palette)
    lines = [
        f"// {title}",  # Sass evaluates "#{…}" in /* … */ comments
        *(f"$color-{name}: {swatch.hex};" for name, swatch in colors.items()),
        "",
        "$colors: (",
        *(f'  "{name}": $color-{name},' for name in colors),
        ");",
    ]
    return "".join(f"{line}\n" for line in lines).encode()
