"""Formats that are zip archives: Procreate's and Krita's, and everything in one."""

import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest

from palette import FORMATS, Palette, Swatch, export


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def parse(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314, made just now by the code under test


def test_colors_equal_what_procreate_exports() -> None:
    swatches = (Swatch((254, 210, 149), 0.5, "peach"), Swatch((0, 0, 0), 0.5, "black"))
    files = files_in(export(Palette(swatches), "swatches", "Été 🎨"))
    assert list(files) == ["Swatches.json"]
    assert json.loads(files["Swatches.json"]) == [
        {
            "name": "Été 🎨",
            "swatches": [
                {
                    # The first colour of "Retro & Vintage", a palette that Procreate 4 exported.
                    "hue": pytest.approx(0.096825396825396814),
                    "saturation": pytest.approx(0.41338580203493147),
                    "brightness": pytest.approx(0.99607843160629272),
                    "alpha": 1,
                    "colorSpace": 0,
                },
                {"hue": 0, "saturation": 0, "brightness": 0, "alpha": 1, "colorSpace": 0},
            ],
        }
    ]


def test_krita_finds_one_row_of_named_colors(palette: Palette) -> None:
    # Krita 5.1.5 reads these colours exactly.
    files = files_in(export(palette, "kpl", 'Été "🎨" & <co>'))
    assert list(files) == ["mimetype", "colorset.xml", "profiles.xml"]
    assert files["mimetype"] == b"application/x-krita-palette"
    assert (parse(files["profiles.xml"]).tag, len(parse(files["profiles.xml"]))) == ("Profiles", 0)
    colors = parse(files["colorset.xml"])
    assert (colors.tag, colors.get("version")) == ("Colorset", "1.0")
    assert colors.get("name") == 'Été "🎨" & <co>'
    assert (colors.get("columns"), colors.get("rows")) == (str(len(palette)), "1")
    for column, (entry, swatch) in enumerate(zip(colors, palette, strict=True)):
        assert (entry.tag, entry.get("name")) == ("ColorSetEntry", swatch.name)
        assert (entry.get("bitdepth"), entry.get("spot")) == ("U8", "false")
        srgb, position = entry
        assert srgb.tag == "sRGB"
        assert [float(srgb.get(channel, "")) * 255 for channel in "rgb"] == pytest.approx(
            swatch.rgb, abs=0.001
        )
        assert (position.tag, position.attrib) == ("Position", {"row": "0", "column": str(column)})


def test_mimetype_is_where_those_who_look_at_the_bytes_expect_it(palette: Palette) -> None:
    data = export(palette, "kpl")
    assert data[30:65] == b"mimetypeapplication/x-krita-palette"


@pytest.mark.parametrize(
    ("title", "name"), [("Été à Nice.v2", "ete-a-nice-v2"), ("../../a", "a"), ("🎨", "palette")]
)
def test_everything_is_in_one_archive_named_after_the_title(
    palette_with_roles: Palette, title: str, name: str
) -> None:
    files = files_in(export(palette_with_roles, "zip", title))
    assert files == {
        f"{name}.{suffix}": export(palette_with_roles, suffix, title)
        for suffix in FORMATS
        if suffix != "zip"
    }


@pytest.mark.parametrize("suffix", ["swatches", "kpl", "zip"])
def test_archive_holds_no_time_of_day(palette: Palette, suffix: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(palette, suffix))) as archive:
        assert {file.date_time for file in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
