"""Pillow's many pixel modes, reduced to six."""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from palette.color.arrays import Bytes, Numbers

PLAIN_MODES = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "LAB"})
_EIGHT_BIT_MODES = {"1": "L", "La": "LA", "RGBa": "RGBA", "PA": "RGBA"}
_STRIP_PIXELS = 1_000_000


def to_plain_mode(image: Image.Image) -> Image.Image:
    """Convert any image to one of :data:`PLAIN_MODES`, 8 bits a channel.

    16-bit grey is divided by 65535; 32-bit integers too or, if any is larger, by 2³¹ - 1; floats by
    1 or, if any is larger, by the largest finite one. A transparent colour becomes alpha.
    """
    if "transparency" in image.info and image.mode in {"1", "L", "P", "RGB"}:
        return image.convert("LA" if image.mode in {"1", "L"} else "RGBA")
    if image.mode in PLAIN_MODES:
        return image
    if image.mode == "P":
        return image.convert("RGBA" if image.palette and image.palette.mode == "RGBA" else "RGB")
    if image.mode == "F" or image.mode.startswith("I"):
        return _scale_to_bytes(image)
    return image.convert(_EIGHT_BIT_MODES.get(image.mode, "RGB"))


def drop_opaque_alpha(image: Image.Image) -> Image.Image:
    """Return a plain-mode image without its alpha, which takes time, if all of it is opaque."""
    if image.mode not in {"LA", "RGBA"} or image.getchannel("A").getextrema() != (255, 255):
        return image
    return image.convert(image.mode[:-1])


def _scale_to_bytes(image: Image.Image) -> Image.Image:
    highest = max(float(strip.max(where=np.isfinite(strip), initial=0)) for strip in _strips(image))
    integer_white = 65535.0 if highest <= 65535 else 2.0**31 - 1
    white = max(highest, 1.0) if image.mode == "F" else integer_white
    gray = Image.fromarray(np.concatenate([_to_bytes(strip / white) for strip in _strips(image)]))
    if "transparency" in image.info:
        gray.putalpha(Image.fromarray(np.asarray(image) != image.info["transparency"]).convert("L"))
    return gray


def _to_bytes(fractions: Numbers) -> Bytes:
    return np.rint(np.clip(np.nan_to_num(fractions), 0, 1) * 255).astype(np.uint8)


def _strips(image: Image.Image) -> Iterator[Numbers]:
    """Cut an image into strips: all of a large one as floats would not fit a worker's memory."""
    rows = max(1, _STRIP_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        yield np.asarray(image.crop((0, top, image.width, bottom)))
