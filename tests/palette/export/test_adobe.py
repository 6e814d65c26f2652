"""Adobe's formats, read by other people's code and compared with what Photoshop writes."""

from pathlib import Path

import pytest
import swatch

from palette import Palette, Swatch
from palette.export import export

# What Photoshop 7 saved for a red and a green swatch (C. Brown, "Reverse-Engineering of the Adobe
# Color File Format").
PHOTOSHOP_ACO = """
    0001 0002 0000 ffff 0000 0000 0000 0000 0000 ffff 0000 0000
    0002 0002 0000 ffff 0000 0000 0000 0000 0009 0053 0077 0061 0074 0063 0068 0020 0031 0000
              0000 0000 ffff 0000 0000 0000 0009 0053 0077 0061 0074 0063 0068 0020 0032 0000
"""


def test_ase_holds_a_group_of_named_colors(palette: Palette, tmp_path: Path) -> None:
    file = tmp_path / "palette.ase"
    file.write_bytes(export(palette, "ase", "Été 🎨"))
    (group,) = swatch.parse(file)
    assert (group["name"], group["type"]) == ("Été 🎨", "Color Group")
    assert [color["name"] for color in group["swatches"]] == [color.name for color in palette]
    assert {color["type"] for color in group["swatches"]} == {"Process"}
    assert {color["data"]["mode"] for color in group["swatches"]} == {"RGB"}
    for color, original in zip(group["swatches"], palette, strict=True):
        assert [value * 255 for value in color["data"]["values"]] == pytest.approx(original.rgb)


def test_ase_equals_the_output_of_another_writer(palette: Palette, tmp_path: Path) -> None:
    # Without the egg: that writer miscounts characters beyond 16 bits.
    data = export(Palette(palette.swatches[:-1]), "ase", "Été")
    file = tmp_path / "palette.ase"
    file.write_bytes(data)
    assert swatch.dumps(swatch.parse(file)).hex() == data.hex()


def test_aco_equals_what_photoshop_saves() -> None:
    swatches = (Swatch((255, 0, 0), 0.5, "Swatch 1"), Swatch((0, 255, 0), 0.5, "Swatch 2"))
    assert export(Palette(swatches), "aco") == bytes.fromhex(PHOTOSHOP_ACO)


def test_aco_repeats_each_byte_and_counts_code_units() -> None:
    # The egg is one character and two UTF-16 code units; with the null that makes three.
    data = export(Palette((Swatch((1, 254, 128), 1.0, "🥚"),)), "aco")
    assert data.hex(" ", 2) == (
        "0001 0001 0000 0101 fefe 8080 0000 "
        "0002 0001 0000 0101 fefe 8080 0000 0000 0003 d83e dd5a 0000"
    )
