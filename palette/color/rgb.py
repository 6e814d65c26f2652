"""A single sRGB colour as a plain value."""

RGB = tuple[int, int, int]
"""Red, green and blue of an sRGB colour, 0 to 255 each."""


def hex_code(rgb: RGB) -> str:
    """Return the colour as ``#rrggbb``, in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)
