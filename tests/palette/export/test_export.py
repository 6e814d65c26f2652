"""What is true of every format, whatever the title and the names."""

import io
import json
import re
import zipfile

import pytest
import sass
import tinycss2
from hypothesis import given
from hypothesis import strategies as st
from PIL.GimpPaletteFile import GimpPaletteFile

from palette import (
    FORMATS,
    Palette,
    Swatch,
    UnknownFormatError,
    export,
    format_of,
    render_card,
)

# Includes names whose identifiers come out equal, empty or numbered, which text() rarely finds.
names = st.text() | st.sampled_from(["rose", "Rose", "rose 2", "röse", "!", "玫瑰", "2", "color"])
channel = st.integers(0, 255)
swatches = st.builds(Swatch, st.tuples(channel, channel, channel), st.just(0.05), names)
palettes = st.builds(
    Palette,
    st.lists(swatches, min_size=1, max_size=20, unique_by=lambda color: color.rgb).map(tuple),
)
without_card = [suffix for suffix in FORMATS if suffix not in {"png", "zip"}]  # it takes its time


@pytest.mark.parametrize("suffix", without_card)
@given(palette=palettes, title=st.text())
def test_equal_arguments_give_equal_bytes_whatever_the_text(
    suffix: str, palette: Palette, title: str
) -> None:
    assert export(palette, suffix, title) == export(palette, suffix, title)


def test_card_is_a_format_too(palette: Palette) -> None:
    assert export(palette, "png") == render_card(palette)


@given(palette=palettes, title=st.text())
def test_style_sheets_declare_a_variable_for_each_color(palette: Palette, title: str) -> None:
    for suffix in ("css", "tailwind.css"):
        (comment, rule), _ = tinycss2.parse_stylesheet_bytes(
            export(palette, suffix, title), skip_whitespace=True
        )
        assert (comment.type, rule.content[-1].type) == ("comment", "whitespace")
        declarations = tinycss2.parse_declaration_list(rule.content, skip_whitespace=True)
        found = {line.name: tinycss2.serialize(line.value).strip() for line in declarations}
        colors = {name: value for name, value in found.items() if value[0] == "#"}
        assert tuple(colors.values()) == palette.hex
        roles = [value for value in found.values() if value[0] != "#"]
        assert {value[4:-1] for value in roles} <= colors.keys()
        assert len(colors) + len(roles) == len(declarations)
        assert all(re.fullmatch(r"--color-[a-z0-9]+(-[a-z0-9]+)*", name) for name in found)


@given(palette=palettes, title=st.text())
def test_sass_modules_compile(palette: Palette, title: str) -> None:
    module = export(palette, "scss", title).decode()
    compiled = sass.compile(string=f"{module} a {{ b: map-values($colors); }}")
    assert tuple(re.findall("#[0-9a-f]{6}", compiled)) == palette.hex


@given(palette=palettes, title=st.text())
def test_names_and_titles_stay_on_one_line(palette: Palette, title: str) -> None:
    gpl = export(palette, "gpl", title)
    assert len(gpl.decode().splitlines()) == 3 + len(palette)
    colors = GimpPaletteFile.frombytes(gpl).palette
    assert colors == bytes(channel for swatch in palette for channel in swatch.rgb)
    text = export(palette, "txt", title).decode()
    codes = [line for line in text.splitlines() if not line.startswith(";")]
    assert [f"#{code[2:].lower()}" for code in codes] == list(palette.hex)


@given(palette=palettes, title=st.text())
def test_structured_files_hold_each_color(palette: Palette, title: str) -> None:
    for suffix in ("json", "hex.tokens.json"):
        tokens = json.loads(export(palette, suffix, title))["color"]
        del tokens["$description"]
        values = [token["$value"] for token in tokens.values()]
        codes = [value if isinstance(value, str) else value["hex"] for value in values]
        aliases = codes[len(palette) :]
        assert tuple(codes[: len(palette)]) == palette.hex
        assert {alias.removeprefix("{color.").removesuffix("}") for alias in aliases} <= set(tokens)
    with zipfile.ZipFile(io.BytesIO(export(palette, "swatches", title))) as archive:
        (content,) = json.loads(archive.read("Swatches.json"))
    assert len(content["swatches"]) == len(palette)


def test_equal_identifiers_are_numbered() -> None:
    three = [Swatch((level, 0, 0), 1 / 3, name) for level, name in enumerate(("a", "A", "a 2"))]
    tokens = json.loads(export(Palette(tuple(three)), "json"))["color"]
    assert list(tokens)[:4] == ["$description", "a", "a-2", "a-2-2"]


def test_formats_are_listed_by_suffix() -> None:
    programs = ["ase", "aco", "gpl", "kpl", "swatches", "soc", "txt", "pal", "hex"]
    sheets = ["css", "gradient.css", "scss", "tailwind.css", "json", "hex.tokens.json"]
    apps = ["android.xml", "swift", "dart"]
    assert list(FORMATS) == [*programs, *sheets, *apps, "csv", "svg", "png", "zip"]
    assert all(format_.suffix == suffix for suffix, format_ in FORMATS.items())


@pytest.mark.parametrize(
    ("filename", "suffix"),
    [
        ("palette.ase", "ase"),
        ("Été.v2.GPL", "gpl"),
        ("theme.css", "css"),
        ("theme.tailwind.css", "tailwind.css"),
        ("my.tokens.json", "json"),
        ("my.hex.tokens.json", "hex.tokens.json"),
        ("sky.gradient.css", "gradient.css"),
        ("colors.android.xml", "android.xml"),
        ("palette.gpl.zip", "zip"),
    ],
)
def test_file_name_decides_the_format(filename: str, suffix: str) -> None:
    assert format_of(filename) is FORMATS[suffix]


@pytest.mark.parametrize("filename", ["", "css", "palette", "palette.psd", "colors.xml"])
def test_unknown_suffix_is_refused_in_one_sentence(filename: str) -> None:
    with pytest.raises(
        UnknownFormatError, match=r"^The file name must end in \.ase, .*\.gpl.* or \.zip\.$"
    ):
        format_of(filename)
