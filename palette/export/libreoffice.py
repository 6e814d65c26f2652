"""LibreOffice's colour tables."""

from xml.etree import ElementTree as ET

from palette.model import Palette

_OFFICE = "http://openoffice.org/2004/office"
_DRAW = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"


def write_soc(palette: Palette, _title: str) -> bytes:
    """Return a colour table, which LibreOffice finds in ``config`` of the user's profile.

    Format: as in the tables that come with LibreOffice. It has no title: LibreOffice shows the file
    name.
    """
    namespaces = {"xmlns:ooo": _OFFICE, "xmlns:draw": _DRAW}
    table = ET.Element("ooo:color-table", namespaces)
    for swatch in palette:
        attributes = {"draw:name": swatch.name, "draw:color": swatch.hex}
        ET.SubElement(table, "draw:color", attributes)
    ET.indent(table)
    return ET.tostring(table, encoding="utf-8", xml_declaration=True) + b"\n"
