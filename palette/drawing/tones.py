"""Rounded tiles in tones, which are numbers rather than colours.

For each colour the tones go from transparent over its outline and the colour itself to its ink, so
that anti-aliasing gives those in between. Adding where the tones of each colour start in the list
of all of them makes a drawing a small paletted PNG.
"""

from functools import cache

from PIL import Image, ImageDraw

from palette.color.rgb import RGB

from .lettering import mix

# The tones of a colour: its outline at growing opacity, itself, four steps to its ink.
OUTLINE_TONE = 3
COLOR_TONE = 4
INK_TONE = 8
TONES = 9

# Lengths are in pixels.
RADIUS = 24
OUTLINE = 2
OUTLINE_INK = 0.16  # keeps a white tile visible on white and a dark one on dark


@cache
def rounded_rectangle(width: int, height: int) -> Image.Image:
    """Draw an outlined rectangle with smooth corners, in tones."""
    scale = 4
    right, bottom = width * scale - 1, height * scale - 1
    shape = Image.new("L", (right + 1, bottom + 1))
    draw = ImageDraw.Draw(shape)
    for inset, tone in ((0, OUTLINE_TONE), (OUTLINE * scale, COLOR_TONE)):
        box = (inset, inset, right - inset, bottom - inset)
        draw.rounded_rectangle(box, RADIUS * scale - inset, tone)
    return shape.reduce(scale)


def tones(rgb: RGB, text: RGB) -> bytes:
    """Return the colours, as RGBA, that the tones of a colour with this ink stand for."""
    outline = mix(rgb, text, OUTLINE_INK)
    fading = [(*outline, 255 * tone // OUTLINE_TONE) for tone in range(OUTLINE_TONE + 1)]
    steps = range(INK_TONE - COLOR_TONE + 1)
    inked = [(*mix(rgb, text, step / steps[-1]), 255) for step in steps]
    return bytes(channel for color in fading + inked for channel in color)
