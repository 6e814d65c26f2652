"""The command line: ``palette photo.jpg more/*.png -n 8``, or ``python -m palette``."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.color import Color
from rich.console import Console
from rich.progress import track
from rich.style import Style
from rich.table import Table
from rich.text import Text

from . import MAX_COLORS, Palette, PaletteError, extract, render_card
from .lettering import ink

DONE, FAILED, INTERRUPTED = 0, 1, 130  # exit statuses; argparse ends wrong usage with 2
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; with an error there may still be a palette."""

    file: str
    palette: Palette | None = None
    error: str | None = None


def main(argv: Sequence[str] | None = None) -> int:
    """Print the palette of every file and return the exit status."""
    arguments = _arguments(argv)
    try:
        results = _results(arguments.files, arguments.cards, arguments.colors)
    except KeyboardInterrupt:
        return INTERRUPTED
    if arguments.json:
        documents = [_document(result) for result in results]
        sys.stdout.write(f"{json.dumps(documents, indent=2)}\n")
    else:
        for result in results:
            if result.palette:
                _show(result.file, result.palette)
    return FAILED if any(result.error for result in results) else DONE


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("palette", description="Find the colours that make up images.")
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
    parser.add_argument(
        "--card",
        metavar="PNG",
        help="save the swatch card; {} in its name stands for the image's, as in cards/{}.png",
    )
    arguments = parser.parse_args(argv)
    try:
        arguments.cards = _outputs(arguments.card, arguments.files)
    except ValueError as error:
        parser.error(str(error))
    return arguments


def _outputs(template: str | None, files: Sequence[str]) -> Sequence[Path | None]:
    """Return the path to save to for each file; ``ValueError`` if a file would be overwritten."""
    if template is None:
        return [None] * len(files)
    stems = ["stdin" if file == STDIN else Path(file).stem for file in files]
    paths = [Path(template.replace("{}", stem)) for stem in stems]
    resolved = {path.resolve() for path in paths}
    if len(resolved) < len(files):
        raise ValueError(
            f"several images cannot share one {template}: "
            "put {} where the name of each image goes, as in cards/{}.png"
        )
    if lost := resolved.intersection(Path(file).resolve() for file in files):
        raise ValueError(f"{lost.pop()} is itself one of the images")
    return paths


def _results(files: Sequence[str], cards: Sequence[Path | None], colors: int) -> list[Result]:
    """Read file by file, show how far it is, and tell each error as soon as it is known."""
    stderr = Console(stderr=True)
    results: list[Result] = []
    for file, card in track(
        list(zip(files, cards, strict=True)),
        "Finding colours",
        console=stderr,
        transient=True,
        disable=len(files) == 1 or not stderr.is_terminal,
    ):
        result = _result(file, card, colors)
        if result.error:
            stderr.print(Text(_one_line(f"{file}: {result.error}")), soft_wrap=True)
        results.append(result)
    return results


def _result(file: str, card: Path | None, colors: int) -> Result:
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        palette = extract(data, colors)
    except PaletteError as error:
        return Result(file, error=str(error))
    except OSError as error:
        return Result(file, error=error.strerror or str(error))
    try:
        if card:
            card.parent.mkdir(parents=True, exist_ok=True)
            card.write_bytes(render_card(palette))
    except OSError as error:
        return Result(file, palette, f"cannot save {card}: {error.strerror or error}")
    return Result(file, palette)


def _document(result: Result) -> dict[str, object]:
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
        document["notes"] = palette.notes
    if result.error:
        document["error"] = result.error
    return document


def _show(file: str, palette: Palette) -> None:
    """Print blocks of colour to a terminal, and lines of tab-separated fields to anything else."""
    file = _one_line(file)
    stdout = Console(highlight=False)
    if not stdout.is_terminal:
        for swatch in palette:
            sys.stdout.write(f"{swatch.hex}\t{swatch.share:.4f}\t{swatch.name}\t{file}\n")
        return
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
    stdout.print(Text(file, "bold"), table, *(Text(note, "dim") for note in palette.notes), "")


def _one_line(text: str) -> str:
    """Return a text without what names of files may hold and a terminal would act on."""
    return "".join(character if character.isprintable() else "?" for character in text)


if __name__ == "__main__":
    sys.exit(main())
