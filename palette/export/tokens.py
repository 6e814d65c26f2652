"""Design tokens, which Style Dictionary (version 5 and up) and Terrazzo read.

Format: W3C Design Tokens Community Group, "Format Module" and "Color Module" 2025.10.
"""

import json

from palette.model import Palette, Swatch

from .text import by_identifier


def write(palette: Palette, title: str) -> bytes:
    """Return the file: a group ``color``, described by ``title``, with a token for every colour."""
    tokens = {name: _token(swatch) for name, swatch in by_identifier(palette).items()}
    content = {"color": {"$description": title, **tokens}}
    return f"{json.dumps(content, ensure_ascii=False, indent=2)}\n".encode()


def _token(swatch: Swatch) -> dict[str, object]:
    return {
        "$type": "color",
        "$value": {
            "colorSpace": "srgb",
            "components": [round(channel / 255, 4) for channel in swatch.rgb],
            "hex": swatch.hex,
        },
        "$description": swatch.name,
    }
