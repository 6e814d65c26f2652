"""The command line, checked before any work is done."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import realpath  # Path.resolve fails where links go in circles
from pathlib import Path
from typing import Literal

from palette.errors import UnknownFormatError
from palette.export import FORMATS, format_of
from palette.export.notation import NOTATIONS
from palette.model import MAX_COLORS, STYLES, ColorCount, Style

STDIN = "-"
OutputKind = Literal["card", "check", "export", "recolor"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file to save: the swatch card, that of the check, the palette, or the image recoloured."""

    kind: OutputKind
    path: Path


@dataclass(frozen=True, slots=True)
class Task:
    """An image, and the files to save for it."""

    file: str
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class Arguments:
    """Everything that was asked for; ``notation`` is a key of ``NOTATIONS``."""

    tasks: tuple[Task, ...]
    colors: ColorCount
    style: Style
    exactly: bool
    json: bool
    notation: str | None
    check: bool
    dither: bool


def parse_arguments(argv: Sequence[str] | None) -> Arguments:
    """Parse the command line; wrong usage exits with status 2 and a message."""
    parser = _parser()
    options = parser.parse_args(argv)
    templates: list[tuple[OutputKind, str]] = [("export", name) for name in options.export]
    if options.card:
        templates.append(("card", options.card))
    if options.check_card:
        templates.append(("check", options.check_card))
    if options.recolor:
        templates.append(("recolor", options.recolor))
    if options.dither is not None and not options.recolor:
        parser.error("--dither and --no-dither need --recolor")
    try:
        tasks = _plan_tasks(options.files, templates)
    except (UnknownFormatError, ValueError) as error:
        parser.error(str(error))
    return Arguments(
        tasks,
        options.colors,
        options.style,
        exactly=options.exactly,
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


def _zip_name(text: str) -> str:
    if text.lower().endswith(".zip"):
        return text
    raise argparse.ArgumentTypeError(f"{text} must end in .zip")


def _plan_tasks(
    files: Sequence[str], templates: Sequence[tuple[OutputKind, str]]
) -> tuple[Task, ...]:
    """Return the tasks.

    Raises ``ValueError`` for a wrong file name or if a file would be overwritten, and
    :class:`UnknownFormatError`.
    """
    for kind, template in templates:
        if kind == "export":
            format_of(template)
        if kind == "recolor" and not template.lower().endswith(".png"):
            raise ValueError(f"a recoloured image is a PNG, so {template} must end in .png")
        if len({realpath(_fill_in(template, file)) for file in files}) < len(files):
            raise ValueError(
                f"several images cannot share one {template}: "
                "write {} where the name of each image goes, as in cards/{}.png"
            )
    tasks = tuple(
        Task(file, tuple(Output(kind, _fill_in(template, file)) for kind, template in templates))
        for file in files
    )
    images = {realpath(file) for file in files}
    saved: set[str] = set()
    for path in (output.path for task in tasks for output in task.outputs):
        if realpath(path) in images:
            raise ValueError(f"{path} is itself one of the images")
        if realpath(path) in saved:
            raise ValueError(f"{path} would be saved twice")
        saved.add(realpath(path))
    return tasks


def _fill_in(template: str, file: str) -> Path:
    return Path(template.replace("{}", stem(file)))


def stem(file: str) -> str:
    """Return the name that an image has in the names and titles of saved files."""
    return "stdin" if file == STDIN else Path(file).stem
