"""Turns the bytes of an image into its colour palette."""

from .card import render_card
from .errors import (
    ColorCountError,
    FullyTransparentError,
    ImageError,
    ImageTooLargeError,
    NotAnImageError,
    PaletteError,
    TruncatedImageError,
    UnknownFormatError,
    UnsupportedFormatError,
)
from .extract import extract
from .model import MAX_COLORS, Order, Palette, Role, Swatch

__all__ = [
    "MAX_COLORS",
    "ColorCountError",
    "FullyTransparentError",
    "ImageError",
    "ImageTooLargeError",
    "NotAnImageError",
    "Order",
    "Palette",
    "PaletteError",
    "Role",
    "Swatch",
    "TruncatedImageError",
    "UnknownFormatError",
    "UnsupportedFormatError",
    "extract",
    "render_card",
]
