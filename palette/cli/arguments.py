"""What was asked for, checked before any work."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from os.path import realpath  # where links go in circles, Path.resolve fails
from pathlib import Path
from typing import Literal

from palette.errors import UnknownFormatError
from palette.export.formats import FORMATS, format_of
from palette.model import MAX_COLORS

STDIN = "-"
Kind = Literal["card", "export", "recolor"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file to save: the swatch card, the palette, or the image recoloured."""

    kind: Kind
    path: Path


@dataclass(frozen=True, slots=True)
class Task:
    """An image, and what to save of it."""

    file: str
    outputs: tuple[Output, ...]


@dataclass(frozen=True, slots=True)
class Arguments:
    """All that was asked for."""

    tasks: tuple[Task, ...]
    colors: int
    json: bool
    dither: bool


def parse(argv: Sequence[str] | None) -> Arguments:
    """Read the command line; wrong usage ends the program with a sentence."""
    parser = _parser()
    options = parser.parse_args(argv)
    templates: list[tuple[Kind, str]] = [("export", name) for name in options.export]
    if options.card:
        templates.append(("card", options.card))
    if options.recolor:
        templates.append(("recolor", options.recolor))
    if options.dither is not None and not options.recolor:
        parser.error("--dither and --no-dither say how to --recolor")
    try:
        tasks = _tasks(options.files, templates)
    except (UnknownFormatError, ValueError) as error:
        parser.error(str(error))
    return Arguments(tasks, options.colors, options.json, bool(options.dither))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "palette",
        description="Find the colours that make up images.",
        epilog="{} in the name of a file to save stands for the image's, as in cards/{}.png",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="an image; - is standard input")
    parser.add_argument(
        "-n",
        "--colors",
        type=int,
        choices=range(1, MAX_COLORS + 1),
        default=10,
        metavar="N",
        help=f"how many colours to find, 1 to {MAX_COLORS} (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--card", metavar="PNG", help="save the swatch card")
    parser.add_argument(
        "--export",
        action="append",
        default=[],
        metavar="FILE",
        help=f"save the palette as {', '.join(f'.{suffix}' for suffix in FORMATS)}; repeatable",
    )
    parser.add_argument("--recolor", metavar="PNG", help="save the image in these colours only")
    parser.add_argument(
        "--dither",
        action=argparse.BooleanOptionalAction,
        help="mix colours where the image has others",
    )
    return parser


def _tasks(files: Sequence[str], templates: Sequence[tuple[Kind, str]]) -> tuple[Task, ...]:
    """Return the tasks; ``ValueError`` if a name is wrong or a file would be overwritten."""
    for kind, template in templates:
        if kind == "export":
            format_of(template)
        if kind == "recolor" and not template.lower().endswith(".png"):
            raise ValueError(f"a recoloured image is a PNG: the name {template} does not say so")
        if len({realpath(_path(template, file)) for file in files}) < len(files):
            raise ValueError(
                f"several images cannot share one {template}: "
                "put {} where the name of each image goes, as in cards/{}.png"
            )
    tasks = tuple(
        Task(file, tuple(Output(kind, _path(template, file)) for kind, template in templates))
        for file in files
    )
    images = {realpath(file) for file in files}
    saved: set[str] = set()
    for path in (output.path for task in tasks for output in task.outputs):
        if realpath(path) in images:
            raise ValueError(f"{path} is itself one of the images")
        if realpath(path) in saved:
            raise ValueError(f"{path} cannot be two things at once")
        saved.add(realpath(path))
    return tasks


def _path(template: str, file: str) -> Path:
    return Path(template.replace("{}", stem(file)))


def stem(file: str) -> str:
    """Return what stands for an image in names of files."""
    return "stdin" if file == STDIN else Path(file).stem
