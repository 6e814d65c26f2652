"""The palette as an SVG drawing for Illustrator, Figma, Affinity, Inkscape and browsers.

Format: W3C, "Scalable Vector Graphics (SVG) 1.1". Each colour is a tile: a group whose ``id`` and
``<title>`` these programs show as its name.
"""

from xml.etree import ElementTree as ET

from palette.color.rgb import hex_code
from palette.drawing.lettering import ink
from palette.model import Palette, Swatch

from .text import by_identifier

_COLUMNS = 5
_WIDTH, _HEIGHT = 220, 120  # of a tile, in pixels
_MARGIN, _LINE_HEIGHT = 16, 20  # pixels
# What Windows, Android, Linux and macOS have; many drawing programs do not know "system-ui".
_FONTS = (
    "'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', 'Helvetica Neue', Helvetica, Arial, sans-serif"
)


def write(palette: Palette, title: str) -> bytes:
    """Return the drawing: tiles in rows of five, each with its name and code."""
    columns = min(_COLUMNS, len(palette))
    width, height = columns * _WIDTH, -(-len(palette) // columns) * _HEIGHT
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "font-family": _FONTS,
            "font-size": "13",
        },
    )
    ET.SubElement(root, "title").text = title
    for index, (name, swatch) in enumerate(by_identifier(palette).items()):
        row, column = divmod(index, columns)
        corner = f"translate({column * _WIDTH} {row * _HEIGHT})"
        tile = ET.SubElement(root, "g", {"id": f"color-{name}", "transform": corner})
        _draw_tile(swatch, tile)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _draw_tile(swatch: Swatch, tile: ET.Element) -> None:
    ET.SubElement(tile, "title").text = swatch.name
    size = {"width": str(_WIDTH), "height": str(_HEIGHT)}
    ET.SubElement(tile, "rect", {**size, "fill": swatch.hex})
    text_color = hex_code(ink(swatch.rgb))
    for line, text in enumerate((swatch.name, swatch.hex)):
        baseline = _HEIGHT - _MARGIN - _LINE_HEIGHT + line * _LINE_HEIGHT
        attributes = {"x": str(_MARGIN), "y": str(baseline), "fill": text_color}
        ET.SubElement(tile, "text", attributes).text = text
