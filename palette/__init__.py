"""Turns images into colour palettes.

:func:`extract` finds the colours of an image, :func:`extract_many` those of several.
The :class:`Palette` can be drawn (:func:`render_card`; with the image: :func:`render_poster`),
saved for other programs (:func:`export`), written as text (``NOTATIONS``), checked for contrast and
colour vision deficiencies (:func:`check`, :func:`render_check`) and used to redraw the image
(:func:`recolor`).
One colour alone is read from text (:func:`parse_color`) and has tints and shades
(:func:`color_scale`, :func:`render_scale`).
Whatever is refused raises a :class:`PaletteError`.
"""

from palette.color.ciede2000 import HARD_TO_TELL_APART
from palette.color.contrast import Level, contrast, level
from palette.color.parse import parse_color
from palette.color.rgb import RGB, hex_code
from palette.color.scale import color_scale
from palette.drawing.card import render_card
from palette.drawing.check_card import CheckLabels, render_check
from palette.drawing.lettering import ink
from palette.drawing.poster import render_poster
from palette.drawing.scale_card import render_scale
from palette.drawing.strip import render_strip
from palette.export import FORMATS, Format, export, format_of
from palette.export.notation import NOTATIONS, Notation, coolors_url
from palette.redrawing.recolor import recolor
from palette.redrawing.source_copy import SourceCopy, source_copy

from .errors import (
    ChoiceError,
    ColorCountError,
    FullyTransparentError,
    ImageError,
    ImageTooLargeError,
    NotAnImageError,
    NothingLeftError,
    PaletteError,
    TooManyKeptError,
    TruncatedImageError,
    UnknownColorError,
    UnknownFormatError,
    UnknownStyleError,
    UnsupportedFormatError,
)
from .extract import extract, extract_many
from .model import (
    MAX_COLORS,
    STYLES,
    ColorCount,
    Note,
    NoteKind,
    Order,
    Palette,
    Role,
    Style,
    Swatch,
)
from .vision import (
    Check,
    ClosePair,
    Confusion,
    Deficiency,
    Simulation,
    TextPair,
    check,
    simulate,
)

__all__ = [
    "FORMATS",
    "HARD_TO_TELL_APART",
    "MAX_COLORS",
    "NOTATIONS",
    "RGB",
    "STYLES",
    "Check",
    "CheckLabels",
    "ChoiceError",
    "ClosePair",
    "ColorCount",
    "ColorCountError",
    "Confusion",
    "Deficiency",
    "Format",
    "FullyTransparentError",
    "ImageError",
    "ImageTooLargeError",
    "Level",
    "NotAnImageError",
    "Notation",
    "Note",
    "NoteKind",
    "NothingLeftError",
    "Order",
    "Palette",
    "PaletteError",
    "Role",
    "Simulation",
    "SourceCopy",
    "Style",
    "Swatch",
    "TextPair",
    "TooManyKeptError",
    "TruncatedImageError",
    "UnknownColorError",
    "UnknownFormatError",
    "UnknownStyleError",
    "UnsupportedFormatError",
    "check",
    "color_scale",
    "contrast",
    "coolors_url",
    "export",
    "extract",
    "extract_many",
    "format_of",
    "hex_code",
    "ink",
    "level",
    "parse_color",
    "recolor",
    "render_card",
    "render_check",
    "render_poster",
    "render_scale",
    "render_strip",
    "simulate",
    "source_copy",
]
