"""Formats that consist of lines of text."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from PIL.GimpPaletteFile import GimpPaletteFile

from palette import Palette, Swatch, export


def test_gpl_is_read_by_pillow(palette: Palette) -> None:
    data, mode = GimpPaletteFile(io.BytesIO(export(palette, "gpl", "Été 🎨"))).getpalette()
    assert mode == "RGB"
    assert [tuple(data[at : at + 3]) for at in range(0, len(data), 3)] == [
        swatch.rgb for swatch in palette
    ]


def test_gpl_holds_title_and_names(palette: Palette) -> None:
    assert export(palette, "gpl", "Été 🎨").decode() == (
        "GIMP Palette\n"
        "Name: Été 🎨\n"
        "Columns: 6\n"
        "192 115 122\tdusty rose\n"
        "255   0   0\tred\n"
        "  0   0   0\tblack\n"
        "255 255 255\twhite\n"
        ' 18  52  86\tsea & "night" </b> 2/3\n'
        "  1 254 253\trobin's egg 🥚\n"
    )


def test_paint_net_finds_opaque_colors_and_comments(palette: Palette) -> None:
    assert export(palette, "txt", "Été 🎨").decode().split("\r\n") == [
        "; paint.net Palette File",
        "; Été 🎨",
        "; dusty rose",
        "FFC0737A",
        "; red",
        "FFFF0000",
        "; black",
        "FF000000",
        "; white",
        "FFFFFFFF",
        '; sea & "night" </b> 2/3',
        "FF123456",
        "; robin's egg 🥚",
        "FF01FEFD",
        "",
    ]


def test_jasc_holds_values_only(palette: Palette) -> None:
    assert export(palette, "pal", "Été 🎨") == (
        b"JASC-PAL\r\n0100\r\n6\r\n"
        b"192 115 122\r\n255 0 0\r\n0 0 0\r\n255 255 255\r\n18 52 86\r\n1 254 253\r\n"
    )


def test_hex_holds_bare_codes_only(palette: Palette) -> None:
    assert export(palette, "hex", "Été 🎨") == (b"c0737a\nff0000\n000000\nffffff\n123456\n01fefd\n")


def test_table_has_a_row_for_each_color(palette_with_roles: Palette) -> None:
    data = export(palette_with_roles, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(data, newline="")))
    assert rows[0] == {
        "name": "sea",
        "hex": "#123456",
        "red": "18",
        "green": "52",
        "blue": "86",
        "share": "0.3000",
        "roles": "dark background",
    }
    for row, swatch in zip(rows, palette_with_roles, strict=True):
        assert (row["name"], row["hex"]) == (swatch.name, swatch.hex)
        assert (int(row["red"]), int(row["green"]), int(row["blue"])) == swatch.rgb
        assert float(row["share"]) == swatch.share
        assert set(row["roles"].split()) >= set(swatch.roles)


@given(names=st.lists(st.text() | st.text('",;\n'), min_size=1, max_size=20))
def test_table_has_its_columns_whatever_the_names(names: list[str]) -> None:
    swatches = tuple(Swatch((level, 0, 0), 0.05, name) for level, name in enumerate(names))
    data = export(Palette(swatches), "csv").decode()
    header, *rows = csv.reader(io.StringIO(data, newline=""), strict=True)
    assert header == ["name", "hex", "red", "green", "blue", "share", "roles"]
    assert [row[1] for row in rows] == [swatch.hex for swatch in swatches]
    assert {len(row) for row in rows} == {len(header)}
