"""Files in, palettes and files out."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from palette.decoding.decode import decode
from palette.drawing.card import render_card
from palette.drawing.check_card import render_check
from palette.drawing.poster import render_poster
from palette.errors import PaletteError
from palette.export import export, format_of
from palette.extract import extract_many
from palette.model import Palette
from palette.redrawing.recolor import recolor

from .arguments import Arguments
from .plan import STDIN, Output, Task, stem


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of one task; there may be both a palette and errors.

    ``notes`` are sentences about what was left out and about the files that were saved.
    """

    file: str
    palette: Palette | None = None
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def run_task(task: Task, arguments: Arguments) -> TaskResult:
    """Find the palette of an image, or of several, and save the files that were asked for.

    Of several images, those that can be read have a palette, and each of the others an error.
    """
    is_one = len(task.files) == 1
    images: list[bytes] = []
    errors: list[str] = []
    for file in task.files:
        try:
            data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
            if not is_one:
                decode(data)  # raises what would cost the others their palette
            images.append(data)
        except (PaletteError, OSError) as error:
            errors.append(_sentence(error) if is_one else f"{file}: {_sentence(error)}")
    if not images:
        return TaskResult(task.name, errors=tuple(errors))
    try:
        palette, notes = _extract(images, arguments)
    except PaletteError as error:
        return TaskResult(task.name, errors=(*errors, str(error)))
    data = images[0]  # what shows an image shows the only one
    for output in task.outputs:
        try:
            content = _make_file(output, data, palette, task.name, dither=arguments.dither)
            output.path.parent.mkdir(parents=True, exist_ok=True)
            output.path.write_bytes(content)
        except OSError as error:
            errors.append(f"cannot save {output.path}: {error.strerror or error}")
        else:
            if output.kind == "recolor":
                notes.append(f"{output.path}: {_size_note(len(data), len(content))}")
    return TaskResult(task.name, palette, tuple(notes), tuple(errors))


def _sentence(error: PaletteError | OSError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _extract(images: list[bytes], arguments: Arguments) -> tuple[Palette, list[str]]:
    """Return the palette of images, and a sentence if they have no background to leave out."""
    find = partial(
        extract_many, images, arguments.colors, style=arguments.style, exactly=arguments.exactly
    )
    leave_out = [color for color in arguments.leave_out if color != "background"]
    notes: list[str] = []
    if "background" in arguments.leave_out:
        background = find().background
        if background:
            leave_out.append(background.rgb)
        else:
            notes.append("No colour fills the border: there is no background to leave out.")
    return find(keep=arguments.keep, leave_out=leave_out), notes


def _make_file(output: Output, data: bytes, palette: Palette, file: str, *, dither: bool) -> bytes:
    if output.kind == "recolor":
        return recolor(data, palette, dither=dither)
    if output.kind == "export":
        return export(palette, format_of(output.path.name).suffix, stem(file))
    if output.kind == "poster":
        return render_poster(data, palette, stem(file))
    if output.kind == "check":
        return render_check(palette)
    return render_card(palette)


def _size_note(before: int, after: int) -> str:
    return f"{_format_size(before)} -> {_format_size(after)} ({(after - before) / before:+.0%})"


def _format_size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"
