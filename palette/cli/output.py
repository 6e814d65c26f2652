"""Palettes printed for people and for scripts."""

import json
import sys
from collections.abc import Sequence

from rich.color import Color
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from palette.drawing.lettering import ink
from palette.export.notation import NOTATIONS
from palette.model import Palette

from .tasks import TaskResult


def print_json(results: Sequence[TaskResult]) -> None:
    """Print one JSON document for all files."""
    documents = [_document(result) for result in results]
    sys.stdout.write(f"{json.dumps(documents, indent=2)}\n")


def print_notation(results: Sequence[TaskResult], notation: str) -> None:
    """Print the colours of all files as text to paste, and nothing else."""
    for result in results:
        if result.palette:
            sys.stdout.write(NOTATIONS[notation].write(result.palette))


def print_result(result: TaskResult) -> None:
    """Print blocks of colour to a terminal, and lines of tab-separated fields to anything else."""
    stdout = Console(highlight=False)
    file = printable(result.file)
    if not result.palette:
        return
    if not stdout.is_terminal:
        for swatch in result.palette:
            sys.stdout.write(f"{swatch.hex}\t{swatch.share:.4f}\t{swatch.name}\t{file}\n")
        return
    stdout.print(Text(file, "bold"), _table(result.palette))
    for note in (*map(str, result.palette.notes), *result.notes):
        stdout.print(Text(printable(note), "dim"), soft_wrap=True)
    stdout.print()


def printable(text: str) -> str:
    """Replace what a file name may contain and a terminal would act on."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _table(palette: Palette) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for swatch in palette:
        style = Style(
            color=Color.from_rgb(*ink(swatch.rgb)), bgcolor=Color.from_rgb(*swatch.rgb), bold=True
        )
        roles = [*swatch.roles, *["background"] * (swatch == palette.background)]
        table.add_row(
            Text(f"  {swatch.hex}  ", style),
            Text(swatch.percent),
            Text(swatch.name),
            Text(", ".join(roles), "dim"),
        )
    return table


def _document(result: TaskResult) -> dict[str, object]:
    document: dict[str, object] = {"file": result.file}
    if palette := result.palette:
        document["colors"] = [
            {
                "hex": swatch.hex,
                "rgb": swatch.rgb,
                "share": swatch.share,
                "name": swatch.name,
                "roles": swatch.roles,
            }
            for swatch in palette
        ]
        document["background"] = palette.background and palette.background.hex
        document["notes"] = [str(note) for note in palette.notes]
    if result.errors:
        document["error"] = "; ".join(result.errors)
    return document
