"""The same bytes in every process; nearly the same palette for the same photo in other bytes."""

import hashlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from palette import extract
from tests.bench import fresh, judge, scenes
from tests.bench.cache import remembered
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure
from tests.bench.truth import managed, truth

LIMIT = 3.0  # mean ΔE2000 of matched colours
MAX_EDGE = 3000  # pixels; larger photos are reduced first
PHOTO = 10_000  # distinct colours; JPEG gives new ones to anything with much fewer
VARIATIONS = ("JPEG 80", "half size", "mirrored", "rotated")


def identical(pictures: list[Picture]) -> Iterator[Figure]:
    files = [picture.data for picture in pictures]
    results = {
        fresh.in_fresh_process(
            _digest, {"OMP_NUM_THREADS": threads, "PYTHONHASHSEED": threads}, files
        )
        for threads in ("1", "2", "4")
    }
    yield Figure(
        "palettes identical in new processes with 1, 2 and 4 threads",
        "1 result",
        f"{len(results)} results" if len(results) > 1 else "1 result",
        len(results) == 1,
    )


def _digest(files: list[bytes]) -> str:
    return hashlib.sha256("".join(repr(extract(data)) for data in files).encode()).hexdigest()


def robust(pictures: list[Picture]) -> Iterator[Figure]:
    palettes = {
        picture.name: [_colors(data) for data in remembered(_variations)(picture)]
        for picture in pictures
        if len(truth(picture).full.colors) >= PHOTO
    }
    for number, variation in enumerate(VARIATIONS, 1):
        distances = {
            name: judge.palette_distance(colors[0], colors[number])
            for name, colors in palettes.items()
        }
        mean = float(np.mean(list(distances.values())))
        over = sorted((n for n in distances if distances[n] > LIMIT), key=lambda n: -distances[n])
        yield Figure(
            f"mean ΔE2000 to the palette of the original, {variation}",
            f"≤ {LIMIT:g} in each",
            f"{mean:.2f}, worst {max(distances.values()):.2f}",
            not over,
            f"{len(distances)} photos"
            + (f"; over: {', '.join(f'{n} {distances[n]:.1f}' for n in over)}" if over else ""),
        )


def _colors(data: bytes) -> list[tuple[int, int, int]]:
    return [swatch.rgb for swatch in extract(data).swatches]


def _variations(picture: Picture) -> list[bytes]:
    """Return the picture without loss, then as the same picture people share in other forms."""
    with picture.open() as image:
        original = managed(image)
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
