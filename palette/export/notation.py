"""A palette as text to paste: CSS notations, style sheets, Python."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from coloraide import Color

from palette.model import Palette, Swatch

from .style_sheets import css_variables, tailwind_theme
from .text import one_line


@dataclass(frozen=True, slots=True)
class Notation:
    """A way to write the colours of a palette as text; ``label`` is what people call it."""

    label: str
    write: Callable[[Palette], str]


def _lines(code: Callable[[Swatch], str]) -> Callable[[Palette], str]:
    return lambda palette: "".join(f"{code(swatch)}\n" for swatch in palette)


def _hex(swatch: Swatch) -> str:
    return swatch.hex


def _rgb(swatch: Swatch) -> str:
    return "rgb({} {} {})".format(*swatch.rgb)


# The fewest decimals with which all 16.7 million colours survive the round trip.
def _hsl(swatch: Swatch) -> str:
    hsl = Color(swatch.hex).convert("hsl")
    return hsl.to_string(percent=True, precision=1, rounding="decimal")


def _oklch(swatch: Swatch) -> str:
    oklch = Color(swatch.hex).convert("oklch")
    return oklch.to_string(percent=[True], precision=[2, 5, 2], rounding="decimal")


def _python(palette: Palette) -> str:
    rows = "".join(f'    "{swatch.hex}",  # {one_line(swatch.name)}\n' for swatch in palette)
    return f"palette = [\n{rows}]\n"


NOTATIONS: Mapping[str, Notation] = MappingProxyType(
    {
        "hex": Notation("Hex", _lines(_hex)),
        "rgb": Notation("rgb()", _lines(_rgb)),
        "hsl": Notation("hsl()", _lines(_hsl)),
        "oklch": Notation("oklch()", _lines(_oklch)),
        "css": Notation("CSS variables", css_variables),
        "tailwind": Notation("Tailwind theme", tailwind_theme),
        "python": Notation("Python list", _python),
    }
)
"""Every notation, by its key; keys never change."""
