"""The scale card: one colour with its code, its name and text on it, above its tints and shades."""

from PIL import Image, ImageDraw

from palette.color.rgb import RGB, hex_code
from palette.color.scale import color_scale

from .lettering import CAP_HEIGHT, font, font_for, ink, is_drawable
from .tones import COLOR_TONE, INK_TONE, TonedDrawing
from .wrapping import wrap

# Lengths are in pixels; text is 34 or more, so that it is never smaller than 9 on a phone.
WIDTH = 1100
GAP = 12
HEAD_HEIGHT, HEAD_MARGIN = 300, 44
CODE_SIZE, NAME_SIZE, SAMPLE_SIZE = 84, 44, 190
NAME_WIDTH, NAME_LINES, NAME_LINE = 660, 2, 52
ROW_HEIGHT, ROW_MARGIN = 76, 44
ROW_SIZE = 40
CODE_LEFT = 190
DOT = 22  # width of the mark on the step that is the colour itself


def render_scale(rgb: RGB, name: str) -> bytes:
    """Draw a colour above its :func:`.color_scale`, as a PNG 1100 pixels wide.

    The colour is shown with its code, ``name`` and "Aa" in the :func:`.ink` that suits it; a dot
    marks the step that is the colour itself. The background is transparent. All text has a contrast
    of at least 4.5 : 1 (WCAG 2) with what it is on, and is set in at least 34 pixels. A name with
    letters that the card's typefaces lack is left out.
    """
    scale = color_scale(rgb)
    top = HEAD_HEIGHT + GAP
    card = TonedDrawing(WIDTH, top + ROW_HEIGHT * len(scale))
    card.add_rectangle((0, 0, WIDTH, HEAD_HEIGHT))
    card.add_rectangle((0, top, WIDTH, card.image.height))
    _write_head(card.draw, rgb, name if is_drawable(name) else "")
    for row, (step, color) in enumerate(scale.items()):
        start = top + row * ROW_HEIGHT
        card.give((0, start, WIDTH, start + ROW_HEIGHT), row + 1)
        _write_row(card.draw, start, str(step), hex_code(color).upper())
        if color == rgb:
            card.image.paste(_dot(), (WIDTH - ROW_MARGIN - DOT, start + (ROW_HEIGHT - DOT) // 2))
    colors = [rgb, *scale.values()]
    return card.png(colors, [ink(color) for color in colors])


def _write_head(draw: ImageDraw.ImageDraw, rgb: RGB, name: str) -> None:
    left, right = HEAD_MARGIN, WIDTH - HEAD_MARGIN
    baseline = HEAD_MARGIN + CAP_HEIGHT * CODE_SIZE
    draw.text((left, baseline), hex_code(rgb).upper(), INK_TONE, font("semibold", CODE_SIZE), "ls")
    typeface = font_for(name, NAME_SIZE)
    lines = wrap(name[:1].upper() + name[1:], NAME_WIDTH, typeface, NAME_LINES)
    baseline = HEAD_HEIGHT - HEAD_MARGIN - (len(lines) - 1) * NAME_LINE
    for line in lines:
        draw.text((left, baseline), line, INK_TONE, typeface, "ls")
        baseline += NAME_LINE
    baseline = HEAD_HEIGHT - HEAD_MARGIN
    draw.text((right, baseline), "Aa", INK_TONE, font("medium", SAMPLE_SIZE), "rs")


def _write_row(draw: ImageDraw.ImageDraw, top: int, step: str, code: str) -> None:
    baseline = top + (ROW_HEIGHT + CAP_HEIGHT * ROW_SIZE) / 2
    draw.text((ROW_MARGIN, baseline), step, INK_TONE, font("medium", ROW_SIZE), "ls")
    draw.text((CODE_LEFT, baseline), code, INK_TONE, font("semibold", ROW_SIZE), "ls")


def _dot() -> Image.Image:
    """Draw a smooth dot, in tones."""
    scale = 4
    shape = Image.new("L", (DOT * scale, DOT * scale), COLOR_TONE)
    ImageDraw.Draw(shape).ellipse((0, 0, DOT * scale - 1, DOT * scale - 1), INK_TONE)
    return shape.reduce(scale)
