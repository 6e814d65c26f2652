"""The pictures people post: photos of 1 to 12 megapixels, and now and then a hostile file."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from tests.bench import images
from tests.fuzz.bombs import bombs

MEGAPIXELS = (1, 2, 3, 4, 6, 8, 12)
KINDS = ({"format": "JPEG", "quality": 85}, {"format": "JPEG", "quality": 85, "progressive": True})
SMALL_KINDS = (*KINDS, {"format": "PNG", "compress_level": 3}, {"format": "WEBP", "method": 0})
SMALL = 2  # megapixels: what is larger comes from cameras
PHOTO = 0.25  # megapixels: what is smaller is no photo
VARIANTS = 48
HOSTILE_EVERY = 50


@dataclass(frozen=True, slots=True)
class File:
    """What somebody posts."""

    data: bytes
    hostile: bool


def files(folder: Path | None, count: int) -> list[File]:
    """Return that many files, the same in every run."""
    photos = [File(data, hostile=False) for data in _photos(folder)]
    hostile = [File(data, hostile=True) for _, data in bombs()]
    draw = Random(0)  # noqa: S311, nothing to keep secret
    return [
        draw.choice(hostile if number % HOSTILE_EVERY == HOSTILE_EVERY - 1 else photos)
        for number in range(count)
    ]


def _photos(folder: Path | None) -> list[bytes]:
    """Return some photos, each in another size and kind."""
    found = [picture for picture in images.load(folder) if picture.pixels >= PHOTO * 1e6]
    photos = [picture for picture in found if not picture.name.startswith("scene")]
    made: list[bytes] = []
    for number in range(VARIANTS):
        with photos[number % len(photos)].open() as image:
            megapixels = MEGAPIXELS[number % len(MEGAPIXELS)]
            kinds = SMALL_KINDS if megapixels <= SMALL else KINDS
            made.append(_encoded(image.convert("RGB"), megapixels, kinds[number % len(kinds)]))
    return made


def _encoded(image: Image.Image, megapixels: int, kind: dict[str, object]) -> bytes:
    scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
    size = (round(image.width * scale), round(image.height * scale))
    file = BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).save(file, **kind)
    return file.getvalue()
