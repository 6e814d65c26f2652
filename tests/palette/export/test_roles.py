"""The parts that colours play, under the same names in every format that has room for them."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
import sass
import tinycss2

from palette import RGB, Palette, Swatch, export

ROLES = {
    "background": "#123456",
    "text": "#fffaf0",
    "dominant": "#c0737a",
    "accent": "#ff0000",
    "dark": "#123456",  # there are two, and this one has the larger share
    "vibrant": "#fffaf0",
    "muted": "#000000",
}


def in_style_sheet(data: bytes) -> dict[str, str]:
    (_, rule), _ = tinycss2.parse_stylesheet_bytes(data, skip_whitespace=True)
    lines = tinycss2.parse_declaration_list(rule.content, skip_whitespace=True)
    values = {line.name: tinycss2.serialize(line.value).strip() for line in lines}
    aliases = {name: value for name, value in values.items() if value.startswith("var(")}
    return {name.removeprefix("--color-"): values[aliases[name][4:-1]] for name in aliases}


def in_sass(data: bytes) -> dict[str, str]:
    module = data.decode()
    names = re.findall(r"^\$color-(\S+): \$", module, re.MULTILINE)
    rules = "".join(f".{name} {{ color: $color-{name}; }}" for name in names)
    compiled = sass.compile(string=f"{module} {rules}", output_style="compact")
    return dict(re.findall(r"\.(\w+) \{ color: (\S+); \}", compiled))


def in_tokens(data: bytes) -> dict[str, str]:
    tokens = json.loads(data)["color"]
    del tokens["$description"]
    values = {name: token["$value"] for name, token in tokens.items()}
    codes = {name: v if isinstance(v, str) else v["hex"] for name, v in values.items()}
    aliases = {name: code for name, code in codes.items() if code.startswith("{color.")}
    return {name: codes[alias[7:-1]] for name, alias in aliases.items()}


def in_resources(data: bytes) -> dict[str, str]:
    root = ET.fromstring(data)  # noqa: S314, made just now by the code under test
    values = {color.get("name", ""): color.text or "" for color in root.iter("color")}
    aliases = {name: text[7:] for name, text in values.items() if text.startswith("@color/")}
    return {name: values[alias].lower() for name, alias in aliases.items()}


def in_swift(data: bytes) -> dict[str, str]:
    values = dict(re.findall(r"static let (\w+) = (.+)\n", data.decode()))
    colors = {
        name: "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)
        for name, value in values.items()
        if (parts := re.findall(r"\d\.\d+", value))
    }
    return {name: colors[value] for name, value in values.items() if name not in colors}


def in_dart(data: bytes) -> dict[str, str]:
    values = dict(re.findall(r"static const Color (\w+) = (.+);\n", data.decode()))
    aliases = {name: value for name, value in values.items() if "0x" not in value}
    return {name: f"#{values[value][-7:-1].lower()}" for name, value in aliases.items()}


READERS = {
    "css": in_style_sheet,
    "tailwind.css": in_style_sheet,
    "scss": in_sass,
    "json": in_tokens,
    "hex.tokens.json": in_tokens,
    "android.xml": in_resources,
    "swift": in_swift,
    "dart": in_dart,
}
readers = pytest.mark.parametrize(("suffix", "roles_in"), READERS.items(), ids=READERS)


@readers
def test_roles_stand_for_colors(
    suffix: str, roles_in: Callable[[bytes], dict[str, str]], palette_with_roles: Palette
) -> None:
    assert roles_in(export(palette_with_roles, suffix)) == ROLES


@readers
@pytest.mark.parametrize(
    ("colors", "expected"),
    [
        ([(200, 200, 200), (118, 118, 118)], {"background": "#c8c8c8"}),  # nothing to read in it
        (
            [(255, 255, 255), (117, 117, 117), (118, 118, 118)],
            {"background": "#ffffff", "text": "#757575"},
        ),
        ([(0, 0, 0)], {"background": "#000000"}),
    ],
)
def test_dominant_color_is_the_background_of_an_image_without_one(
    suffix: str,
    roles_in: Callable[[bytes], dict[str, str]],
    colors: list[RGB],
    expected: dict[str, str],
) -> None:
    shares = [0.6, 0.3, 0.1]
    named = [Swatch(rgb, share, "x") for rgb, share in zip(colors, shares, strict=False)]
    assert roles_in(export(Palette(tuple(named)), suffix)) == expected


@readers
def test_colors_never_take_the_name_of_a_role(
    suffix: str, roles_in: Callable[[bytes], dict[str, str]]
) -> None:
    names = ["text", "accent", "background"]
    swatches = tuple(
        Swatch((level, level, level), (level + 1) / 302, name)
        for level, name in zip((0, 99, 200), names, strict=True)
    )
    expected = {"background": "#c8c8c8", "text": "#000000"}
    assert roles_in(export(Palette(swatches), suffix)) == expected


def test_background_keeps_its_part_when_its_name_has_to_be_cleaned() -> None:
    dark = Swatch((0, 0, 0), 0.2, "two\nlines")
    palette = Palette((Swatch((255, 255, 255), 0.8, "white"), dark), background=dark)
    assert in_style_sheet(export(palette, "css"))["background"] == "#000000"
    assert export(palette, "csv").decode().splitlines()[2].endswith(",background")
