"""Design tokens, with colours as objects or as hex codes.

Format: W3C Design Tokens Community Group, "Format Module" and "Color Module" 2025.10. In the drafts
before it, colours were hex codes, and many programs read nothing else.
"""

import json
from collections.abc import Callable

from palette.model import Palette, Swatch

from .roles import identify


def write_tokens(palette: Palette, title: str) -> bytes:
    """Return tokens as of 2025.10: a group ``color``, described by ``title``.

    It has a token for every colour, and one for every role, which refers to that of its colour.
    """
    return _file(palette, title, _components)


def write_hex_tokens(palette: Palette, title: str) -> bytes:
    """Return the same tokens as before 2025.10."""
    return _file(palette, title, lambda swatch: swatch.hex)


def _file(palette: Palette, title: str, value: Callable[[Swatch], object]) -> bytes:
    colors, roles = identify(palette)
    tokens = {
        name: {"$type": "color", "$value": value(swatch), "$description": swatch.name}
        for name, swatch in colors.items()
    }
    aliases = {
        role: {"$type": "color", "$value": f"{{color.{name}}}"} for role, name in roles.items()
    }
    content = {"color": {"$description": title, **tokens, **aliases}}
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def _components(swatch: Swatch) -> dict[str, object]:
    return {
        "colorSpace": "srgb",
        "components": [round(channel / 255, 4) for channel in swatch.rgb],
        "hex": swatch.hex,
    }
