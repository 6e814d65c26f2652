"""From a colour as people write it to the colour."""

import re

from coloraide import Color
from PIL import ImageColor

from palette.errors import UnknownColorError

from .rgb import RGB

_MAX_LENGTH = 100  # characters
_BARE_HEX = re.compile(r"[0-9a-f]{3}|[0-9a-f]{6}", re.IGNORECASE)


def parse_color(text: str) -> RGB:
    """Return the colour that a text of at most 100 characters means.

    It may be whatever CSS Color 4 allows, as ``#c0392b``, ``#abc``, ``rgb(192, 57, 43)``,
    ``hsl(5.6 63.4% 46.1%)``, ``oklch(54% 0.17 29)`` or ``rebeccapurple``, or a hex code without its
    ``#``. Where sRGB has no such colour, it is the nearest in chroma. Raises
    :class:`UnknownColorError` for anything else, and for what is not opaque.
    """
    text = text.strip()
    if text.lower() in ImageColor.colormap:  # two of coloraide's are not those of CSS Color 4
        red, green, blue, *_ = ImageColor.getrgb(text)
        return red, green, blue
    if _BARE_HEX.fullmatch(text):
        text = f"#{text}"
    found = Color.match(text, fullmatch=True) if len(text) <= _MAX_LENGTH else None
    if found is None or found.color.alpha() != 1:
        raise UnknownColorError("This is not a colour.")
    # CSS clips what is given in sRGB.
    method = "clip" if found.color.space() == "srgb" else "oklch-chroma"
    try:
        fitted = found.color.convert("srgb").fit("srgb", method=method)
        red, green, blue = (round(channel * 255) for channel in fitted.coords(nans=False))
    except (OverflowError, ValueError):
        raise UnknownColorError("These numbers are too large for a colour.") from None
    return red, green, blue
