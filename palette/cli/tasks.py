"""Files in, palettes and files out."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from palette.decoding.decode import Raster
from palette.drawing.card import render_card
from palette.drawing.check_card import render_check
from palette.drawing.poster import render_poster
from palette.errors import PaletteError
from palette.export import export, format_of
from palette.extract import choose_together, make_brief, read
from palette.model import Palette
from palette.quantization.choose import Brief
from palette.redrawing.recolor import recolor

from .arguments import Arguments
from .plan import STDIN, Output, Task, stem


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of one task; there may be both a palette and errors.

    ``notes`` are sentences about the files that were saved.
    """

    file: str
    palette: Palette | None = None
    notes: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


class _Image(NamedTuple):
    data: bytes
    raster: Raster


def run_task(task: Task, arguments: Arguments) -> TaskResult:
    """Find the palette of an image, or of several, and save the files that were asked for.

    Of several images, those that can be read have a palette, and each of the others an error.
    """
    brief = make_brief(arguments.colors, arguments.style, exactly=arguments.exactly)
    images: list[_Image] = []
    notes: list[str] = []
    errors: list[str] = []
    for file in task.files:
        try:
            images.append(_read_file(file, brief))
        except (PaletteError, OSError) as error:
            sentence = (error.strerror if isinstance(error, OSError) else None) or str(error)
            errors.append(sentence if len(task.files) == 1 else f"{file}: {sentence}")
    if not images:
        return TaskResult(task.name, errors=tuple(errors))
    images.sort(key=lambda image: image.data)  # the order of the files makes no difference
    data = images[0].data  # needed of one image only
    palette = choose_together([image.raster for image in images], brief)
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


def _read_file(file: str, brief: Brief) -> _Image:
    data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    return _Image(data, read(data, brief))


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
