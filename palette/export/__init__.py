"""A palette as files for other programs: a module for each family, and a table of all formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from palette.drawing.card import render_card
from palette.errors import UnknownFormatError
from palette.model import Palette

from . import procreate, svg, tokens
from .adobe import write_aco, write_ase
from .style_sheets import write_css, write_scss, write_tailwind
from .text import one_line
from .text_files import write_gpl, write_jasc, write_paintnet


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of palette file.

    ``suffix`` is how the names of its files end, without the first dot; ``label`` is what people
    call it; ``programs`` names some that open it. ``write`` makes the file from a palette and a
    title, in which every text must be one printable line: call :func:`export`, which ensures that.
    """

    suffix: str
    label: str
    programs: str
    write: Callable[[Palette, str], bytes]


def _write_card(palette: Palette, _title: str) -> bytes:
    return render_card(palette)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.suffix: format_
        for format_ in (
            Format("ase", "Adobe Swatch Exchange", "Illustrator, InDesign, Affinity", write_ase),
            Format("aco", "Photoshop swatches", "Photoshop, GIMP, Krita", write_aco),
            Format("gpl", "GIMP palette", "GIMP, Inkscape, Krita, Aseprite", write_gpl),
            Format("swatches", "Procreate swatches", "Procreate", procreate.write),
            Format("txt", "Paint.NET palette", "Paint.NET, Pinta", write_paintnet),
            Format("pal", "JASC palette", "Paint Shop Pro, Aseprite, GIMP", write_jasc),
            Format("css", "CSS variables", "style sheets", write_css),
            Format("scss", "SCSS variables", "Sass", write_scss),
            Format("tailwind.css", "Tailwind theme", "Tailwind CSS 4", write_tailwind),
            Format("json", "Design tokens", "Style Dictionary 5, Terrazzo", tokens.write),
            Format("svg", "SVG drawing", "Illustrator, Figma, Inkscape, browsers", svg.write),
            Format("png", "PNG card", "anything that shows images", _write_card),
        )
    }
)
"""Every format, by its suffix."""


def format_of(filename: str) -> Format:
    """Return the format of a file with this name; the longest matching suffix wins.

    Raises :class:`UnknownFormatError` if none matches.
    """
    lowered = filename.lower()
    matching = [format_ for suffix, format_ in FORMATS.items() if lowered.endswith(f".{suffix}")]
    if not matching:
        *suffixes, last = (f".{suffix}" for suffix in FORMATS)
        raise UnknownFormatError(f"The file name must end in {', '.join(suffixes)} or {last}.")
    return max(matching, key=lambda format_: len(format_.suffix))


def export(palette: Palette, suffix: str, title: str = "Palette") -> bytes:
    """Return the palette as a file of the format with this suffix (a key of ``FORMATS``).

    ``title`` and the colours' names may be any text; formats that have no place for them leave them
    out. Equal arguments give equal bytes. Raises :class:`KeyError` for an unknown suffix.
    """
    swatches = tuple(replace(color, name=one_line(color.name) or color.hex) for color in palette)
    return FORMATS[suffix].write(replace(palette, swatches=swatches), one_line(title) or "Palette")
