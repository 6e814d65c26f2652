"""The many pixel modes of Pillow, brought down to six."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from palette.color.arrays import Bytes

PLAIN = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "LAB"})
_EIGHT_BIT = {"1": "L", "La": "LA", "RGBa": "RGBA", "PA": "RGBA"}
_STRIP_PIXELS = 1_000_000


def plain(image: Image.Image) -> Image.Image:
    """Bring any image to one of the modes in :data:`PLAIN`, 8 bits a channel.

    16-bit grey is scaled by 65535, 32-bit integers by 65535 or, if they go beyond, by 2³¹ - 1;
    floats by 1 or, if they go beyond, by their finite maximum. A transparent colour becomes alpha.
    """
    if "transparency" in image.info and image.mode in {"1", "L", "P", "RGB"}:
        return image.convert("LA" if image.mode in {"1", "L"} else "RGBA")
    if image.mode in PLAIN:
        return image
    if image.mode == "P":
        return image.convert("RGBA" if image.palette and image.palette.mode == "RGBA" else "RGB")
    if image.mode == "F" or image.mode.startswith("I"):
        return _scaled(image)
    return image.convert(_EIGHT_BIT.get(image.mode, "RGB"))


def _scaled(image: Image.Image) -> Image.Image:
    highest = max(float(part.max(where=np.isfinite(part), initial=0)) for part in _strips(image))
    integers = 65535.0 if highest <= 65535 else 2.0**31 - 1
    white = max(highest, 1.0) if image.mode == "F" else integers
    grey = Image.fromarray(np.concatenate([_bytes(part / white) for part in _strips(image)]))
    if "transparency" in image.info:
        grey.putalpha(Image.fromarray(np.asarray(image) != image.info["transparency"]).convert("L"))
    return grey


def _bytes(values: NDArray[np.number]) -> Bytes:
    return np.rint(np.clip(np.nan_to_num(values), 0, 1) * 255).astype(np.uint8)


def _strips(image: Image.Image) -> Iterator[NDArray[np.number]]:
    """Cut an image into strips: a large one as floats would not fit a worker's memory."""
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        yield np.asarray(image.crop((0, top, image.width, bottom)))
