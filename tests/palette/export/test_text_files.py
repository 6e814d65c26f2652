"""Formats that consist of lines of text."""

import io

from PIL.GimpPaletteFile import GimpPaletteFile

from palette import Palette, export


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
