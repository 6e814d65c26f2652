"""One sRGB colour as a plain value."""

RGB = tuple[int, int, int]
"""sRGB, 0 to 255 a channel."""


def hex_code(rgb: RGB) -> str:
    """Return the colour as ``#rrggbb``, in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)
