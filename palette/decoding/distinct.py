"""The exact colours of an image that has only a few."""

from typing import cast

import numpy as np
from PIL import Image

from palette.color.arrays import Values
from palette.color.rgb import RGB

from .color_management import Converter

Counts = dict[RGB, float]
"""How many pixels have each colour; a pixel counts by its alpha, 0 to 1."""

_PREVIEW_SIZE = (40, 40)  # pixels: enough to see that most images have many colours


def count_distinct_colors(image: Image.Image, limit: int, convert: Converter) -> Counts | None:
    """Count the visible colours of a plain-mode image in sRGB; None if they are over ``limit``."""
    has_alpha = image.mode in {"LA", "RGBA"}
    if has_alpha:
        preview = image.resize(_PREVIEW_SIZE, Image.Resampling.NEAREST)
        if len(_count_visible(convert(preview), np.ones(_PREVIEW_SIZE).ravel())) > limit:
            return None
        image = _unify_hidden(image)
    found = image.getcolors(limit * 255 + 1 if has_alpha else limit)
    if found is None:
        return None
    row = Image.new(image.mode, (len(found), 1))
    row.putdata(cast("list[tuple[int, ...]]", [color for _, color in found]))
    visible = _count_visible(convert(row), np.array([float(count) for count, _ in found]))
    return visible if len(visible) <= limit else None


def _count_visible(image: Image.Image, counts: Values) -> Counts:
    """Sum the counts of the pixels, shape (n,), of each visible colour, times their alpha."""
    rgba = np.asarray(image.convert("RGBA")).reshape(-1, 4).astype(np.intp)
    visible = np.flatnonzero(rgba[:, 3])
    codes = rgba[visible, :3] @ [1 << 16, 1 << 8, 1]
    _, first, number = np.unique(codes, return_index=True, return_inverse=True)
    weights = np.bincount(number, counts[visible] * rgba[visible, 3] / 255, len(first))
    colors = rgba[visible[first], :3]
    return {
        (r, g, b): weight
        for (r, g, b), weight in zip(colors.tolist(), weights.tolist(), strict=True)
    }


def _unify_hidden(image: Image.Image) -> Image.Image:
    """Give all fully transparent pixels one colour, so that they count as one."""
    hidden = image.getchannel("A").point([255] + [0] * 255)
    if not hidden.getbbox():
        return image
    image = image.copy()
    image.paste(tuple([0] * len(image.getbands())), mask=hidden)
    return image
