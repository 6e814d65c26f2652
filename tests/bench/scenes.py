"""Images made in code."""

from io import BytesIO

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw, ImageFilter
from sklearn.datasets import load_sample_image

from tests.bench.metric import Array

SIZE = (960, 640)
GRAIN = 2.0  # standard deviation of the noise on every surface, in 8-bit levels


def png(image: Image.Image) -> bytes:
    return _encode(image, "PNG", compress_level=1)


def jpeg(image: Image.Image, quality: int = 90) -> bytes:
    return _encode(image, "JPEG", quality=quality)


def large_jpeg(size: tuple[int, int]) -> bytes:
    return _encode(_large_photo(size), "JPEG", quality=88)


def large_progressive_jpeg(size: tuple[int, int]) -> bytes:
    return _encode(_large_photo(size), "JPEG", quality=88, progressive=True)


def large_png(size: tuple[int, int]) -> bytes:
    return png(_large_photo(size))


def _large_photo(size: tuple[int, int]) -> Image.Image:
    """Return scikit-learn's photo of a palace at this size, with the grain of a camera."""
    photo = Image.fromarray(load_sample_image("china.jpg"))
    large = np.asarray(photo.resize(size, Image.Resampling.BICUBIC))
    grain = default_rng(0).integers(-3, 4, (*large.shape[:2], 1), dtype=np.int16)
    return Image.fromarray(np.clip(large + grain, 0, 255).astype(np.uint8))


def _encode(image: Image.Image, kind: str, **options: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def scene(seed: int) -> Image.Image:
    """Return the scene with this number: in turn hills under a sky, soft shapes, flat graphics."""
    draw = (_hills, _soft_shapes, _graphic)[seed % 3]
    return draw(default_rng(seed))


def _muted(rng: Generator, count: int) -> Array:
    """Return ``count`` sRGB colours (count, 3) of low chroma, from dark to light."""
    gray = np.linspace(40, 215, count)[:, None]
    return np.clip(gray + rng.uniform(-28, 28, (count, 3)), 0, 255)


def _add_grain(pixels: Array, rng: Generator) -> Image.Image:
    noisy = pixels + rng.normal(0, GRAIN, pixels.shape)
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
    return _add_grain(pixels, rng)


def _soft_shapes(rng: Generator) -> Image.Image:
    colors = _muted(rng, 9)
    image = Image.new("RGB", SIZE, tuple(colors[4].astype(int)))
    draw = ImageDraw.Draw(image)
    for color in rng.permutation(np.repeat(colors, 3, axis=0)):
        (x, y), (a, b) = rng.uniform(0, SIZE), rng.uniform(30, 200, 2)
        draw.ellipse((x - a, y - b, x + a, y + b), fill=tuple(color.astype(int)))
    return _add_grain(np.asarray(image.filter(ImageFilter.GaussianBlur(14)), dtype=np.float64), rng)


def _graphic(rng: Generator) -> Image.Image:
    colors = _muted(rng, 7)
    image = Image.new("RGB", SIZE, tuple(colors[-1].astype(int)))
    draw = ImageDraw.Draw(image)
    for color in colors[:-1]:
        x, y = rng.uniform(0, SIZE)
        width, height = rng.uniform(60, 320, 2)
        draw.rounded_rectangle((x, y, x + width, y + height), 24, fill=tuple(color.astype(int)))
    return image.resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.BOX)
