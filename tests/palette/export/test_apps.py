"""Code of apps: Android's read by an XML parser, Swift's and Dart's by lexers and a strict grammar.

That the code compiles is not tested here: their compilers are too large for that.
"""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Name, Token

from palette import NOTATIONS, Palette, Swatch, export

# Every one is a keyword in one of the languages, or begins with a digit, or looks like another.
AWKWARD = [
    "default",
    "class",
    "in",
    "fun",
    "val",
    "self",
    "void",
    "final",
    "2 b",
    "a 2",
    "a2",
    "A 2",
]
# Few letters, as the lexers mark words such as "none" that are keywords in some places only.
names = st.lists(st.text("abz Z2-é'玫!") | st.sampled_from(AWKWARD), min_size=1, max_size=20)

SWIFT = re.compile(
    r"// [^\n]+\n\nimport SwiftUI\n\nenum Palette \{\n"
    r"(    static let [a-z][a-zA-Z0-9]* = Color\((red|, green|, blue): [01]\.\d{3}"
    r"(, green: [01]\.\d{3}, blue: [01]\.\d{3})\)\n)+\n"
    r"(    static let [a-z]+ = [a-z][a-zA-Z0-9]*\n)+\}\n"
)
DART = re.compile(
    r"// [^\n]+\n\nimport 'dart:ui';\n\nabstract final class Palette \{\n"
    r"(  static const Color [a-z][a-zA-Z0-9]* = Color\(0xFF[0-9A-F]{6}\);\n)+\n"
    r"(  static const Color [a-z]+ = [a-z][a-zA-Z0-9]*;\n)+\}\n"
)


def palette_of(names: list[str]) -> Palette:
    swatches = (Swatch((level, 0, 0), 0.05, name) for level, name in enumerate(names))
    return Palette(tuple(swatches))


def resources(data: bytes) -> dict[str, str]:
    root = ET.fromstring(data)  # noqa: S314, made just now by the code under test
    assert root.tag == "resources"
    assert {child.tag for child in root} == {"color"}
    colors = [(color.get("name", ""), color.text or "") for color in root]
    assert len(dict(colors)) == len(colors)
    return dict(colors)


def is_name(text: str, lexer: Lexer) -> bool:
    ((kind, value), *_) = lexer.get_tokens(text)
    return (kind in Name or kind is Token.Name) and value == text


def test_android_has_named_colors_and_references(palette: Palette) -> None:
    assert resources(export(palette, "android.xml", "Été 🎨")) == {
        "dusty_rose": "#C0737A",
        "red": "#FF0000",
        "black": "#000000",
        "white": "#FFFFFF",
        "sea_night_b_2_3": "#123456",
        "robins_egg": "#01FEFD",
        "background": "@color/dusty_rose",
        "text": "@color/black",
    }


@given(names=names, title=st.text() | st.text("-> a"))
def test_android_files_are_valid_whatever_the_text(names: list[str], title: str) -> None:
    data = export(palette_of(names), "android.xml", title)
    found = resources(data)
    assert sum(value.startswith("#") for value in found.values()) == len(names)
    for name in found:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
        assert is_name(name, get_lexer_by_name("java"))


def test_title_of_android_resources_cannot_end_its_comment(palette: Palette) -> None:
    data = export(palette, "android.xml", "a --> b ---- c-")
    (comment,) = re.findall(rb"<!--(.*?)-->", data, re.DOTALL)
    assert b"--" not in comment
    assert resources(data)


def test_swift_is_written_as_in_this_example() -> None:
    swatches = (Swatch((192, 115, 122), 0.6, "dusty rose"), Swatch((0, 0, 0), 0.4, "black"))
    assert export(Palette(swatches), "swift", "Été 🎨").decode() == (
        "// Été 🎨\n\nimport SwiftUI\n\nenum Palette {\n"
        "    static let dustyRose = Color(red: 0.753, green: 0.451, blue: 0.478)\n"
        "    static let black = Color(red: 0.000, green: 0.000, blue: 0.000)\n\n"
        "    static let background = dustyRose\n"
        "    static let text = black\n}\n"
    )


def test_dart_is_written_as_in_this_example() -> None:
    swatches = (Swatch((192, 115, 122), 0.6, "dusty rose"), Swatch((0, 0, 0), 0.4, "black"))
    assert export(Palette(swatches), "dart", "Été 🎨").decode() == (
        "// Été 🎨\n\nimport 'dart:ui';\n\nabstract final class Palette {\n"
        "  static const Color dustyRose = Color(0xFFC0737A);\n"
        "  static const Color black = Color(0xFF000000);\n\n"
        "  static const Color background = dustyRose;\n"
        "  static const Color text = black;\n}\n"
    )


@pytest.mark.parametrize(
    ("suffix", "lexer", "grammar"),
    [("swift", get_lexer_by_name("swift"), SWIFT), ("dart", get_lexer_by_name("dart"), DART)],
)
@given(names=names, title=st.text())
def test_code_is_valid_whatever_the_text(
    suffix: str, lexer: Lexer, grammar: re.Pattern[str], names: list[str], title: str
) -> None:
    code = export(palette_of(names), suffix, title).decode()
    assert grammar.fullmatch(code)
    assert not [text for kind, text in lexer.get_tokens(code) if kind is Token.Error]
    found = re.findall(r"static (?:let|const Color) (\w+)", code)
    assert len(set(found)) == len(found) > len(names)
    assert all(is_name(name, lexer) for name in found)


@pytest.mark.parametrize(
    ("key", "declared", "lexer"),
    [
        ("swift", r"^let (\w+) = ", get_lexer_by_name("swift")),
        ("kotlin", r"^val (\w+) = ", get_lexer_by_name("kotlin")),
    ],
)
@given(names=names)
def test_constants_to_paste_have_distinct_names(
    names: list[str], key: str, declared: str, lexer: Lexer
) -> None:
    code = NOTATIONS[key].write(palette_of(names))
    found = re.findall(declared, code, re.MULTILINE)
    assert len(set(found)) == len(names) == len(code.splitlines())
    assert all(is_name(name, lexer) for name in found)


def test_three_decimals_tell_all_bytes_apart() -> None:
    levels = (Palette((Swatch((level, level, level), 1.0, "any"),)) for level in range(256))
    codes = [NOTATIONS["swift"].write(palette) for palette in levels]
    read = [round(float(re.findall(r"red: ([\d.]+)", code)[0]) * 255) for code in codes]
    assert read == list(range(256))
