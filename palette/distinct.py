"""The exact colours of an image that has only a few."""

from typing import cast

import numpy as np
from PIL import Image

from .color_management import Converter
from .model import RGB

Counts = dict[RGB, float]


def distinct_colors(image: Image.Image, limit: int, convert: Converter) -> Counts | None:
    """Count the visible colours of a plain-mode image in sRGB, if they are at most ``limit``.

    A pixel counts by its alpha, 0 to 1; hidden colours do not count. None when there are more.
    """
    has_alpha = image.mode in {"LA", "RGBA"}
    if has_alpha:
        image = _without_hidden(image)
    found = image.getcolors(limit * 255 + 1 if has_alpha else limit)
    if found is None:
        return None
    row = Image.new(image.mode, (len(found), 1))
    row.putdata(cast("list[tuple[int, ...]]", [color for _, color in found]))
    converted = convert(row)
    counts: Counts = {}
    for (count, _), (r, g, b, alpha) in zip(found, _rgba_rows(converted), strict=True):
        if alpha:
            counts[r, g, b] = counts.get((r, g, b), 0.0) + count * alpha / 255
    return counts if len(counts) <= limit else None


def _rgba_rows(image: Image.Image) -> list[tuple[int, int, int, int]]:
    return [tuple(row) for row in np.asarray(image.convert("RGBA"))[0].tolist()]


def _without_hidden(image: Image.Image) -> Image.Image:
    """Give all fully transparent pixels one colour, so that they count as one."""
    hidden = image.getchannel("A").point([255] + [0] * 255)
    if not hidden.getbbox():
        return image
    image = image.copy()
    image.paste(tuple([0] * len(image.getbands())), mask=hidden)
    return image
