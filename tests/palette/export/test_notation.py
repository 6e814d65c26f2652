"""The colours of a palette as text to paste."""

import ast

import pytest
from coloraide import Color
from hypothesis import example, given
from hypothesis import strategies as st

from palette import NOTATIONS, RGB, Palette, Swatch, export

ROSE_AND_SEA = Palette(
    (Swatch((192, 115, 122), 0.6, "dusty rose"), Swatch((18, 52, 86), 0.4, "deep sea"))
)
channel = st.integers(0, 255)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("hex", "#c0737a\n#123456\n"),
        ("rgb", "rgb(192 115 122)\nrgb(18 52 86)\n"),
        ("hsl", "hsl(354.5 37.9% 60.2%)\nhsl(210 65.4% 20.4%)\n"),
        ("oklch", "oklch(64.09% 0.09737 14.31)\noklch(31.92% 0.07245 251.17)\n"),
        ("css", ":root {\n  --color-dusty-rose: #c0737a;\n  --color-deep-sea: #123456;\n}\n"),
        ("tailwind", "@theme {\n  --color-dusty-rose: #c0737a;\n  --color-deep-sea: #123456;\n}\n"),
        (
            "python",
            'palette = [\n    "#c0737a",  # dusty rose\n    "#123456",  # deep sea\n]\n',
        ),
    ],
)
def test_notation_is_written_as_in_this_example(key: str, text: str) -> None:
    assert NOTATIONS[key].write(ROSE_AND_SEA) == text


def test_every_notation_has_an_example() -> None:
    assert list(NOTATIONS) == ["hex", "rgb", "hsl", "oklch", "css", "tailwind", "python"]


@pytest.mark.parametrize("key", ["hex", "rgb", "hsl", "oklch"])
@given(rgb=st.tuples(channel, channel, channel))
@example(rgb=(0, 0, 0))
@example(rgb=(255, 255, 255))
@example(rgb=(0, 0, 1))
@example(rgb=(127, 128, 127))
@example(rgb=(0, 255, 1))
def test_codes_survive_the_round_trip(key: str, rgb: RGB) -> None:
    swatch = Swatch(rgb, 1.0, "any")
    code = NOTATIONS[key].write(Palette((swatch,))).strip()
    # Rounding leaves some codes slightly outside sRGB; browsers clip those.
    assert Color(code).convert("srgb").clip().to_string(hex=True) == swatch.hex


@given(st.text())
def test_python_list_is_valid_whatever_the_names(name: str) -> None:
    text = NOTATIONS["python"].write(Palette((Swatch((1, 2, 3), 1.0, name),)))
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == ["#010203"]


def test_style_sheets_equal_those_in_files() -> None:
    for key, suffix in (("css", "css"), ("tailwind", "tailwind.css")):
        assert export(ROSE_AND_SEA, suffix, "Sea").decode() == (
            f"/* Sea */\n{NOTATIONS[key].write(ROSE_AND_SEA)}"
        )
