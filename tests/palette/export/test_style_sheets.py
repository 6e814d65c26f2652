"""Style sheets, read by a CSS parser and a Sass compiler."""

import pytest
import sass
import tinycss2
from coloraide import Color

from palette import Palette, export

CODES = {
    "dusty-rose": "#c0737a",
    "red": "#ff0000",
    "black": "#000000",
    "white": "#ffffff",
    "sea-night-b-2-3": "#123456",
    "robins-egg": "#01fefd",
}
ROLES = {"--color-background": "var(--color-dusty-rose)", "--color-text": "var(--color-black)"}


def parse(sheet: bytes) -> tuple[str, dict[str, str]]:
    """Return the comment of a style sheet, and the properties of its only rule."""
    nodes, _ = tinycss2.parse_stylesheet_bytes(sheet, skip_whitespace=True)
    comment, rule = nodes
    declarations = tinycss2.parse_declaration_list(rule.content, skip_whitespace=True)
    assert {declaration.type for declaration in declarations} == {"declaration"}
    return comment.value, {
        declaration.name: tinycss2.serialize(declaration.value).strip()
        for declaration in declarations
    }


def test_css_declares_each_color(palette: Palette) -> None:
    sheet = export(palette, "css", "Été 🎨")
    comment, properties = parse(sheet)
    assert comment == " Été 🎨 "
    colors = {f"--color-{name}": code for name, code in CODES.items()}
    assert properties == {**colors, **ROLES}
    assert b"\n:root {\n" in sheet
    assert all(Color.match(value, fullmatch=True) for value in colors.values())


def test_tailwind_declares_the_same_colors_in_a_theme(palette: Palette) -> None:
    sheet = export(palette, "tailwind.css", "Été 🎨")
    assert sheet == export(palette, "css", "Été 🎨").replace(b":root", b"@theme")
    assert parse(sheet)[1] == {**{f"--color-{name}": code for name, code in CODES.items()}, **ROLES}


def test_scss_compiles_to_variables_and_a_map(palette: Palette) -> None:
    module = export(palette, "scss", "Été #{nonsense} 🎨").decode()
    compiled = sass.compile(
        string=f"{module} @each $name, $color in $colors {{ .#{{$name}} {{ color: $color; }} }}",
        output_style="compact",
    )
    expected = [f".{name} {{ color: {code}; }}" for name, code in CODES.items()]
    assert [line for line in compiled.splitlines() if line] == expected
    for name, code in CODES.items():
        used = sass.compile(string=f"{module} a {{ color: $color-{name}; }}")
        assert f"color: {code};" in used


def test_title_cannot_end_its_comment(palette: Palette) -> None:
    comment, properties = parse(export(palette, "css", "a */ b { color: red } /**/"))
    assert comment == " a * / b { color: red } /** / "
    assert len(properties) == len(palette) + len(ROLES)


def stops(image: str, space: str) -> list[str]:
    """Return the codes of a gradient from left to right that is blended in this space."""
    (function,) = tinycss2.parse_component_value_list(image, skip_comments=True)
    assert (function.type, function.name) == ("function", "linear-gradient")
    direction, *colors = tinycss2.serialize(function.arguments).split(", ")
    assert direction == f"to right{space}"
    assert all(Color.match(color, fullmatch=True) for color in colors)
    return colors


@pytest.mark.parametrize("count", [1, 2, 6])
def test_gradient_has_every_color_in_order(palette: Palette, count: int) -> None:
    some = Palette(palette.swatches[:count])
    (comment, rule), _ = tinycss2.parse_stylesheet_bytes(
        export(some, "gradient.css", "a */ b"), skip_whitespace=True
    )
    assert (comment.type, comment.value) == ("comment", " a * / b ")
    assert tinycss2.serialize(rule.prelude).strip() == ".gradient"
    declarations = tinycss2.parse_declaration_list(rule.content, skip_whitespace=True)
    assert [line.name for line in declarations] == ["background-image"] * 2
    for line, space in zip(declarations, ("", " in oklab"), strict=True):
        found = stops(tinycss2.serialize(line.value).strip(), space)
        assert found == list(some.hex) * (2 if count == 1 else 1)
