"""One colour as a scale of its tints and shades, light to dark."""

from collections.abc import Mapping
from types import MappingProxyType

from coloraide import Color

from .contrast import as_color
from .rgb import RGB

# OKLab lightness of each step. The names are those of Tailwind and Material Design.
_LIGHTNESS = {
    50: 0.97,
    100: 0.94,
    200: 0.88,
    300: 0.81,
    400: 0.73,
    500: 0.65,
    600: 0.57,
    700: 0.49,
    800: 0.41,
    900: 0.34,
    950: 0.26,
}


def color_scale(rgb: RGB) -> Mapping[int, RGB]:
    """Return the tints and shades of a colour: steps 50, 100, 200, … 900 and 950, lightest first.

    The step nearest in lightness is the colour itself, exactly. The others keep its OKLCh hue. On
    the way to white and to black, chroma falls in proportion to lightness, and further where sRGB
    has no such colour. Every step is darker than the one before it.
    """
    lightness, chroma, hue = as_color(rgb).convert("oklch").coords(nans=False)
    nearest = min(_LIGHTNESS, key=lambda step: abs(_LIGHTNESS[step] - lightness))
    scale: dict[int, RGB] = {}
    for step, target in _LIGHTNESS.items():
        if step == nearest:
            scale[step] = rgb
            continue
        towards = (1 - target) / (1 - lightness) if target > lightness else target / lightness
        scale[step] = _fit(target, chroma * towards, hue)
    return MappingProxyType(scale)


def _fit(lightness: float, chroma: float, hue: float) -> RGB:
    """Return the sRGB colour of this lightness and hue whose chroma comes closest."""
    color = Color("oklch", [lightness, chroma, hue])
    color.fit("srgb", method="oklch-chroma", jnd=0)  # by chroma alone: no clipping at the end
    red, green, blue = (round(channel * 255) for channel in color.convert("srgb").coords())
    return red, green, blue
