"""The pictures to measure on: a folder's, or what needs no download."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import sklearn.datasets
from PIL import Image, UnidentifiedImageError

from tests.bench import scenes

SCENES = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file in memory."""

    name: str
    data: bytes = field(repr=False)

    def open(self) -> Image.Image:
        return Image.open(BytesIO(self.data))

    @property
    def pixels(self) -> int:
        with self.open() as image:
            return image.width * image.height


def load(folder: Path | None) -> list[Picture]:
    """Return the images right inside ``folder``; without one, two photos and generated scenes."""
    if folder is None:
        photos = Path(sklearn.datasets.__file__).parent / "images"
        return _images(photos) + [
            Picture(f"scene {seed}", scenes.png(scenes.scene(seed))) for seed in range(SCENES)
        ]
    pictures = _images(folder)
    if not pictures:
        raise SystemExit(f"There is no image in {folder}.")
    return pictures


def _images(folder: Path) -> list[Picture]:
    files = [
        Picture(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()
    ]
    return [file for file in files if _is_image(file)]


def _is_image(file: Picture) -> bool:
    try:
        file.open().close()
    except UnidentifiedImageError:
        return False
    return True
