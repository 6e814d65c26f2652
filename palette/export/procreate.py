"""Procreate palettes: a zip archive that holds ``Swatches.json``.

Procreate publishes no specification; this is the older of the two layouts that it exports, and it
still reads it (hue, saturation and brightness, each 0 to 1; colour space 0 is sRGB). The palette
has a name, its colours have none.
"""

import io
import json
import zipfile
from colorsys import rgb_to_hsv

from palette.model import Palette, Swatch


def write(palette: Palette, title: str) -> bytes:
    """Return the file."""
    content = [{"name": title, "swatches": [_color(swatch) for swatch in palette]}]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # A ZipInfo has no time of day, unlike a plain name: equal palettes give equal bytes.
        archive.writestr(zipfile.ZipInfo("Swatches.json"), json.dumps(content))
    return file.getvalue()


def _color(swatch: Swatch) -> dict[str, float]:
    red, green, blue = (channel / 255 for channel in swatch.rgb)
    hue, saturation, brightness = rgb_to_hsv(red, green, blue)
    return {
        "hue": hue,
        "saturation": saturation,
        "brightness": brightness,
        "alpha": 1,
        "colorSpace": 0,
    }
