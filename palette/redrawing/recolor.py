"""An image redrawn with nothing but the colours of a palette."""

import io

import numpy as np
from PIL import Image

from palette.color.arrays import Bytes, Indices, Lab, Labels, Values
from palette.color.oklab import squared_distances, srgb_to_oklab
from palette.decoding.decode import decode
from palette.decoding.formats import MAX_PIXELS
from palette.model import Palette

_CHUNK_COLORS = 4096  # colours whose distances to a whole palette fit the processor's cache
# How much the contrast within a mixture counts against it: 0 gives loud specks, 1 no mixtures.
_CONTRAST_PENALTY = 0.3


def recolor(
    data: bytes, palette: Palette, *, dither: bool = False, max_side: int | None = None
) -> bytes:
    """Redraw an image (the first frame of an animation) with only the palette's colours.

    Each pixel becomes the colour nearest to it in OKLab (the first one if several tie). With
    ``dither`` some pixels become another colour, so that areas blend two colours.

    Returns a paletted PNG whose entries are the colours in the palette's order and, if any pixel is
    fully transparent, one more for those. It is upright, holds no metadata and is at most
    ``max_side`` pixels wide and high. Equal arguments give equal bytes.

    Raises the subclasses of :class:`palette.errors.ImageError`.
    """
    image = decode_still(data, max_side)
    colors = np.array([swatch.rgb for swatch in palette], np.uint8)
    indices = nearest_indices(
        np.asarray(image.convert("RGB")), srgb_to_oklab(colors), dither=dither
    )
    entries = colors.tobytes()
    if image.mode == "RGBA":
        is_hidden = np.asarray(image.getchannel("A")) == 0
        if is_hidden.any():
            indices[is_hidden] = len(colors)
            return paletted_png(indices, entries + bytes(3), transparency=len(colors))
    return paletted_png(indices, entries)


def decode_still(data: bytes, max_side: int | None) -> Image.Image:
    """Decode (the first frame of an animation) to an upright sRGB image of mode RGB or RGBA.

    It is at most ``max_side`` pixels wide and high. Raises the subclasses of
    :class:`palette.errors.ImageError`.
    """
    # Decoding may leave as little as (3/4)² of the pixels asked for.
    target_pixels = MAX_PIXELS if max_side is None else 16 * max_side**2 // 9
    raster = decode(data, target_pixels=target_pixels, max_frames=1)
    image = Image.fromarray(raster.rgb[0])
    if raster.alpha is not None:
        image.putalpha(Image.fromarray(raster.alpha[0]))
    if max_side is not None:
        image.thumbnail((max_side, max_side))
    return image


def nearest_indices(rgb: Bytes, colors: Lab, *, dither: bool = False) -> Bytes:
    """Return the index of the colour that each pixel becomes: shape (h, w, 3) in, (h, w) out.

    Exact, and fast because each distinct colour of the image is looked at only once.
    """
    distinct, labels = _distinct_colors(rgb)
    nearest = np.empty(len(distinct), np.uint8)
    second = np.empty(len(distinct), np.uint8)
    share = np.empty(len(distinct))
    gaps = np.maximum(squared_distances(colors, colors), np.finfo(float).tiny)
    for start in range(0, len(distinct), _CHUNK_COLORS):
        chunk = slice(start, start + _CHUNK_COLORS)
        distances = squared_distances(srgb_to_oklab(distinct[chunk]), colors)
        nearest[chunk] = distances.argmin(axis=1)
        if dither:
            second[chunk], share[chunk] = _best_mixture(distances, gaps[nearest[chunk]])
    if not dither:
        return nearest[labels]
    is_second = _dither_thresholds(*labels.shape) < share[labels]
    return np.where(is_second, second[labels], nearest[labels])


def _distinct_colors(rgb: Bytes) -> tuple[Bytes, Labels]:
    """Return the n distinct colours, shape (n, 3), and the number of each pixel's, shape (h, w)."""
    code = rgb[..., 0].astype(np.uint32)
    for channel in (1, 2):
        code <<= 8
        code |= rgb[..., channel]
    is_present = np.zeros(1 << 24, np.bool_)
    is_present[code] = True
    codes = np.flatnonzero(is_present)
    label_of = np.empty(1 << 24, np.int32)
    label_of[codes] = np.arange(len(codes))
    colors = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=-1)
    return colors.astype(np.uint8), label_of[code]


def _best_mixture(distances: Values, gaps: Values) -> tuple[Indices, Values]:
    """Choose what to mix into the nearest colour to come closer to each of n colours.

    ``distances``, shape (n, k), are those to the palette's colours; ``gaps``, the same shape, those
    from the nearest colour to each (tiny to itself); all are squared. Returns the second colours
    and their shares, 0 to 0.5, both of shape (n,). Of all mixtures of the nearest colour and
    another, these have the least squared distance plus ``_CONTRAST_PENALTY`` times their variance.
    """
    share = distances.min(axis=1, keepdims=True) - distances
    share /= gaps * (2 * (1 - _CONTRAST_PENALTY))
    share += 0.5
    np.maximum(share, 0, out=share)
    second = (share * share * gaps).argmax(axis=1)
    return second, share[np.arange(len(share)), second]


def _dither_thresholds(height: int, width: int) -> Values:
    """Return a threshold, 0 to 1, for each pixel: even in every small area, without a pattern.

    Interleaved gradient noise: J. Jimenez, "Next Generation Post Processing in Call of Duty:
    Advanced Warfare", SIGGRAPH 2014.
    """
    y, x = np.ogrid[:height, :width]
    ramp = np.modf(0.06711056 * x + 0.00583715 * y)[0]
    return np.modf(52.9829189 * ramp)[0]


def paletted_png(indices: Bytes, entries: bytes, **options: int) -> bytes:
    """Encode pixels, shape (h, w), that are indices into ``entries`` of three bytes each."""
    image = Image.fromarray(indices)
    image.putpalette(entries)
    file = io.BytesIO()
    # Level 5 takes half the time of the default 6, for a file at most a twentieth larger.
    image.save(file, "PNG", compress_level=5, **options)
    return file.getvalue()
