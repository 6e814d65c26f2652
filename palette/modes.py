"""The many pixel modes of Pillow, brought down to six."""

import numpy as np
from PIL import Image

PLAIN = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "LAB"})
_EIGHT_BIT = {"1": "L", "La": "LA", "RGBa": "RGBA", "PA": "RGBA"}


def plain(image: Image.Image) -> Image.Image:
    """Bring any image to one of the modes in :data:`PLAIN`, 8 bits a channel.

    16-bit grey is scaled by 65535, 32-bit integers by 65535 or, if they go beyond, by 2³¹ - 1;
    floats by 1 or, if they go beyond, by their maximum. A transparent colour becomes alpha.
    """
    if "transparency" in image.info and image.mode in {"1", "L", "P", "RGB"}:
        return image.convert("LA" if image.mode in {"1", "L"} else "RGBA")
    if image.mode in PLAIN:
        return image
    if image.mode == "P":
        return image.convert("RGBA" if image.palette and image.palette.mode == "RGBA" else "RGB")
    if image.mode == "F" or image.mode.startswith("I"):
        return _scaled(np.nan_to_num(np.asarray(image, np.float64)), image.mode)
    return image.convert(_EIGHT_BIT.get(image.mode, "RGB"))


def _scaled(values: np.ndarray[tuple[int, int], np.dtype[np.float64]], mode: str) -> Image.Image:
    highest = float(values.max())
    integers = 65535.0 if highest <= 65535 else 2.0**31 - 1
    white = max(highest, 1.0) if mode == "F" else integers
    return Image.fromarray(np.rint(np.clip(values / white, 0, 1) * 255).astype(np.uint8))
