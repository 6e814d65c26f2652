"""From the bytes of an image to its palette, one stage a line."""

from .model import Palette


def extract(data: bytes, colors: int = 10) -> Palette:
    raise NotImplementedError
