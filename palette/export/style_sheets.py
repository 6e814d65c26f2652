"""Palettes as variables of style sheets: CSS, Sass and Tailwind CSS 4."""

from palette.model import Palette

from .text import by_identifier


def write_css(palette: Palette, title: str) -> bytes:
    """Return a style sheet that declares every colour on the root element.

    Format: W3C, "CSS Custom Properties for Cascading Variables Module Level 1".
    """
    return f"{_comment(title)}\n{css_variables(palette)}".encode()


def css_variables(palette: Palette) -> str:
    """Return the rule ``:root { --color-…: #rrggbb; … }``."""
    return _rule(":root", palette)


def write_tailwind(palette: Palette, title: str) -> bytes:
    """Return a style sheet to import after ``tailwindcss``.

    Format: "Theme variables" in Tailwind's documentation: the ``--color-*`` variables of an
    ``@theme`` block become utilities such as ``bg-dusty-rose``.
    """
    return f"{_comment(title)}\n{tailwind_theme(palette)}".encode()


def tailwind_theme(palette: Palette) -> str:
    """Return the rule ``@theme { --color-…: #rrggbb; … }``."""
    return _rule("@theme", palette)


def write_scss(palette: Palette, title: str) -> bytes:
    """Return a Sass module: ``$color-…`` for every colour, and the map ``$colors`` for ``@each``.

    Format: "Variables" and "Maps" in Sass's documentation.
    """
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


def _rule(prelude: str, palette: Palette) -> str:
    """Return a rule that declares a custom property ``--color-…`` for every colour."""
    colors = by_identifier(palette)
    body = "".join(f"  --color-{name}: {swatch.hex};\n" for name, swatch in colors.items())
    return f"{prelude} {{\n{body}}}\n"


def _comment(text: str) -> str:
    """Return ``text`` as a comment that it cannot end early."""
    return f"/* {text.replace('*/', '* /')} */"
