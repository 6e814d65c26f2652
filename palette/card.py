"""The swatch picture."""

from .model import Palette


def render_card(palette: Palette) -> bytes:
    raise NotImplementedError
