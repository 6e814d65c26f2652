"""Procreate's format, compared with a file that Procreate exported."""

import io
import json
import zipfile

import pytest

from palette import Palette, Swatch, export


def content_of(data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["Swatches.json"]
        return json.loads(archive.read("Swatches.json"))


def test_colors_equal_what_procreate_exports() -> None:
    swatches = (Swatch((254, 210, 149), 0.5, "peach"), Swatch((0, 0, 0), 0.5, "black"))
    assert content_of(export(Palette(swatches), "swatches", "Été 🎨")) == [
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


def test_archive_holds_no_time_of_day(palette: Palette) -> None:
    with zipfile.ZipFile(io.BytesIO(export(palette, "swatches"))) as archive:
        assert archive.getinfo("Swatches.json").date_time == (1980, 1, 1, 0, 0, 0)
