"""The palette as a drawing: Illustrator, Figma, Affinity, Inkscape, browsers.

Format: W3C, "Scalable Vector Graphics (SVG) 1.1". Each colour is a tile, a group whose ``id`` and
``<title>`` are what those programs call it.
"""

from xml.etree import ElementTree as ET

from palette.model import Palette, Swatch
from palette.vision import contrast

from .text import by_identifier

_COLUMNS = 5
_WIDTH, _HEIGHT, _MARGIN = 220, 120, 16  # of a tile, in pixels


def write(palette: Palette, title: str) -> bytes:
    """Return the drawing: tiles in rows of five, each with its name and code on it."""
    columns = min(_COLUMNS, len(palette))
    width, height = columns * _WIDTH, -(-len(palette) // columns) * _HEIGHT
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "font-family": "system-ui, sans-serif",
            "font-size": "13",
        },
    )
    ET.SubElement(root, "title").text = title
    for index, (name, swatch) in enumerate(by_identifier(palette).items()):
        row, column = divmod(index, columns)
        place = {"transform": f"translate({column * _WIDTH} {row * _HEIGHT})"}
        tile = ET.SubElement(root, "g", {"id": name, **place})
        ET.SubElement(tile, "title").text = swatch.name
        size = {"width": str(_WIDTH), "height": str(_HEIGHT)}
        ET.SubElement(tile, "rect", {**size, "fill": swatch.hex})
        for line, text in enumerate((swatch.hex, swatch.name)):
            y = _HEIGHT - _MARGIN - 20 * line
            place = {"x": str(_MARGIN), "y": str(y), "fill": _ink(swatch)}
            ET.SubElement(tile, "text", place).text = text
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _ink(swatch: Swatch) -> str:
    """Return black or white, whichever is easier to read on the swatch."""
    on_black, on_white = contrast(swatch.rgb, (0, 0, 0)), contrast(swatch.rgb, (255, 255, 255))
    return "#000" if on_black > on_white else "#fff"
