"""Tailwind CSS 4 themes.

Format: "Theme variables" in Tailwind's documentation: the ``--color-*`` variables of an
``@theme`` block become utilities such as ``bg-dusty-rose``.
"""

from palette.model import Palette

from .css import comment, rule


def write(palette: Palette, title: str) -> bytes:
    """Return a style sheet to import after ``tailwindcss``."""
    return f"{comment(title)}\n{theme(palette)}".encode()


def theme(palette: Palette) -> str:
    """Return the rule ``@theme { --color-…: #rrggbb; … }``."""
    return rule("@theme", palette)
