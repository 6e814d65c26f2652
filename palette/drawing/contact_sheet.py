"""The contact sheet: several images as tiles side by side, to see at a glance which they are."""

import io
import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageChops, ImageOps

from palette.decoding.decode import Raster

from .card import GAP, WIDTH
from .sheet import CORNER_RADIUS, rounded_mask

MAX_COLUMNS = 5
TILE = (WIDTH - (MAX_COLUMNS - 1) * GAP) // MAX_COLUMNS  # pixels


def render_contact_sheet(images: Sequence[Raster]) -> bytes:
    """Draw the first frames of one or more images as a WebP, in their order, row by row.

    Each is cropped to a square from its middle. The rows hold up to five, and about equally many.
    """
    rows = math.ceil(len(images) / MAX_COLUMNS)
    columns = math.ceil(len(images) / rows)
    size = (columns * (TILE + GAP) - GAP, rows * (TILE + GAP) - GAP)
    sheet = Image.new("RGBA", size)
    corners = rounded_mask((TILE, TILE), CORNER_RADIUS)
    for number, image in enumerate(images):
        row, column = divmod(number, columns)
        tile = ImageOps.fit(_first_frame(image), (TILE, TILE))
        tile.putalpha(ImageChops.multiply(tile.getchannel("A"), corners))
        sheet.paste(tile, (column * (TILE + GAP), row * (TILE + GAP)))
    file = io.BytesIO()
    sheet.save(file, "WEBP", quality=85, method=2)
    return file.getvalue()


def _first_frame(image: Raster) -> Image.Image:
    alpha = np.full(image.rgb.shape[1:3], 255, np.uint8) if image.alpha is None else image.alpha[0]
    return Image.fromarray(np.dstack([image.rgb[0], alpha]), "RGBA")
