"""Pictures made in code, and one small vivid thing pasted into a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw, ImageFilter
from sklearn.datasets import load_sample_image

from tests.bench.metric import Array, cielab, delta_e_2000, oklab

SIZE = (960, 640)
FAR = 20.0  # ΔE2000 from the vivid thing to everything else in its picture
VIVID = 0.14  # OKLab chroma; sRGB's own primaries have 0.26 to 0.32
ROUGHNESS = 2.0  # standard deviation of the grain on every surface, in 8-bit steps


def png(image: Image.Image) -> bytes:
    return _encoded(image, "PNG", compress_level=1)


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    return _encoded(image, "JPEG", quality=quality)


def large_jpeg(size: tuple[int, int]) -> bytes:
    return _encoded(_large_photo(size), "JPEG", quality=88)


def large_progressive_jpeg(size: tuple[int, int]) -> bytes:
    return _encoded(_large_photo(size), "JPEG", quality=88, progressive=True)


def large_png(size: tuple[int, int]) -> bytes:
    return png(_large_photo(size))


def _large_photo(size: tuple[int, int]) -> Image.Image:
    """Return scikit-learn's photo of a palace at this size, with a camera's grain."""
    photo = Image.fromarray(load_sample_image("china.jpg"))
    large = np.asarray(photo.resize(size, Image.Resampling.BICUBIC))
    grain = default_rng(0).integers(-3, 4, (*large.shape[:2], 1), dtype=np.int16)
    return Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8))


def _encoded(image: Image.Image, form: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def scene(seed: int) -> Image.Image:
    """Return the scene of this number: hills under a sky, soft shapes and flat graphics in turn."""
    rng = default_rng(seed)
    draw: Callable[[Generator], Image.Image] = (_hills, _soft_shapes, _graphic)[seed % 3]
    return draw(rng)


def _muted(rng: Generator, count: int) -> Array:
    """``count`` sRGB colours (count, 3) of low chroma, from dark to light."""
    grey = np.linspace(40, 215, count)[:, None]
    return np.clip(grey + rng.uniform(-28, 28, (count, 3)), 0, 255)


def _grained(pixels: Array, rng: Generator) -> Image.Image:
    noisy = pixels + rng.normal(0, ROUGHNESS, pixels.shape)
    return Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8))


def _hills(rng: Generator) -> Image.Image:
    width, height = SIZE
    colors = _muted(rng, 6)[::-1]
    y = np.linspace(0, 1, height)[:, None, None]
    pixels = np.broadcast_to(colors[0] * (1 - y) + colors[1] * y, (height, width, 3)).copy()
    x = np.arange(width)
    for layer, color in enumerate(colors[2:]):
        waves = sum(np.sin(x / rng.uniform(40, 200) + rng.uniform(0, 7)) for _ in range(4))
        ridge = height * (0.4 + 0.14 * layer) + 12 * waves
        below = np.arange(height)[:, None] > ridge
        texture = np.kron(rng.normal(0, 9, (height // 8, width // 8)), np.ones((8, 8)))
        pixels[below] = (color + texture[..., None])[below]
    return _grained(pixels, rng)


def _soft_shapes(rng: Generator) -> Image.Image:
    colors = _muted(rng, 9)
    image = Image.new("RGB", SIZE, tuple(colors[4].astype(int)))
    draw = ImageDraw.Draw(image)
    for color in rng.permutation(np.repeat(colors, 3, axis=0)):
        (x, y), (a, b) = rng.uniform(0, SIZE), rng.uniform(30, 200, 2)
        draw.ellipse((x - a, y - b, x + a, y + b), fill=tuple(color.astype(int)))
    return _grained(np.asarray(image.filter(ImageFilter.GaussianBlur(14)), dtype=np.float64), rng)


def _graphic(rng: Generator) -> Image.Image:
    colors = _muted(rng, 7)
    image = Image.new("RGB", SIZE, tuple(colors[-1].astype(int)))
    draw = ImageDraw.Draw(image)
    for color in colors[:-1]:
        x, y = rng.uniform(0, SIZE)
        width, height = rng.uniform(60, 320, 2)
        draw.rounded_rectangle((x, y, x + width, y + height), 24, fill=tuple(color.astype(int)))
    return image.resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.BOX)


@dataclass(frozen=True, slots=True)
class AccentScene:
    """A picture (file bytes) and the sRGB colour of the one vivid thing in it."""

    data: bytes
    rgb: tuple[int, int, int]


def with_accent(base: Image.Image, fraction: float, rng: Generator) -> AccentScene | None:
    """Paste a disc, a boat or an eye that covers ``fraction`` of an opaque RGB ``base``.

    Its vivid colour is ΔE2000 > 20 from everything else (stray pixels apart, fewer than a tenth
    of its own). None if the picture leaves no such colour.
    """
    color = _far_vivid_color(base, fraction / 10, rng)
    if color is None:
        return None
    shape = (_disc, _boat, _eye)[rng.integers(3)]
    thing, mask = shape(fraction * base.width * base.height, color)
    grain = rng.normal(0, ROUGHNESS, (*thing.shape[:2], 1))
    light = np.linspace(1.04, 0.96, thing.shape[0])[:, None, None]
    surface = np.clip(np.rint(thing * light + grain), 0, 255).astype(np.uint8)
    place = [int(rng.integers(0, max(1, room))) for room in np.subtract(base.size, mask.size)]
    picture = base.copy()
    picture.paste(Image.fromarray(surface), (place[0], place[1]), mask)
    red, green, blue = (int(channel) for channel in color)
    return AccentScene(jpeg(picture) if rng.integers(2) else png(picture), (red, green, blue))


def _far_vivid_color(base: Image.Image, strays: float, rng: Generator) -> Array | None:
    pixels = np.asarray(base.reduce(max(1, base.width // 800))).reshape(-1, 3)
    bins, counts = np.unique(pixels >> 3, axis=0, return_counts=True)
    others, weights = cielab(bins * 8.0 + 3.5), counts / counts.sum()
    for color in _vivid_colors(rng):
        if weights @ (delta_e_2000(cielab(color), others) <= FAR) <= strays:
            return color
    return None


def _vivid_colors(rng: Generator) -> Array:
    """Return random vivid sRGB colours (n, 3), from a random hue on in both directions."""
    colors = rng.integers(0, 256, (400, 3)).astype(np.float64)
    lightness, a, b = oklab(colors).T
    turn = (np.arctan2(b, a) - rng.uniform(0, 2 * np.pi)) % (2 * np.pi)
    vivid = (np.hypot(a, b) >= VIVID) & (lightness >= 0.35)
    order = np.minimum(turn, 2 * np.pi - turn).argsort()
    return colors[order[vivid[order]]]


def _drawn(
    width: int, height: int, paint: Callable[[ImageDraw.ImageDraw, int], None]
) -> Image.Image:
    """Return a mask painted at four times its size and averaged down, for smooth edges."""
    mask = Image.new("L", (4 * width, 4 * height))
    paint(ImageDraw.Draw(mask), 4)
    return mask.reduce(4)


def _disc(area: float, color: Array) -> tuple[Array, Image.Image]:
    radius = np.sqrt(area / np.pi)
    side = int(np.ceil(2 * radius))
    mask = _drawn(
        side, side, lambda draw, k: draw.ellipse((0, 0, k * 2 * radius, k * 2 * radius), 255)
    )
    return np.broadcast_to(color, (side, side, 3)), mask


def _boat(area: float, color: Array) -> tuple[Array, Image.Image]:
    """Return a sail (triangle) over a hull (trapezoid): 0.48 of the square around them."""
    side = np.sqrt(area / 0.48)
    sail = [(0.5, 0.0), (0.9, 0.6), (0.1, 0.6)]
    hull = [(0.0, 0.66), (1.0, 0.66), (0.8, 0.96), (0.2, 0.96)]

    def paint(draw: ImageDraw.ImageDraw, k: int) -> None:
        for outline in (sail, hull):
            draw.polygon([(x * side * k, y * side * k) for x, y in outline], 255)

    edge = int(np.ceil(side))
    return np.broadcast_to(color, (edge, edge, 3)), _drawn(edge, edge, paint)


def _eye(area: float, color: Array) -> tuple[Array, Image.Image]:
    """Return an iris round a black pupil of half its radius; the pupil does not count as vivid."""
    thing, mask = _disc(area / 0.75, color)
    side = mask.width
    pupil = _drawn(
        side,
        side,
        lambda draw, k: draw.ellipse([k * side * q for q in (0.25, 0.25, 0.75, 0.75)], 255),
    )
    dark = np.asarray(pupil)[..., None] / 255
    return thing * (1 - dark) + 12 * dark, mask
