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
