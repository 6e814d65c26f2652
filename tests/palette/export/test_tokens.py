"""Design tokens, validated with the schemas of the W3C community group."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from palette import Palette, export


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    bundle = json.loads(Path(__file__).with_name("design-tokens-2025.10.json").read_text("utf-8"))
    schemas = bundle["schemas"]
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in schemas]
    return Draft7Validator(schemas[0], registry=Registry().with_resources(resources))


def test_tokens_match_the_schema(palette: Palette, validator: Draft7Validator) -> None:
    tokens = json.loads(export(palette, "json", "Été 🎨"))
    validator.validate(tokens)
    tokens["color"]["red"]["$value"]["colorSpace"] = "nonsense"
    assert not validator.is_valid(tokens)


def test_tokens_hold_values_and_names(palette: Palette) -> None:
    group = json.loads(export(palette, "json", "Été 🎨"))["color"]
    assert group.pop("$description") == "Été 🎨"
    assert group.pop("background") == {"$type": "color", "$value": "{color.dusty-rose}"}
    assert group.pop("text") == {"$type": "color", "$value": "{color.black}"}
    assert [token["$description"] for token in group.values()] == [color.name for color in palette]
    for token, swatch in zip(group.values(), palette, strict=True):
        value = token["$value"]
        assert value["hex"] == swatch.hex
        assert value["colorSpace"] == "srgb"
        assert [round(component * 255) for component in value["components"]] == list(swatch.rgb)


def test_tokens_with_hex_codes_differ_in_their_values_alone(palette_with_roles: Palette) -> None:
    # Style Dictionary 4.4, 5.0, 5.2 and 5.5 turn these into the right CSS variables.
    objects = json.loads(export(palette_with_roles, "json", "Été 🎨"))
    codes = json.loads(export(palette_with_roles, "hex.tokens.json", "Été 🎨"))
    for token in objects["color"].values():
        if isinstance(token, dict) and isinstance(token["$value"], dict):
            token["$value"] = token["$value"]["hex"]
    assert codes == objects
