"""Equal palettes in every process, and similar ones for variations of the same photo."""

import hashlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from palette import RGB, Style, extract
from tests.bench import judge, processes, scenes
from tests.bench.cache import cached
from tests.bench.images import ImageFile
from tests.bench.targets.figure import Figure
from tests.bench.truth import to_srgb, truth

MAX_DISTANCE = 3.0  # mean ΔE2000 of matched colours
MAX_EDGE = 3000  # pixels; larger photos are reduced first
MIN_PHOTO_COLORS = 10_000  # JPEG adds new colours to images with far fewer
VARIATIONS = ("JPEG 80", "half size", "mirrored", "rotated")


def identical(files: list[ImageFile], style: Style) -> Iterator[Figure]:
    contents = [file.data for file in files]
    results = {
        processes.run_in_fresh_process(
            _digest, {"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads}, contents, style
        )
        for threads in ("1", "2", "4")
    }
    yield Figure(
        "palettes identical in new processes with 1, 2 and 4 threads",
        "1 result",
        f"{len(results)} results" if len(results) > 1 else "1 result",
        len(results) == 1,
    )


def _digest(contents: list[bytes], style: Style) -> str:
    palettes = "".join(repr(extract(data, style=style)) for data in contents)
    return hashlib.sha256(palettes.encode()).hexdigest()


def robust(files: list[ImageFile], style: Style) -> Iterator[Figure]:
    palettes = {
        file.name: [_colors(data, style) for data in cached(_variations)(file)]
        for file in files
        if len(truth(file).full.colors) >= MIN_PHOTO_COLORS
    }
    for number, variation in enumerate(VARIATIONS, 1):
        distances = {
            name: judge.palette_distance(colors[0], colors[number])
            for name, colors in palettes.items()
        }
        mean = float(np.mean(list(distances.values())))
        over = sorted(
            (n for n in distances if distances[n] > MAX_DISTANCE), key=lambda n: -distances[n]
        )
        yield Figure(
            f"mean ΔE2000 to the palette of the original, {variation}",
            f"≤ {MAX_DISTANCE:g} in each",
            f"{mean:.2f}, worst {max(distances.values()):.2f}",
            not over,
            f"{len(distances)} photos"
            + (f"; over: {', '.join(f'{n} {distances[n]:.1f}' for n in over)}" if over else ""),
        )


def _colors(data: bytes, style: Style) -> list[RGB]:
    return [swatch.rgb for swatch in extract(data, style=style).swatches]


def _variations(file: ImageFile) -> list[bytes]:
    """Return the image without loss, then in the forms in which people share it."""
    with file.open() as image:
        original = to_srgb(image)
    photo = Image.new("RGB", original.size, "white")
    photo.paste(original, mask=original)
    photo.thumbnail((MAX_EDGE, MAX_EDGE))
    half = photo.resize((photo.width // 2, photo.height // 2), Image.Resampling.LANCZOS)
    return [
        scenes.png(photo),
        scenes.jpeg(photo, 80),
        scenes.png(half),
        scenes.png(photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        scenes.png(photo.transpose(Image.Transpose.ROTATE_90)),
    ]
