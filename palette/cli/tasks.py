"""Files in, palettes and files out."""

import sys
from dataclasses import dataclass
from pathlib import Path

from palette.drawing.card import render_card
from palette.errors import PaletteError
from palette.export.formats import export, format_of
from palette.extract import extract
from palette.model import Palette
from palette.redrawing.recolor import recolor

from .arguments import STDIN, Arguments, Output, Task, stem


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; with errors there may still be a palette.

    ``notes`` are sentences about what was saved.
    """

    file: str
    palette: Palette | None = None
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def work(task: Task, arguments: Arguments) -> Result:
    """Find the palette of an image and save what was asked for."""
    try:
        data = sys.stdin.buffer.read() if task.file == STDIN else Path(task.file).read_bytes()
        palette = extract(data, arguments.colors)
    except PaletteError as error:
        return Result(task.file, errors=(str(error),))
    except OSError as error:
        return Result(task.file, errors=(error.strerror or str(error),))
    notes: list[str] = []
    errors: list[str] = []
    for output in task.outputs:
        try:
            content = _content(output, data, palette, task.file, dither=arguments.dither)
            output.path.parent.mkdir(parents=True, exist_ok=True)
            output.path.write_bytes(content)
        except OSError as error:
            errors.append(f"cannot save {output.path}: {error.strerror or error}")
        else:
            if output.kind == "recolor":
                notes.append(f"{output.path}: {_compared(len(data), len(content))}")
    return Result(task.file, palette, tuple(notes), tuple(errors))


def _content(output: Output, data: bytes, palette: Palette, file: str, *, dither: bool) -> bytes:
    if output.kind == "recolor":
        return recolor(data, palette, dither=dither)
    if output.kind == "export":
        return export(palette, format_of(output.path.name).suffix, stem(file))
    return render_card(palette)


def _compared(before: int, after: int) -> str:
    ratio = max(before, after) / min(before, after)
    return (
        f"{_size(after)}, {ratio:.1f} times {'smaller' if after < before else 'larger'} than it was"
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
