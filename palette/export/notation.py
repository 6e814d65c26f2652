"""A palette as text to paste: codes, style sheets, constants of programs, and a link."""

from collections.abc import Callable, Mapping
from colorsys import rgb_to_hsv
from dataclasses import dataclass
from types import MappingProxyType

from coloraide import Color

from palette.model import Palette, Swatch

from .apps import argb, camel_case, identify_for_apps, swift_color
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


def _hex_capitals(swatch: Swatch) -> str:
    return swatch.hex.upper()


def _hex_bare(swatch: Swatch) -> str:
    return swatch.hex[1:]


def _rgb(swatch: Swatch) -> str:
    return "rgb({} {} {})".format(*swatch.rgb)


def _rgb_commas(swatch: Swatch) -> str:
    return "rgb({}, {}, {})".format(*swatch.rgb)


# The fewest decimals with which all 16.7 million colours survive the round trip.
def _hsl(swatch: Swatch) -> str:
    hsl = Color(swatch.hex).convert("hsl")
    return hsl.to_string(percent=True, precision=1, rounding="decimal")


def _oklch(swatch: Swatch) -> str:
    oklch = Color(swatch.hex).convert("oklch")
    return oklch.to_string(percent=[True], precision=[2, 5, 2], rounding="decimal")


def _hsv(swatch: Swatch) -> str:
    red, green, blue = (channel / 255 for channel in swatch.rgb)
    hue, saturation, value = rgb_to_hsv(red, green, blue)
    return f"hsv({hue * 360:.1f} {saturation:.1%} {value:.1%})"


def _cmyk(swatch: Swatch) -> str:
    """Return CSS's ``device-cmyk()``, by the naive conversion of CSS Color 5."""
    white = max(swatch.rgb) / 255
    inks = [1 - channel / 255 / white if white else 0 for channel in swatch.rgb]
    return "device-cmyk({:.1%} {:.1%} {:.1%} {:.1%})".format(*inks, 1 - white)


def _decimal(swatch: Swatch) -> str:
    return str(int(swatch.hex[1:], 16))


def _swift(palette: Palette) -> str:
    names = identify_for_apps(palette, camel_case).colors
    return "".join(f"let {name} = {swift_color(swatch)}\n" for name, swatch in names.items())


def _kotlin(palette: Palette) -> str:
    constants = {
        name[0].upper() + name[1:]: f"Color({argb(swatch)})"
        for name, swatch in identify_for_apps(palette, camel_case).colors.items()
    }
    return "".join(f"val {name} = {color}\n" for name, color in constants.items())


def _python(palette: Palette) -> str:
    if len(palette) == 1:
        return f'palette = ["{palette.hex[0]}"]  # {one_line(palette.dominant.name)}\n'
    rows = "".join(f'    "{swatch.hex}",  # {one_line(swatch.name)}\n' for swatch in palette)
    return f"palette = [\n{rows}]\n"


NOTATIONS: Mapping[str, Notation] = MappingProxyType(
    {
        "hex": Notation("Hex", _lines(_hex)),
        "hex-capitals": Notation("Hex in capitals", _lines(_hex_capitals)),
        "hex-bare": Notation("Hex without #", _lines(_hex_bare)),
        "rgb": Notation("rgb()", _lines(_rgb)),
        "rgb-commas": Notation("rgb() with commas", _lines(_rgb_commas)),
        "hsl": Notation("hsl()", _lines(_hsl)),
        "hsv": Notation("HSV", _lines(_hsv)),
        "oklch": Notation("oklch()", _lines(_oklch)),
        "cmyk": Notation("CMYK (uncalibrated)", _lines(_cmyk)),
        "decimal": Notation("Decimal number for Discord", _lines(_decimal)),
        "css": Notation("CSS variables", css_variables),
        "tailwind": Notation("Tailwind theme", tailwind_theme),
        "swift": Notation("Swift (SwiftUI)", _swift),
        "kotlin": Notation("Kotlin (Jetpack Compose)", _kotlin),
        "python": Notation("Python list", _python),
    }
)
"""Every notation, by its key; keys never change."""


def coolors_url(palette: Palette) -> str:
    """Return a link that opens the colours, in order, in the palette generator at coolors.co."""
    return f"https://coolors.co/{'-'.join(swatch.hex[1:] for swatch in palette)}"
