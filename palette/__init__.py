"""Turns the bytes of an image into its colour palette."""

from palette.drawing.card import render_card

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
    UnknownFormatError,
    UnsupportedFormatError,
)
from .extract import extract
from .model import MAX_COLORS, Order, Palette, Role, Swatch

__all__ = [
    "MAX_COLORS",
    "ChoiceError",
    "ColorCountError",
    "FullyTransparentError",
    "ImageError",
    "ImageTooLargeError",
    "NotAnImageError",
    "NothingLeftError",
    "Order",
    "Palette",
    "PaletteError",
    "Role",
    "Swatch",
    "TooManyKeptError",
    "TruncatedImageError",
    "UnknownFormatError",
    "UnsupportedFormatError",
    "extract",
    "render_card",
]

from .color.rgb import RGB, hex_code
from .color.contrast import contrast, level, Level
from .model import Note, NoteKind
from .vision import *
from .vision import check, Check, Simulation, Confusion, Deficiency, simulate, HARD_TO_TELL_APART, rounded_down
from .drawing.check_card import render_check, CheckLabels
from .redrawing.recolor import recolor
from .redrawing.source_copy import source_copy, SourceCopy
from .export.formats import export, FORMATS, Format, format_of
from .export.notation import NOTATIONS, Notation
