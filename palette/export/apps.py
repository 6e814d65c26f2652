"""Palettes as code of apps: resources for Android, SwiftUI and Flutter."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

from palette.model import Palette, Swatch

from .roles import Identifiers, identify

# Of Swift, Dart, Kotlin, and Java, in which Android gives resources their names.
_KEYWORDS = (
    "abstract any as assert associatedtype await boolean break byte case catch char class "
    "const continue default defer deinit do double else enum extends extension fallthrough "
    "false fileprivate final finally float for fun func goto guard if implements import in init "
    "inout instanceof int interface internal is let long native new nil null object open operator "
    "package precedencegroup private protected protocol public repeat rethrow rethrows return "
    "self short static strictfp struct subscript super switch synchronized this throw throws "
    "transient true try typealias typeof val var void volatile when where while with yield"
)


def write_android(palette: Palette, title: str) -> bytes:
    """Return colour resources, to be put into ``res/values``.

    Format: "More resource types" in Android's documentation. A role is a reference to its colour.
    """
    names = identify_for_apps(palette, snake_case)
    resources = ET.Element("resources")
    resources.append(ET.Comment(f" {title.replace('--', '- -').replace('--', '- -')} "))
    for name, swatch in names.colors.items():
        ET.SubElement(resources, "color", {"name": name}).text = swatch.hex.upper()
    for role, name in names.roles.items():
        ET.SubElement(resources, "color", {"name": role}).text = f"@color/{name}"
    ET.indent(resources, "    ")
    return ET.tostring(resources, encoding="utf-8", xml_declaration=True) + b"\n"


def write_swift(palette: Palette, title: str) -> bytes:
    """Return Swift code for SwiftUI, in which ``Palette.dustyRose`` is a colour.

    Format: ``Color`` in Apple's documentation of SwiftUI, which means sRGB. Roles are names for the
    same colours.
    """
    names = identify_for_apps(palette, camel_case)
    lines = [
        f"// {title}",
        "",
        "import SwiftUI",
        "",
        "enum Palette {",
        *(
            f"    static let {name} = {swift_color(swatch)}"
            for name, swatch in names.colors.items()
        ),
        "",
        *(f"    static let {role} = {name}" for role, name in names.roles.items()),
        "}",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def write_dart(palette: Palette, title: str) -> bytes:
    """Return Dart code for Flutter, in which ``Palette.dustyRose`` is a colour.

    Format: ``Color`` in Flutter's documentation, 0xAARRGGBB. Roles are names for the same colours.
    """
    names = identify_for_apps(palette, camel_case)
    constants = {name: f"Color({argb(swatch)})" for name, swatch in names.colors.items()}
    lines = [
        f"// {title}",
        "",
        "import 'dart:ui';",
        "",
        "abstract final class Palette {",
        *(f"  static const Color {name} = {color};" for name, color in constants.items()),
        "",
        *(f"  static const Color {role} = {name};" for role, name in names.roles.items()),
        "}",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def identify_for_apps(palette: Palette, spell: Callable[[str], str]) -> Identifiers:
    """Return the names, none of which is a keyword."""
    return identify(palette, _KEYWORDS.split(), spell)


def snake_case(identifier: str) -> str:
    """Return an identifier as Android's resources are called: ``dusty_rose``."""
    return _from_letter(identifier).replace("-", "_")


def camel_case(identifier: str) -> str:
    """Return an identifier as Swift and Dart write it: ``dustyRose``."""
    first, *others = _from_letter(identifier).split("-")
    return first + "".join(map(str.capitalize, others))


def argb(swatch: Swatch) -> str:
    """Return an opaque colour as a number, as Dart and Kotlin take it: ``0xFFC0737A``."""
    return f"0xFF{swatch.hex[1:].upper()}"


def swift_color(swatch: Swatch) -> str:
    """Return a colour of SwiftUI; three decimals tell all bytes apart."""
    red, green, blue = (f"{channel / 255:.3f}" for channel in swatch.rgb)
    return f"Color(red: {red}, green: {green}, blue: {blue})"


def _from_letter(identifier: str) -> str:
    """Return an identifier that begins with a letter, as these languages want it."""
    return identifier if identifier[0].isalpha() else f"color-{identifier}"
