"""The SVG drawing, as a renderer and an XML parser see it."""

import io
import re
from importlib.resources import files
from xml.etree import ElementTree as ET

import numpy as np
import resvg_py
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palette import Palette, Swatch, export

SVG = "{http://www.w3.org/2000/svg}"
FONTS = files("palette.drawing").joinpath("fonts")
FONT_FILES = [str(file) for file in FONTS.iterdir() if file.name.endswith(".otf")]


def parse(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314, made just now by the code under test


def render(data: bytes) -> np.ndarray:
    """Render the drawing with our own fonts: the machine may have none."""
    png = resvg_py.svg_to_bytes(
        svg_string=data.decode(),
        skip_system_fonts=True,
        font_files=FONT_FILES,
        sans_serif_family="Swatch Sans",
    )
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


def test_tiles_are_drawn_in_rows_of_five(palette: Palette) -> None:
    pixels = render(export(palette, "svg"))
    assert pixels.shape == (240, 1100, 4)
    centres = [(row, column) for row in (40, 160) for column in range(110, 1100, 220)]
    drawn = [tuple(pixels[centre].tolist()) for centre in centres]
    assert drawn == [(*swatch.rgb, 255) for swatch in palette] + [(0, 0, 0, 0)] * 4


def test_text_is_drawn_dark_on_light_and_light_on_dark() -> None:
    swatches = (Swatch((255, 255, 0), 0.5, "yellow"), Swatch((0, 0, 128), 0.5, "navy"))
    pixels = render(export(Palette(swatches), "svg"))
    assert pixels[:, :220, 0].min() < 32
    assert pixels[:, 220:, 0].max() > 223


def test_every_system_has_one_of_the_fonts(palette: Palette) -> None:
    fonts = parse(export(palette, "svg")).get("font-family", "").split(", ")
    for system in (["'Segoe UI'"], ["Roboto"], ["'Noto Sans'", "'DejaVu Sans'"], ["Helvetica"]):
        assert set(system) <= set(fonts)
    assert fonts[-1] == "sans-serif"


def test_title_and_names_are_where_programs_look(palette: Palette) -> None:
    root = parse(export(palette, "svg", "<Été> & 🎨"))
    assert root.findtext(f"{SVG}title") == "<Été> & 🎨"
    tiles = root.findall(f"{SVG}g")
    assert [tile.findtext(f"{SVG}title") for tile in tiles] == [color.name for color in palette]
    assert [tile.get("id") for tile in tiles][-2:] == ["color-sea-night-b-2-3", "color-robins-egg"]
    for tile, swatch in zip(tiles, palette, strict=True):
        assert [text.text for text in tile.findall(f"{SVG}text")] == [swatch.name, swatch.hex]


@given(names=st.lists(st.text(), min_size=1, max_size=20), title=st.text())
def test_any_text_gives_well_formed_xml_and_distinct_ids(names: list[str], title: str) -> None:
    swatches = tuple(Swatch((level, 0, 0), 0.05, name) for level, name in enumerate(names))
    root = parse(export(Palette(swatches), "svg", title))
    ids = {tile.get("id", "") for tile in root.findall(f"{SVG}g")}
    assert len(ids) == len(names)
    assert all(re.fullmatch(r"color(-[a-z0-9]+)+", identifier) for identifier in ids)
