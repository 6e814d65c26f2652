"""The names that ``import palette`` offers: removing or adding one is a decision."""

import subprocess
import sys
from types import ModuleType

import pytest

import palette
from palette import errors

PUBLIC_NAMES = [
    "FORMATS",
    "HARD_TO_TELL_APART",
    "MAX_COLORS",
    "NOTATIONS",
    "RGB",
    "STYLES",
    "Check",
    "CheckLabels",
    "ChoiceError",
    "ClosePair",
    "ColorCount",
    "ColorCountError",
    "Confusion",
    "Deficiency",
    "Format",
    "FullyTransparentError",
    "ImageError",
    "ImageTooLargeError",
    "Level",
    "NotAnImageError",
    "Notation",
    "Note",
    "NoteKind",
    "NothingLeftError",
    "Order",
    "Palette",
    "PaletteError",
    "Role",
    "Simulation",
    "SourceCopy",
    "Style",
    "Swatch",
    "TextPair",
    "TooManyKeptError",
    "TruncatedImageError",
    "UnknownColorError",
    "UnknownFormatError",
    "UnknownStyleError",
    "UnsupportedFormatError",
    "check",
    "color_scale",
    "contrast",
    "coolors_url",
    "export",
    "extract",
    "extract_many",
    "format_of",
    "hex_code",
    "ink",
    "level",
    "parse_color",
    "recolor",
    "render_card",
    "render_check",
    "render_poster",
    "render_scale",
    "render_strip",
    "simulate",
    "source_copy",
]
# Documented below their definitions, where Python keeps no docstring.
CONSTANTS = {"FORMATS", "HARD_TO_TELL_APART", "MAX_COLORS", "NOTATIONS", "STYLES"}
TYPE_ALIASES = {"ColorCount", "RGB", "Level", "Order", "Style"}


def test_public_names_are_exactly_these() -> None:
    assert palette.__all__ == PUBLIC_NAMES


@pytest.mark.parametrize("name", PUBLIC_NAMES)
def test_public_name_is_documented(name: str) -> None:
    value = getattr(palette, name)
    assert not isinstance(value, ModuleType)
    if name not in CONSTANTS | TYPE_ALIASES:
        assert value.__doc__
        assert not value.__doc__.startswith(f"{name}(")  # a dataclass's own, for want of a better


def test_every_error_is_public() -> None:
    kinds = {name for name in vars(errors) if name.endswith("Error")}
    assert kinds <= set(PUBLIC_NAMES)


def test_importing_palette_does_not_load_scikit_learn_or_scipy() -> None:
    """They take about a second, which only an extraction needs."""
    program = "import palette, sys; sys.exit(bool({'sklearn', 'scipy'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603, our own program
