"""Which files are to be saved for which image, or for all images together."""

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
    """An image, or several that have one palette together, and the files to save for them."""

    files: tuple[str, ...]
    outputs: tuple[Output, ...]

    @property
    def name(self) -> str:
        """The file, or "together"."""
        return _name(self.files)


def plan_tasks(
    files: Sequence[str], templates: Sequence[tuple[OutputKind, str]], *, together: bool = False
) -> tuple[Task, ...]:
    """Return the tasks: one for each file, or one for all of them ``together``.

    Raises ``ValueError`` for a wrong file name or if a file would be overwritten, and
    :class:`UnknownFormatError`.
    """
    groups = [tuple(files)] if together else [(file,) for file in files]
    for kind, template in templates:
        if kind in _PNG_KINDS and together and len(files) > 1:
            raise ValueError(f"{_PNG_KINDS[kind]} shows one image, not several together")
        if kind == "export":
            format_of(template)
        if kind in _PNG_KINDS and not template.lower().endswith(".png"):
            raise ValueError(f"{_PNG_KINDS[kind]} is a PNG, so {template} must end in .png")
        if len({realpath(_fill_in(template, _name(group))) for group in groups}) < len(groups):
            raise ValueError(
                f"several images cannot share one {template}: "
                "write {} where the name of each image goes, as in cards/{}.png"
            )
    tasks = tuple(
        Task(
            group,
            tuple(Output(kind, _fill_in(template, _name(group))) for kind, template in templates),
        )
        for group in groups
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


def _name(files: Sequence[str]) -> str:
    return files[0] if len(files) == 1 else "together"


def _fill_in(template: str, file: str) -> Path:
    return Path(template.replace("{}", stem(file)))


def stem(file: str) -> str:
    """Return the name that an image has in the names and titles of saved files."""
    return "stdin" if file == STDIN else Path(file).stem
