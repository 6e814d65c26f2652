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
VARIATIONS = ("JPEG 80", "JPEG 60", "half size", "3/4 as JPEG 85", "cropped", "mirrored", "rotated")
_CROP = 1 / 50  # of each side


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
    distances = np.array(
        [
            [judge.palette_distance(original, other) for other in others]
            for original, *others in palettes.values()
        ]
    )
    yield Figure(
        f"mean ΔE2000 to the palette of the original, {len(VARIATIONS)} variations",
        f"≤ {MAX_DISTANCE:g}",
        f"{distances.mean():.2f}",
        float(distances.mean()) <= MAX_DISTANCE,
        f"{len(palettes)} photos; over {MAX_DISTANCE:g}: {(distances > MAX_DISTANCE).mean():.0%}",
    )
    for variation, of_photos in zip(VARIATIONS, distances.T, strict=True):
        worst = list(palettes)[int(of_photos.argmax())]
        yield Figure(
            f"… {variation}",
            "—",
            f"{of_photos.mean():.2f}, worst {of_photos.max():.2f}",
            None,
            worst,
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
    width, height = photo.size
    half, three_quarters = (
        photo.resize((width * part // 4, height * part // 4), Image.Resampling.LANCZOS)
        for part in (2, 3)
    )
    x, y = round(width * _CROP), round(height * _CROP)
    return [
        scenes.png(photo),
        scenes.jpeg(photo, 80),
        scenes.jpeg(photo, 60),
        scenes.png(half),
        scenes.jpeg(three_quarters, 85),
        scenes.png(photo.crop((x, y, width - x, height - y))),
        scenes.png(photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        scenes.png(photo.transpose(Image.Transpose.ROTATE_90)),
    ]
