"""The command line, checked before any work is done."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from palette.color.parse import parse_color
from palette.color.rgb import RGB
from palette.errors import UnknownColorError, UnknownFormatError
from palette.export import FORMATS
from palette.export.notation import NOTATIONS
from palette.model import MAX_COLORS, STYLES, ColorCount, Style

from .plan import OutputKind, Task, plan_tasks

Background = Literal["background"]
"""Stands for the colour of the background, whichever that is in an image."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that was asked for; ``notation`` is a key of ``NOTATIONS``."""

    tasks: tuple[Task, ...]
    colors: ColorCount
    style: Style
    exactly: bool
    keep: tuple[RGB, ...]
    leave_out: tuple[RGB | Background, ...]
    json: bool
    notation: str | None
    check: bool
    dither: bool


def parse_arguments(argv: Sequence[str] | None) -> Arguments:
    """Parse the command line; wrong usage exits with status 2 and a message."""
    parser = _parser()
    options = parser.parse_args(argv)
    names: dict[OutputKind, list[str | None]] = {
        "export": options.export,
        "card": [options.card],
        "poster": [options.poster],
        "check": [options.check_card],
        "recolor": [options.recolor],
    }
    templates: list[tuple[OutputKind, str]] = [
        (kind, name) for kind, each in names.items() for name in each if name
    ]
    if options.dither is not None and not options.recolor:
        parser.error("--dither and --no-dither need --recolor")
    try:
        tasks = plan_tasks(options.files, templates, together=options.together)
    except (UnknownFormatError, ValueError) as error:
        parser.error(str(error))
    return Arguments(
        tasks,
        options.colors,
        options.style,
        exactly=options.exactly,
        keep=tuple(options.keep),
        leave_out=tuple(options.leave_out),
        json=options.json,
        notation=options.notation,
        check=options.check,
        dither=bool(options.dither),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "palette",
        description="Find the colours that make up images.",
        epilog="In the name of a file to save, {} stands for the name of the image: cards/{}.png",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="an image; - is standard input")
    parser.add_argument(
        "-n",
        "--colors",
        type=_color_count,
        default=10,
        metavar="N",
        help=f"how many colours to find, 1 to {MAX_COLORS}, or auto for as many as the image "
        "asks for (default: %(default)s)",
    )
    parser.add_argument(
        "--together",
        action="store_true",
        help="find one palette of all images, in which each weighs the same",
    )
    parser.add_argument(
        "--exactly",
        action="store_true",
        help="fill up to the number with colours that are hardly different",
    )
    parser.add_argument(
        "--style",
        choices=STYLES,
        default="seen",
        help="find colours people notice, or those closest to the pixels (default: %(default)s)",
    )
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        type=_color,
        metavar="COLOR",
        help="have this colour in the palette, and find the others around it; repeatable",
    )
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        type=_color_or_background,
        metavar="COLOR",
        help="count the pixels of this colour as if they were transparent, or of the background; "
        "repeatable",
    )
    printed = parser.add_mutually_exclusive_group()
    printed.add_argument("--json", action="store_true", help="print one JSON document")
    printed.add_argument(
        "--notation",
        choices=NOTATIONS,
        metavar="NAME",
        help=f"print the colours as text to paste: {', '.join(NOTATIONS)}",
    )
    printed.add_argument(
        "--check",
        action="store_true",
        help="print which colours are legible on which, and which are easily confused",
    )
    parser.add_argument("--card", metavar="PNG", help="save the swatch card")
    parser.add_argument("--check-card", metavar="PNG", help="save the card of the check")
    parser.add_argument(
        "--export",
        action="append",
        default=[],
        metavar="FILE",
        help=f"save the palette as {', '.join(f'.{suffix}' for suffix in FORMATS)}; repeatable",
    )
    parser.add_argument("--poster", metavar="PNG", help="save the image above its colours")
    parser.add_argument(
        "--zip",
        action="append",
        dest="export",
        type=_zip_name,
        metavar="ZIP",
        help="save the palette in all these formats, in one file; the same as --export with a .zip",
    )
    parser.add_argument("--recolor", metavar="PNG", help="save the image in these colours only")
    parser.add_argument(
        "--dither",
        action=argparse.BooleanOptionalAction,
        help="mix the colours to come closer to the others of the image",
    )
    return parser


def _color_count(text: str) -> ColorCount:
    if text == "auto":
        return "auto"
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_COLORS:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is neither a number from 1 to {MAX_COLORS} nor auto")


def _color(text: str) -> RGB:
    try:
        return parse_color(text)
    except UnknownColorError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a colour; write a code such as c0392b, or a name that CSS has"
        ) from None


def _color_or_background(text: str) -> RGB | Background:
    return "background" if text == "background" else _color(text)


def _zip_name(text: str) -> str:
    if text.lower().endswith(".zip"):
        return text
    raise argparse.ArgumentTypeError(f"{text} must end in .zip")
