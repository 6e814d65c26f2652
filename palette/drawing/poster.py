"""The poster: an image above its colours and their codes, to share."""

import io
from unicodedata import normalize

import numpy as np
from PIL import Image, ImageChops, ImageDraw
from PIL.Image import Resampling

from palette.color.rgb import RGB
from palette.decoding.formats import open_image
from palette.model import Palette
from palette.redrawing.recolor import decode_still

from .card import band_spans
from .lettering import BLACK, CAP_HEIGHT, font, inks, is_latin
from .sheet import rounded_mask
from .wrapping import shorten

# Lengths are in pixels.
WIDTH, HEIGHT = 1080, 1350
MARGIN = 54
INNER_WIDTH, INNER_HEIGHT = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
GAP = 20
RADIUS = 14
HAIRLINE, HAIRLINE_OPACITY = 2, 0.1  # shows where white ends

MAX_RATIO = 3.0  # of the sides of an image; more is cropped
MAX_EXCESS = 4.0  # times that ratio up to which what is left is still sharp
MAX_CROPPED = 0.1  # of an image's height, so that it is as wide as the strip
MAX_PIXEL_ART = 128  # of the longer side; larger images are smoothed when enlarged

MIN_STRIP_HEIGHT, MAX_STRIP_HEIGHT = 236, 440
MIN_COLOR_WIDTH = 47  # so that 20 fit
CODE_SIZE, CODE_MARGIN = 34, 26
TITLE_SIZE, TITLE_HEIGHT = 48, 88

BACKGROUND: RGB = (250, 250, 248)
TITLE_COLOR: RGB = (24, 25, 29)
# Behind images with transparent parts, by the mean luma of the others.
LIGHT_PANEL: RGB = (238, 238, 234)
DARK_PANEL: RGB = (40, 41, 47)
PANEL_THRESHOLD = 160  # of 255


def render_poster(data: bytes, palette: Palette, title: str) -> bytes:
    """Draw an image (the first frame of an animation) with its palette as a PNG, 1080 by 1350.

    The image is shown upright, in sRGB and whole, except for up to a tenth of its height and for
    what makes it more than three times as long as wide. Below it are the colours in their order,
    with their codes (without "#") in a contrast of at least 4.5 : 1 (WCAG 2), and the title. A
    title that is too long is shortened; letters that the typeface does not have are replaced by
    similar ones or left out. Equal arguments give equal bytes.

    Raises the subclasses of :class:`palette.errors.ImageError`.
    """
    shown_title = _drawable(title)
    room = INNER_HEIGHT - GAP - (TITLE_HEIGHT if shown_title else 0)
    image = _fit(_open(data), room - MIN_STRIP_HEIGHT)
    strip = _draw_strip(palette, min(room - image.height, MAX_STRIP_HEIGHT))
    poster = Image.new("RGB", (WIDTH, HEIGHT), BACKGROUND)
    top = MARGIN + (room - image.height - strip.height) // 2
    _paste(poster, image, ((WIDTH - image.width) // 2, top))
    top += image.height + GAP
    _paste(poster, strip, (MARGIN, top))
    typeface = font("semibold", TITLE_SIZE)
    baseline = top + strip.height + TITLE_HEIGHT
    shortened = shorten(shown_title, INNER_WIDTH, typeface)
    ImageDraw.Draw(poster).text((MARGIN, baseline), shortened, TITLE_COLOR, typeface, "ls")
    png = io.BytesIO()
    poster.save(png, "PNG", compress_level=5)
    return png.getvalue()


def _drawable(title: str) -> str:
    """Return a title in letters that the typeface has."""
    letters = normalize("NFC", " ".join(title.split()))
    similar = (
        letter if is_latin(letter) else "".join(filter(is_latin, normalize("NFKD", letter)))
        for letter in letters
    )
    return " ".join("".join(similar).split())


def _open(data: bytes) -> Image.Image:
    """Decode an image, not much larger than the poster, on a panel if parts are transparent."""
    sides = open_image(data).size
    excess = max(sides) / min(sides) / MAX_RATIO
    image = decode_still(data, round(INNER_WIDTH * min(max(1, excess), MAX_EXCESS)))
    if image.mode == "RGB":
        return image
    alpha = image.getchannel("A")
    weights = np.asarray(alpha) + 1e-9  # what little is visible may have been averaged away
    light = np.average(np.asarray(image.convert("L")), weights=weights)
    panel = Image.new("RGB", image.size, DARK_PANEL if light > PANEL_THRESHOLD else LIGHT_PANEL)
    panel.paste(image, mask=alpha)
    return panel


def _fit(image: Image.Image, max_height: int) -> Image.Image:
    """Scale an image to what the poster has room for, and crop what must be cropped."""
    width = min(image.width, MAX_RATIO * image.height)
    height = min(image.height, MAX_RATIO * image.width)
    if max_height < INNER_WIDTH * height / width <= max_height / (1 - MAX_CROPPED):
        height = width * max_height / INNER_WIDTH
    scale = min(INNER_WIDTH / width, max_height / height)
    left, top = (image.width - width) / 2, (image.height - height) / 2
    return image.resize(
        (round(width * scale), round(height * scale)),
        Resampling.NEAREST if max(image.size) <= MAX_PIXEL_ART else Resampling.LANCZOS,
        (left, top, image.width - left, image.height - top),
    )


def _draw_strip(palette: Palette, height: int) -> Image.Image:
    """Draw the colours side by side with their codes, upwards unless there is room across."""
    strip = Image.new("RGB", (INNER_WIDTH, height))
    typeface = font("semibold", CODE_SIZE)
    min_width = max(MIN_COLOR_WIDTH, INNER_WIDTH / len(palette) / 2)
    spans = list(band_spans(palette, INNER_WIDTH, min_width))
    codes = [swatch.hex[1:].upper() for swatch in palette]
    longest = max(map(typeface.getlength, codes))
    is_across = min(end - start for start, end in spans) >= longest + 2 * CODE_MARGIN
    colors = [swatch.rgb for swatch in palette]
    for (start, end), rgb, text, code in zip(spans, colors, inks(colors), codes, strict=True):
        strip.paste(rgb, (start, 0, end, height))
        mask = Image.new("L", (round(longest) + 2, CODE_SIZE))
        baseline = (CODE_SIZE + CAP_HEIGHT * CODE_SIZE) / 2
        ImageDraw.Draw(mask).text((0, baseline), code, 255, typeface, "ls")
        if is_across:
            corner = start + CODE_MARGIN, height - CODE_MARGIN - CODE_SIZE
        else:
            mask = mask.transpose(Image.Transpose.ROTATE_90)
            corner = (start + end - CODE_SIZE) // 2, height - CODE_MARGIN - mask.height
        strip.paste(text, corner, mask)
    return strip


def _paste(poster: Image.Image, image: Image.Image, corner: tuple[int, int]) -> None:
    """Paste an image with round corners and a hairline around it."""
    shape = rounded_mask(image.size, RADIUS)
    poster.paste(image, corner, shape)
    ring = ImageChops.subtract(shape, rounded_mask(image.size, RADIUS, HAIRLINE))
    poster.paste(
        BLACK, corner, ring.point([round(value * HAIRLINE_OPACITY) for value in range(256)])
    )
