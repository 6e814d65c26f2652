"""Palettes in few bytes, for custom ids: colours and shares, and nothing that follows from them."""

import numpy as np

from palette import Palette, Swatch
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

_COLOR_BYTES = 3
_SHARE_BYTES = 3
_WHOLE = 256**_SHARE_BYTES - 1  # stands for a share of 1


def pack_palette(palette: Palette, *, shares: bool = True) -> bytes:
    """Return the colours of a palette in order, 3 bytes each, and then the shares, 3 bytes each."""
    colors = b"".join(bytes(swatch.rgb) for swatch in palette)
    if not shares:
        return colors
    return colors + b"".join(
        round(swatch.share * _WHOLE).to_bytes(_SHARE_BYTES, "big") for swatch in palette
    )


def unpack_palette(data: bytes, *, shares: bool = True) -> Palette:
    """Return the palette, its colours named afresh; without shares, all are equal.

    Raises :class:`ValueError` for bytes that :func:`pack_palette` did not write.
    """
    count, rest = divmod(len(data), _COLOR_BYTES + _SHARE_BYTES if shares else _COLOR_BYTES)
    if rest or not count:
        raise ValueError("This is not a packed palette.")
    rgb = np.frombuffer(data, np.uint8, count * _COLOR_BYTES).reshape(count, 3)
    parts = [
        int.from_bytes(data[start : start + _SHARE_BYTES], "big")
        for start in range(count * _COLOR_BYTES, len(data), _SHARE_BYTES)
    ] or [1] * count
    whole = sum(parts) or 1
    return Palette(
        tuple(
            Swatch((red, green, blue), part / whole, name)
            for (red, green, blue), part, name in zip(
                rgb.tolist(), parts, name_colors(srgb_to_oklab(rgb)), strict=True
            )
        )
    )
