"""The bot's avatar and banner: ears of grain whose kernels are swatches, drawn in code."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from palette import RGB
from palette.color.oklab import oklab_to_srgb

# In pixels. Discord shows the avatar as a circle and the banner at 17 : 6, at least 680 x 240.
AVATAR_SIZE = (1024, 1024)
BANNER_SIZE = (1360, 480)

_SCALE = 4  # drawn so many times larger, then reduced
_ROUND, _TIP = 0.7, 0.07  # radii of a kernel's corners, in sides
_TOP_SIZE = 0.9  # of the topmost kernel, in sides of the others
_TOP_DEPTH = 0.16  # how far its lower tip reaches between the first two, in sides

_Point = tuple[float, float]
_Lch = tuple[float, float, float]
"""OKLCH: lightness 0 to 1, chroma, and hue in degrees."""

_NIGHT: _Lch = (0.27, 0.06, 285)
_GOLD: _Lch = (0.88, 0.16, 92)
_AVATAR_PAIRS: Sequence[tuple[_Lch, _Lch]] = (
    ((0.77, 0.16, 55), (0.77, 0.125, 175)),
    ((0.65, 0.2, 12), (0.65, 0.16, 255)),
)
_BANNER_ROWS = (3, 5, 4, 2, 4, 5, 3, 4, 2, 4)  # pairs of kernels of each ear
_BANNER_HUES = (92, -112)  # of the first and the last ear: from gold through red to blue


@dataclass(frozen=True, slots=True)
class _Ear:
    """An ear: a stem, pairs of kernels from the top down, and a kernel on top.

    Lengths are in pixels of the finished image; a kernel is a square of ``side``.
    """

    top: _Lch
    pairs: Sequence[tuple[_Lch, _Lch]]
    stem: _Lch
    side: float
    gap: float
    stem_length: float

    def draw(self, draw: ImageDraw.ImageDraw, x: float, bottom: float) -> None:
        """Draw the ear above the point where its stem ends."""
        half_stem = 0.08 * self.side
        stem = (x - half_stem, bottom - self.stem_length, x + half_stem, bottom)
        draw.rounded_rectangle(
            [_SCALE * edge for edge in stem], _SCALE * half_stem, _rgb(self.stem)
        )
        kernel = list(_kernel(self.side))
        y = bottom - self.stem_length - self.gap - self.side / 2
        middle = (self.side + self.gap) / 2
        for left, right in reversed(self.pairs):
            draw.polygon(_placed(((-u, v) for u, v in kernel), x - middle, y), _rgb(left))
            draw.polygon(_placed(kernel, x + middle, y), _rgb(right))
            y -= self.side + self.gap
        upright = [_rotated(point) for point in kernel]
        y += self.side * (0.5 + _TOP_DEPTH) - max(v for _, v in upright)
        draw.polygon(_placed(upright, x, y), _rgb(self.top))


def draw_avatar() -> bytes:
    """Draw the avatar, a PNG of 1024 x 1024 pixels: an ear of five hues."""
    ear = _Ear(_GOLD, _AVATAR_PAIRS, _GOLD, side=222, gap=25, stem_length=106)
    return _png(AVATAR_SIZE, [(ear, 512.0, 938.0)])


def draw_banner() -> bytes:
    """Draw the banner, a PNG of 1360 x 480 pixels: a field of ears, each the tones of a hue."""
    first, last = _BANNER_HUES
    pitch = BANNER_SIZE[0] / len(_BANNER_ROWS)
    ears: list[tuple[_Ear, float, float]] = []
    for number, rows in enumerate(_BANNER_ROWS):
        hue = first + (last - first) * number / (len(_BANNER_ROWS) - 1)
        tones = [(0.83 - 0.07 * row, 0.13 + 0.012 * row) for row in range(rows)]
        pairs = [
            ((light, chroma, hue + 6), (light - 0.04, chroma, hue - 6)) for light, chroma in tones
        ]
        ear = _Ear((0.9, 0.11, hue), pairs, pairs[-1][1], side=56, gap=7, stem_length=40)
        ears.append((ear, pitch * (number + 0.5), BANNER_SIZE[1] + 10.0))  # the stems go on below
    return _png(BANNER_SIZE, ears)


def _png(size: tuple[int, int], ears: Iterable[tuple[_Ear, float, float]]) -> bytes:
    width, height = size
    image = Image.new("RGB", (_SCALE * width, _SCALE * height), _rgb(_NIGHT))
    draw = ImageDraw.Draw(image)
    for ear, x, bottom in ears:
        ear.draw(draw, x, bottom)
    file = io.BytesIO()
    image.reduce(_SCALE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _rgb(lch: _Lch) -> RGB:
    light, chroma, hue = lch
    angle = math.radians(hue)
    lab = np.array([light, chroma * math.cos(angle), chroma * math.sin(angle)])
    red, green, blue = oklab_to_srgb(lab).tolist()
    return red, green, blue


def _kernel(side: float) -> Iterator[_Point]:
    """Yield the outline of a kernel around (0, 0): a square with two round corners.

    Its tips are at the upper right and the lower left.
    """
    corners = ((-1, -1, _ROUND), (1, -1, _TIP), (1, 1, _ROUND), (-1, 1, _TIP))
    for quarter, (right, down, radius) in enumerate(corners):
        inset = 0.5 - radius
        for degrees in range(180 + 90 * quarter, 271 + 90 * quarter, 2):
            angle = math.radians(degrees)
            x, y = right * inset + radius * math.cos(angle), down * inset + radius * math.sin(angle)
            yield side * x, side * y


def _rotated(point: _Point) -> _Point:
    """Turn a point of a kernel so that its tips are at the top and the bottom; make it smaller."""
    x, y = point
    factor = _TOP_SIZE * math.sqrt(0.5)
    return factor * (x + y), factor * (y - x)


def _placed(points: Iterable[_Point], x: float, y: float) -> list[_Point]:
    return [(_SCALE * (x + u), _SCALE * (y + v)) for u, v in points]
