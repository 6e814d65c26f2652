"""The colours of a palette as text to paste."""

import ast
import re

import pytest
from coloraide import Color
from hypothesis import example, given
from hypothesis import strategies as st

from palette import NOTATIONS, RGB, Palette, Swatch, coolors_url, export

ROSE_AND_SEA = Palette(
    (Swatch((192, 115, 122), 0.6, "dusty rose"), Swatch((18, 52, 86), 0.4, "deep sea"))
)
channel = st.integers(0, 255)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("hex", "#c0737a\n#123456\n"),
        ("hex-capitals", "#C0737A\n#123456\n"),
        ("hex-bare", "c0737a\n123456\n"),
        ("rgb", "rgb(192 115 122)\nrgb(18 52 86)\n"),
        ("rgb-commas", "rgb(192, 115, 122)\nrgb(18, 52, 86)\n"),
        ("hsl", "hsl(354.5 37.9% 60.2%)\nhsl(210 65.4% 20.4%)\n"),
        ("hsv", "hsv(354.5 40.1% 75.3%)\nhsv(210.0 79.1% 33.7%)\n"),
        (
            "cmyk",
            "device-cmyk(0.0% 40.1% 36.5% 24.7%)\ndevice-cmyk(79.1% 39.5% 0.0% 66.3%)\n",
        ),
        ("decimal", "12612474\n1193046\n"),
        ("oklch", "oklch(64.09% 0.09737 14.31)\noklch(31.92% 0.07245 251.17)\n"),
        ("css", ":root {\n  --color-dusty-rose: #c0737a;\n  --color-deep-sea: #123456;\n}\n"),
        ("tailwind", "@theme {\n  --color-dusty-rose: #c0737a;\n  --color-deep-sea: #123456;\n}\n"),
        (
            "swift",
            (
                "let dustyRose = Color(red: 0.753, green: 0.451, blue: 0.478)\n"
                "let deepSea = Color(red: 0.071, green: 0.204, blue: 0.337)\n"
            ),
        ),
        ("kotlin", "val DustyRose = Color(0xFFC0737A)\nval DeepSea = Color(0xFF123456)\n"),
        (
            "python",
            'palette = [\n    "#c0737a",  # dusty rose\n    "#123456",  # deep sea\n]\n',
        ),
    ],
)
def test_notation_is_written_as_in_this_example(key: str, text: str) -> None:
    assert NOTATIONS[key].write(ROSE_AND_SEA) == text


def test_every_notation_has_an_example() -> None:
    codes = ["hex", "hex-capitals", "hex-bare", "rgb", "rgb-commas", "hsl", "hsv", "oklch", "cmyk"]
    assert list(NOTATIONS) == [*codes, "decimal", "css", "tailwind", "swift", "kotlin", "python"]


def read(key: str, code: str) -> Color:
    """Return the colour of a code; CSS knows most of the notations."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", code)]
    if key == "hsv":
        return Color("hsv", [numbers[0], numbers[1] / 100, numbers[2] / 100])
    if key == "cmyk":
        *inks, black = (number / 100 for number in numbers)
        return Color("srgb", [1 - min(1, ink * (1 - black) + black) for ink in inks])
    if key == "decimal":
        return Color(f"#{int(code):06x}")
    return Color(f"#{code}" if key == "hex-bare" else code)


@pytest.mark.parametrize("key", list(NOTATIONS)[:10])
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
    assert read(key, code).convert("srgb").clip().to_string(hex=True) == swatch.hex


@given(st.text())
def test_python_list_is_valid_whatever_the_names(name: str) -> None:
    text = NOTATIONS["python"].write(Palette((Swatch((1, 2, 3), 1.0, name),)))
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Assign)
    assert ast.literal_eval(statement.value) == ["#010203"]


def test_style_sheets_are_those_in_files_without_the_roles() -> None:
    for key, suffix in (("css", "css"), ("tailwind", "tailwind.css")):
        text = NOTATIONS[key].write(ROSE_AND_SEA)
        assert export(ROSE_AND_SEA, suffix, "Sea").decode() == (
            f"/* Sea */\n{text[:-2]}  --color-background: var(--color-dusty-rose);\n}}\n"
        )


def test_the_label_of_cmyk_does_not_promise_what_it_cannot_keep() -> None:
    assert "uncalibrated" in NOTATIONS["cmyk"].label


def test_link_holds_every_code_in_order() -> None:
    assert coolors_url(ROSE_AND_SEA) == "https://coolors.co/c0737a-123456"
