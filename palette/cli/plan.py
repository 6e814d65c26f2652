"""Which files are to be saved for which image."""

from collections.abc import Sequence
from dataclasses import dataclass
from os.path import realpath  # Path.resolve fails where links go in circles
from pathlib import Path
from typing import Literal

from palette.export import format_of

STDIN = "-"
OutputKind = Literal["card", "check", "export", "poster", "recolor"]

_PNG_KINDS: dict[OutputKind, str] = {"poster": "a poster", "recolor": "a recoloured image"}


@dataclass(frozen=True, slots=True)
class Output:
    """A file to save: a card, that of the check, the palette, the poster, or the redrawn image."""

    kind: OutputKind
    path: Path


@dataclass(frozen=True, slots=True)
class Task:
    """An image, and the files to save for it."""

    file: str
    outputs: tuple[Output, ...]


def plan_tasks(
    files: Sequence[str], templates: Sequence[tuple[OutputKind, str]]
) -> tuple[Task, ...]:
    """Return the tasks.

    Raises ``ValueError`` for a wrong file name or if a file would be overwritten, and
    :class:`UnknownFormatError`.
    """
    for kind, template in templates:
        if kind == "export":
            format_of(template)
        if kind in _PNG_KINDS and not template.lower().endswith(".png"):
            raise ValueError(f"{_PNG_KINDS[kind]} is a PNG, so {template} must end in .png")
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
