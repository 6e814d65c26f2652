"""A picture redrawn with nothing but the colours of a palette."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from palette.color.arrays import Bytes, Indices, Lab, Values
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.decoding.decode import decode
from palette.decoding.formats import MAX_PIXELS
from palette.model import Palette

_CHUNK = 4096  # colours whose distances to a whole palette fit the processor's cache
# What a mixture's own unrest counts against its being closer: 0 gives loud specks, 1 no mixtures.
_UNREST = 0.3


def recolor(
    data: bytes, palette: Palette, *, dither: bool = False, max_side: int | None = None
) -> bytes:
    """Redraw an image (of an animation, the first frame) with the palette's colours only.

    Each pixel becomes the colour nearest to it in OKLab, the first of equally near ones. With
    ``dither`` some pixels become a second colour instead, so that areas blend the two.

    Returns a paletted PNG: its entries are the colours in the palette's order and, when pixels
    are fully transparent, one more for these. It is turned upright, holds no metadata and is at
    most ``max_side`` pixels wide and high. Equal arguments give equal bytes.

    Raises the children of :class:`palette.errors.ImageError`.
    """
    image = _upright(data, max_side)
    colors = np.array([swatch.rgb for swatch in palette], np.uint8)
    indices = redraw(np.asarray(image.convert("RGB")), srgb_to_oklab(colors), dither=dither)
    entries = colors.tobytes()
    if image.mode == "RGBA":
        hidden = np.asarray(image.getchannel("A")) == 0
        if hidden.any():
            indices[hidden] = len(colors)
            return paletted_png(indices, entries + bytes(3), transparency=len(colors))
    return paletted_png(indices, entries)


def _upright(data: bytes, max_side: int | None) -> Image.Image:
    """Decode to an sRGB image of mode RGB or RGBA, upright and reduced."""
    # Decoding may leave as little as (3/4)² of the pixels asked for.
    pixels = MAX_PIXELS if max_side is None else 16 * max_side**2 // 9
    raster = decode(data, pixels=pixels, frames=1)
    image = Image.fromarray(raster.rgb[0])
    if raster.alpha is not None:
        image.putalpha(Image.fromarray(raster.alpha[0]))
    if max_side is not None:
        image.thumbnail((max_side, max_side))
    return image


def redraw(rgb: Bytes, colors: Lab, *, dither: bool = False) -> Bytes:
    """Return the index of the colour that each pixel becomes: shape (h, w, 3) in, (h, w) out.

    Each distinct colour of the image is looked at once, so this is exact and yet fast.
    """
    distinct, number = _distinct(rgb)
    nearest = np.empty(len(distinct), np.uint8)
    second = np.empty(len(distinct), np.uint8)
    share = np.empty(len(distinct))
    gaps = np.maximum(squared_distances(colors, colors), np.finfo(float).tiny)
    for start in range(0, len(distinct), _CHUNK):
        part = slice(start, start + _CHUNK)
        distances = squared_distances(srgb_to_oklab(distinct[part]), colors)
        nearest[part] = distances.argmin(axis=1)
        if dither:
            second[part], share[part] = _mixture(distances, gaps[nearest[part]])
    if not dither:
        return nearest[number]
    return np.where(_noise(*number.shape) < share[number], second[number], nearest[number])


def _distinct(rgb: Bytes) -> tuple[Bytes, NDArray[np.int32]]:
    """Return the n distinct colours, shape (n, 3), and the number of each pixel's, shape (h, w)."""
    code = rgb[..., 0].astype(np.uint32)
    for channel in (1, 2):
        code <<= 8
        code |= rgb[..., channel]
    present = np.zeros(1 << 24, np.bool_)
    present[code] = True
    codes = np.flatnonzero(present)
    number_of = np.empty(1 << 24, np.int32)
    number_of[codes] = np.arange(len(codes))
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1)
    return colors.astype(np.uint8), number_of[code]


def _mixture(distances: Values, gaps: Values) -> tuple[Indices, Values]:
    """Choose what to mix into the nearest colour to come closer to each of n colours.

    ``distances``, shape (n, k), are those to the palette's colours, ``gaps``, the same shape, those
    from the nearest one to each (tiny to itself), all squared. Returns, both of shape (n,), the
    second colours and their shares, 0 to 0.5. Of the points on the lines to the nearest colour they
    have the least squared distance plus ``_UNREST`` times the variance of the mixture.
    """
    share = distances.min(axis=1, keepdims=True) - distances
    share /= gaps * (2 * (1 - _UNREST))
    share += 0.5
    np.maximum(share, 0, out=share)
    second = (share * share * gaps).argmax(axis=1)
    return second, share[np.arange(len(share)), second]


def _noise(height: int, width: int) -> Values:
    """Return a threshold, 0 to 1, for each pixel: even in every small area, without a pattern.

    Interleaved gradient noise: J. Jimenez, "Next Generation Post Processing in Call of Duty:
    Advanced Warfare", SIGGRAPH 2014.
    """
    y, x = np.ogrid[:height, :width]
    ramp = np.modf(0.06711056 * x + 0.00583715 * y)[0]
    return np.modf(52.9829189 * ramp)[0]


def paletted_png(indices: Bytes, entries: bytes, **options: int) -> bytes:
    """Write pixels, shape (h, w), that are numbers of ``entries`` of three bytes."""
    image = Image.fromarray(indices)
    image.putpalette(entries)
    file = io.BytesIO()
    # Level 5 takes half the time of the usual 6 and makes the file at most a twentieth larger.
    image.save(file, "PNG", compress_level=5, **options)
    return file.getvalue()
