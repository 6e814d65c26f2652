"""Flat drawings, made large and reduced, so that every edge in them is smoothed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.bench.scenes import png

SIZE = (480, 320)
SCALE = 4  # drawn so many times larger
FILTERS = (Image.Resampling.BOX, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS)


@dataclass(frozen=True, slots=True)
class Drawing:
    """An image file and the sRGB colours, shape (n, 3), that were drawn before it was reduced."""

    data: bytes
    colors: NDArray[np.uint8]


def drawings() -> Iterator[Drawing]:
    """Yield each drawing reduced with each filter; none has more than ten colours."""
    for draw in (_rings, _discs, _words, _chart, _flag):
        large = draw()
        colors = np.array([color for _, color in large.getcolors() or ()], dtype=np.uint8)
        for resampling in FILTERS:
            yield Drawing(png(large.resize(SIZE, resampling)), colors)


def _blank(color: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), color)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"  # or letters would have smoothed edges before the image is reduced
    return image, draw


def _rings() -> Image.Image:
    image, draw = _blank("#ffffff")
    colors = ("#0081c8", "#000000", "#ee334e", "#fcb131", "#00a651")
    places = ((440, 520), (960, 520), (1480, 520), (700, 760), (1220, 760))
    for color, place in zip(colors, places, strict=True):
        draw.circle(place, 240, outline=color, width=48)
    return image


def _discs() -> Image.Image:
    """Draw three discs whose colours multiply where they overlap, and a triangle."""
    image, _ = _blank("#f6f1e5")
    for color, place in (
        ("#ffd23f", (620, 440)),
        ("#3bceac", (1060, 440)),
        ("#ee4266", (840, 820)),
    ):
        disc, draw = _blank("#ffffff")
        draw.circle(place, 370, color)
        image = ImageChops.multiply(image, disc)
    ImageDraw.Draw(image).polygon([(1560, 640), (1860, 1180), (1260, 1180)], "#5b5f97")
    return image


def _words() -> Image.Image:
    image, draw = _blank("#f4ecd8")
    lines = (
        ("Harvest", "#22223b", 440),
        ("of hues", "#b23a48", 400),
        ("since today", "#3d6b4f", 200),
    )
    top = 60
    for text, color, size in lines:
        draw.text((110, top), text, color, ImageFont.load_default(size))
        top += size
    return image


def _chart() -> Image.Image:
    image, draw = _blank("#ffffff")
    for y in range(160, 1200, 200):
        draw.line((120, y, 1840, y), "#d9d9d9", 8)
    x = np.linspace(120, 1840, 60)
    colors = ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728", "#9467bd")
    for number, color in enumerate(colors):
        y = 640 + 380 * np.sin(x / (230 + 60 * number) + 1.3 * number)
        draw.line(list(zip(x, y, strict=True)), color, 20, joint="curve")
    draw.line((120, 80, 120, 1160, 1840, 1160), "#333333", 16)
    return image


def _flag() -> Image.Image:
    """Draw three bands parted by thin stripes, and an emblem."""
    image, draw = _blank("#0b6e4f")
    draw.rectangle((0, 426, 1920, 853), "#fdfdfd")
    draw.rectangle((0, 854, 1920, 1280), "#1d2f6f")
    for y in (426, 853):
        draw.line((0, y, 1920, y), "#c8102e", 20)
    draw.regular_polygon((960, 640, 180), 3, fill="#ffb81c")
    return image
