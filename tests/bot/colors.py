"""Colours that test images are made of, and how the bot writes them."""

from palette import hex_code

RGB = tuple[int, int, int]

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)


def hex_codes(*colors: RGB) -> list[str]:
    return [hex_code(color) for color in colors]
