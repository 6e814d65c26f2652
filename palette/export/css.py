"""CSS custom properties, and the rules that Tailwind themes share with them.

Format: W3C, "CSS Custom Properties for Cascading Variables Module Level 1".
"""

from palette.model import Palette

from .text import by_identifier


def write(palette: Palette, title: str) -> bytes:
    """Return a style sheet that declares every colour on the root element."""
    return f"{comment(title)}\n{variables(palette)}".encode()


def variables(palette: Palette) -> str:
    """Return the rule ``:root { --color-…: #rrggbb; … }``."""
    return rule(":root", palette)


def rule(prelude: str, palette: Palette) -> str:
    """Return a rule that declares a custom property ``--color-…`` for every colour."""
    colors = by_identifier(palette)
    body = "".join(f"  --color-{name}: {swatch.hex};\n" for name, swatch in colors.items())
    return f"{prelude} {{\n{body}}}\n"


def comment(text: str) -> str:
    """Return ``text`` as a comment that it cannot end early."""
    return f"/* {text.replace('*/', '* /')} */"
