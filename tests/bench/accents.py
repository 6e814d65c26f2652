"""One small vivid object pasted into many images."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.random import Generator, default_rng
from PIL import Image, ImageDraw

from tests.bench.cache import cached
from tests.bench.competitors import RGB
from tests.bench.images import ImageFile
from tests.bench.metric import Array, cielab, delta_e_2000, oklab
from tests.bench.scenes import GRAIN, jpeg, png, scene
from tests.bench.truth import to_srgb

MIN_DISTANCE = 20.0  # ΔE2000 from the vivid object to everything else in its image
MIN_CHROMA = 0.14  # OKLab; the primaries of sRGB have 0.26 to 0.32
MAX_EDGE = 2000  # pixels; larger photos are reduced first
SEEDS = 3  # scenes made from each file
GENERATED = range(12)


@dataclass(frozen=True, slots=True)
class AccentScene:
    """An image file and the sRGB colour of the one vivid object in it."""

    data: bytes
    rgb: RGB


def accent_scenes(files: list[ImageFile], fraction: float) -> list[tuple[str, AccentScene]]:
    """Return the accent scenes made from the opaque images in ``files`` and from generated ones."""
    found = [
        (f"{file.name} #{seed}", cached(_from_file)(file, fraction, seed))
        for file in files
        for seed in range(SEEDS)
    ]
    found += [(f"scene {n}", cached(_from_scene)(n, fraction)) for n in GENERATED]
    return [(name, accent) for name, accent in found if accent is not None]


def _from_file(file: ImageFile, fraction: float, seed: int) -> AccentScene | None:
    with file.open() as image:
        base = to_srgb(image)
    if base.getchannel("A").getextrema() != (255, 255):
        return None
    base.thumbnail((MAX_EDGE, MAX_EDGE))
    # A different object, colour and position in each image.
    rng = default_rng([seed, crc32(file.data)])
    return with_accent(base.convert("RGB"), fraction, rng)


def _from_scene(number: int, fraction: float) -> AccentScene | None:
    return with_accent(scene(number), fraction, default_rng(number))


def with_accent(base: Image.Image, fraction: float, rng: Generator) -> AccentScene | None:
    """Paste a disc, a boat or an eye that covers ``fraction`` of an opaque RGB ``base``.

    Its vivid colour is ΔE2000 > 20 from everything else (stray pixels apart, fewer than a tenth
    of its own). None if the image leaves no such colour.
    """
    color = _far_vivid_color(base, fraction / 10, rng)
    if color is None:
        return None
    shape = (_disc, _boat, _eye)[rng.integers(3)]
    pixels, mask = shape(fraction * base.width * base.height, color)
    grain = rng.normal(0, GRAIN, (*pixels.shape[:2], 1))
    light = np.linspace(1.04, 0.96, pixels.shape[0])[:, None, None]
    surface = np.clip(np.rint(pixels * light + grain), 0, 255).astype(np.uint8)
    x, y = (int(rng.integers(0, max(1, room))) for room in np.subtract(base.size, mask.size))
    image = base.copy()
    image.paste(Image.fromarray(surface), (x, y), mask)
    red, green, blue = (int(channel) for channel in color)
    return AccentScene(jpeg(image) if rng.integers(2) else png(image), (red, green, blue))


def _far_vivid_color(base: Image.Image, strays: float, rng: Generator) -> Array | None:
    pixels = np.asarray(base.reduce(max(1, base.width // 800))).reshape(-1, 3)
    bins, counts = np.unique(pixels >> 3, axis=0, return_counts=True)
    others, weights = cielab(bins * 8.0 + 3.5), counts / counts.sum()
    for color in _vivid_colors(rng):
        if weights @ (delta_e_2000(cielab(color), others) <= MIN_DISTANCE) <= strays:
            return color
    return None


def _vivid_colors(rng: Generator) -> Array:
    """Return random vivid sRGB colours (n, 3), by their distance from a random hue."""
    colors = rng.integers(0, 256, (400, 3)).astype(np.float64)
    lightness, a, b = oklab(colors).T
    turn = (np.arctan2(b, a) - rng.uniform(0, 2 * np.pi)) % (2 * np.pi)
    vivid = (np.hypot(a, b) >= MIN_CHROMA) & (lightness >= 0.35)
    order = np.minimum(turn, 2 * np.pi - turn).argsort()
    return colors[order[vivid[order]]]


def _draw_mask(
    width: int, height: int, paint: Callable[[ImageDraw.ImageDraw, int], None]
) -> Image.Image:
    """Return a mask painted at four times its size and averaged, for smooth edges."""
    mask = Image.new("L", (4 * width, 4 * height))
    paint(ImageDraw.Draw(mask), 4)
    return mask.reduce(4)


def _disc(area: float, color: Array) -> tuple[Array, Image.Image]:
    radius = np.sqrt(area / np.pi)
    side = int(np.ceil(2 * radius))
    mask = _draw_mask(
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
    return np.broadcast_to(color, (edge, edge, 3)), _draw_mask(edge, edge, paint)


def _eye(area: float, color: Array) -> tuple[Array, Image.Image]:
    """Return an iris around a black pupil of half its radius, which does not count as vivid."""
    iris, mask = _disc(area / 0.75, color)
    side = mask.width
    pupil = _draw_mask(
        side,
        side,
        lambda draw, k: draw.ellipse([k * side * q for q in (0.25, 0.25, 0.75, 0.75)], 255),
    )
    dark = np.asarray(pupil)[..., None] / 255
    return iris * (1 - dark) + 12 * dark, mask
