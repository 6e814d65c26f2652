"""LibreOffice's colour tables, as an XML parser that knows namespaces sees them."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from palette import Palette, Swatch, export

OFFICE = "{http://openoffice.org/2004/office}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def colors_in(data: bytes) -> list[tuple[str, str]]:
    table = ET.fromstring(data)  # noqa: S314, made just now by the code under test
    assert table.tag == f"{OFFICE}color-table"
    assert {color.tag for color in table} == {f"{DRAW}color"}
    return [(color.get(f"{DRAW}name", ""), color.get(f"{DRAW}color", "")) for color in table]


def test_table_holds_names_and_codes(palette: Palette) -> None:
    expected = [(swatch.name, swatch.hex) for swatch in palette]
    assert colors_in(export(palette, "soc", "Été 🎨")) == expected


@given(names=st.lists(st.text(), min_size=1, max_size=20))
def test_any_name_gives_a_well_formed_table(names: list[str]) -> None:
    swatches = tuple(Swatch((level, 0, 0), 0.05, name) for level, name in enumerate(names))
    found = colors_in(export(Palette(swatches), "soc"))
    assert [code for _, code in found] == [swatch.hex for swatch in swatches]
    assert all(re.fullmatch(r"\S.*", name) for name, _ in found)
