"""The images people post: photos of 1 to 12 megapixels, and now and then a hostile file."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from tests.bench import images
from tests.fuzz.bombs import bombs

MEGAPIXELS = (1, 2, 3, 4, 6, 8, 12)
FORMATS = (
    {"format": "JPEG", "quality": 85},
    {"format": "JPEG", "quality": 85, "progressive": True},
)
SMALL_FORMATS = (*FORMATS, {"format": "PNG", "compress_level": 3}, {"format": "WEBP", "method": 0})
MAX_SMALL = 2  # megapixels: larger images come from cameras
MIN_PHOTO = 0.25  # megapixels: smaller images are no photos
VARIANTS = 48
HOSTILE_INTERVAL = 50


@dataclass(frozen=True, slots=True)
class File:
    """A file that somebody posts."""

    data: bytes
    hostile: bool


def files(folder: Path | None, count: int) -> list[File]:
    """Return ``count`` files, the same in every run."""
    hostile = [File(data, hostile=True) for _, data in bombs()]
    random = Random(0)  # noqa: S311, nothing to keep secret
    return [
        random.choice(hostile) if number % HOSTILE_INTERVAL == HOSTILE_INTERVAL - 1 else photo
        for number, photo in enumerate(photos(folder, count))
    ]


def photos(folder: Path | None, count: int) -> list[File]:
    """Return ``count`` photos, none of them hostile, the same in every run."""
    variants = [File(data, hostile=False) for data in _variants(folder)]
    return Random(0).choices(variants, k=count)  # noqa: S311, nothing to keep secret


def _variants(folder: Path | None) -> list[bytes]:
    """Return :data:`VARIANTS` photos of several sizes and formats."""
    found = [image for image in images.load(folder) if image.pixels >= MIN_PHOTO * 1e6]
    photos = [image for image in found if not image.name.startswith("scene")]
    variants: list[bytes] = []
    for number in range(VARIANTS):
        with photos[number % len(photos)].open() as image:
            megapixels = MEGAPIXELS[number % len(MEGAPIXELS)]
            formats = SMALL_FORMATS if megapixels <= MAX_SMALL else FORMATS
            variants.append(
                _encoded(image.convert("RGB"), megapixels, formats[number % len(formats)])
            )
    return variants


def _encoded(image: Image.Image, megapixels: int, options: dict[str, object]) -> bytes:
    scale = (megapixels * 1e6 / (image.width * image.height)) ** 0.5
    size = (round(image.width * scale), round(image.height * scale))
    file = BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).save(file, **options)
    return file.getvalue()
