"""The images to measure on: those in a folder, or some that need no download."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import sklearn.datasets
from PIL import Image, UnidentifiedImageError

from tests.bench import scenes

SCENES = 6  # generated without a folder


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image file in memory."""

    name: str
    data: bytes = field(repr=False)

    def open(self) -> Image.Image:
        return Image.open(BytesIO(self.data))

    @property
    def pixels(self) -> int:
        with self.open() as image:
            return image.width * image.height


def load(folder: Path | None) -> list[ImageFile]:
    """Return the images directly in ``folder``, or else two photos and generated scenes."""
    if folder is None:
        photos = Path(sklearn.datasets.__file__).parent / "images"
        return _image_files(photos) + [
            ImageFile(f"scene {seed}", scenes.png(scenes.scene(seed))) for seed in range(SCENES)
        ]
    files = _image_files(folder)
    if not files:
        raise SystemExit(f"There are no images in {folder}.")
    return files


def _image_files(folder: Path) -> list[ImageFile]:
    files = [
        ImageFile(path.name, path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file()
    ]
    return [file for file in files if _is_image(file)]


def _is_image(file: ImageFile) -> bool:
    try:
        file.open().close()
    except UnidentifiedImageError:
        return False
    return True
