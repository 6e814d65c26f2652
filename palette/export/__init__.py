"""A palette as files for other programs: a module for each family, and a table of all formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from slugify import slugify

from palette.drawing.card import render_card
from palette.errors import UnknownFormatError
from palette.model import Palette, Swatch

from . import svg
from .adobe import write_aco, write_ase
from .apps import write_android, write_dart, write_swift
from .archives import archive, write_kpl, write_swatches
from .libreoffice import write_soc
from .style_sheets import write_css, write_gradient, write_scss, write_tailwind
from .text import one_line
from .text_files import write_csv, write_gpl, write_hex, write_jasc, write_paintnet
from .tokens import write_hex_tokens, write_tokens


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


def _write_everything(palette: Palette, title: str) -> bytes:
    """Return an archive of a file in every other format, all named after the title."""
    name = slugify(title) or "palette"
    return archive(
        {
            f"{name}.{suffix}": format_.write(palette, title)
            for suffix, format_ in FORMATS.items()
            if format_.write is not _write_everything
        }
    )


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format_.suffix: format_
        for format_ in (
            Format("ase", "Adobe Swatch Exchange", "Illustrator, InDesign, Affinity", write_ase),
            Format("aco", "Photoshop swatches", "Photoshop, GIMP, Krita", write_aco),
            Format("gpl", "GIMP palette", "GIMP, Inkscape, Krita, Aseprite", write_gpl),
            Format("kpl", "Krita palette", "Krita", write_kpl),
            Format("swatches", "Procreate swatches", "Procreate", write_swatches),
            Format("soc", "LibreOffice colours", "LibreOffice, Scribus", write_soc),
            Format("txt", "Paint.NET palette", "Paint.NET, Pinta", write_paintnet),
            Format("pal", "JASC palette", "Paint Shop Pro, Aseprite, GIMP", write_jasc),
            Format("hex", "Lospec palette", "Lospec, Aseprite", write_hex),
            Format("css", "CSS variables", "style sheets", write_css),
            Format("gradient.css", "CSS gradient", "style sheets", write_gradient),
            Format("scss", "SCSS variables", "Sass", write_scss),
            Format("tailwind.css", "Tailwind theme", "Tailwind CSS 4", write_tailwind),
            # Style Dictionary 5.0 to 5.2 print the objects of 2025.10 as [object Object].
            Format("json", "Design tokens", "Style Dictionary ≥ 5.3, Terrazzo", write_tokens),
            Format(
                "hex.tokens.json",
                "Design tokens with hex codes",
                "Style Dictionary ≥ 4, Tokens Studio",
                write_hex_tokens,
            ),
            Format("android.xml", "Android colours", "Android Studio", write_android),
            Format("swift", "SwiftUI colours", "Xcode", write_swift),
            Format("dart", "Flutter colours", "Flutter", write_dart),
            Format("csv", "Table", "Excel, LibreOffice, Google Sheets", write_csv),
            Format("svg", "SVG drawing", "Illustrator, Figma, Inkscape, browsers", svg.write),
            Format("png", "PNG card", "anything that shows images", _write_card),
            Format("zip", "Everything", "all of these files in one", _write_everything),
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
    swatches = tuple(map(_with_clean_name, palette))
    background = palette.background and _with_clean_name(palette.background)
    clean = replace(palette, swatches=swatches, background=background)
    return FORMATS[suffix].write(clean, one_line(title) or "Palette")


def _with_clean_name(swatch: Swatch) -> Swatch:
    return replace(swatch, name=one_line(swatch.name) or swatch.hex)
