"""How the pixels of a TIFF are stored (TIFF 6.0 and its supplements)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL.TiffImagePlugin import ImageFileDirectory_v2

WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
SAMPLES, PLANES, PREDICTOR, EXTRA_SAMPLES, SAMPLE_FORMAT = 277, 284, 317, 338, 339

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK, CIE_LAB, ICC_LAB = 0, 1, 2, 5, 8, 9
_COLORS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, CMYK: 4, CIE_LAB: 3, ICC_LAB: 3}
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3  # sample formats
_PREMULTIPLIED, _UNASSOCIATED = 1, 2  # kinds of alpha
_SEPARATE_PLANES = 2
# None, LZW, Deflate (twice), PackBits, LZMA and Zstandard compress bytes, whatever these mean.
_COMPRESSIONS = frozenset({1, 5, 8, 32946, 32773, 34925, 50000})
_MAX_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """What the tags say about the pixels.

    Of the ``samples`` of a pixel, the first ``colors`` are its colour and, if ``has_alpha``, the
    next one its alpha, which the colour may be multiplied by.
    """

    width: int
    height: int
    samples: int
    colors: int
    dtype: np.dtype[Any]
    photometric: int
    predictor: int
    is_planar: bool
    has_alpha: bool
    is_premultiplied: bool

    @property
    def color_mode(self) -> str:
        """The mode, in Pillow, of the colours without alpha."""
        return {RGB: "RGB", CMYK: "CMYK", CIE_LAB: "LAB", ICC_LAB: "LAB"}.get(self.photometric, "L")

    @property
    def has_own_mode(self) -> bool:
        """Whether Pillow has a mode for the colours and their alpha: not for inks or Lab."""
        return not self.has_alpha or self.color_mode in {"L", "RGB"}

    @property
    def mode(self) -> str:
        """The mode of the image: of colours and alpha without a mode, that of sRGB."""
        if not self.has_alpha:
            return self.color_mode
        return "LA" if self.color_mode == "L" else "RGBA"


def read_layout(tags: ImageFileDirectory_v2) -> Layout | None:
    """Return how the pixels are stored, or None if it is in a way that cannot be read."""
    bits, formats, extra = (
        tuple(tags.get(tag, default))
        for tag, default in ((BITS, (1,)), (SAMPLE_FORMAT, (_UNSIGNED,)), (EXTRA_SAMPLES, ()))
    )
    samples: int = tags.get(SAMPLES, 1)
    photometric: int = tags.get(PHOTOMETRIC, WHITE_IS_ZERO)
    dtype = _dtype(set(bits), set(formats), "<" if tags.prefix == b"II" else ">")
    colors = _COLORS.get(photometric)
    if dtype is None or colors is None or not colors <= samples <= _MAX_SAMPLES:
        return None
    if tags.get(COMPRESSION, 1) not in _COMPRESSIONS:
        return None
    if photometric in {CIE_LAB, ICC_LAB} and (dtype.itemsize > 2 or dtype.kind == "f"):
        return None
    # Some programs do not say that a fourth sample besides RGB is alpha.
    alpha = extra[0] if extra else _UNASSOCIATED * (photometric == RGB and samples == colors + 1)
    return Layout(
        tags[WIDTH],
        tags[HEIGHT],
        samples,
        colors,
        dtype,
        photometric,
        tags.get(PREDICTOR, 1),
        is_planar=tags.get(PLANES, 1) == _SEPARATE_PLANES and samples > 1,
        has_alpha=alpha in {_PREMULTIPLIED, _UNASSOCIATED} and samples > colors,
        is_premultiplied=alpha == _PREMULTIPLIED,
    )


def is_misread(tags: ImageFileDirectory_v2) -> bool:
    """Return whether Pillow would read the pixels, but not as they are meant."""
    bits: int = max(tags.get(BITS, (1,)))
    is_unsigned = set(tags.get(SAMPLE_FORMAT, (_UNSIGNED,))) == {_UNSIGNED}
    is_inverted = tags.get(PHOTOMETRIC, WHITE_IS_ZERO) == WHITE_IS_ZERO
    is_planar = tags.get(PLANES, 1) == _SEPARATE_PLANES
    if bits <= 8:
        return bits == 8 and ((is_inverted and is_planar) or not is_unsigned)
    is_swapped = tags.prefix != b"II" and tags.get(COMPRESSION, 1) != 1
    is_half_used = bits == (32 if is_unsigned else 16)  # its upper, or its lower half
    return is_inverted or is_planar or is_half_used or (is_swapped and not is_unsigned)


def _dtype(bits: set[int], formats: set[int], order: str) -> np.dtype[Any] | None:
    if len(bits) != 1 or len(formats) != 1:
        return None
    kind = {_UNSIGNED: "u", _SIGNED: "i", _FLOAT: "f"}.get(formats.pop())
    size, rest = divmod(bits.pop(), 8)
    if kind is None or rest or size not in ({2, 4, 8} if kind == "f" else {1, 2, 4}):
        return None
    return np.dtype(f"{order}{kind}{size}")
