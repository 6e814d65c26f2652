"""Palettes in few bytes, for custom ids and jobs: colours and shares, no more than is needed."""

import numpy as np

from palette import Palette, Swatch
from palette.annotation.names import name_colors
from palette.color.oklab import srgb_to_oklab

_COLOR = 3  # bytes
_SHARE = 3
_WHOLE = 256**_SHARE - 1  # the share 1


def pack(palette: Palette, *, shares: bool = True) -> bytes:
    """Return the colours of a palette in order, 3 bytes each, and then the shares, 3 bytes each."""
    colors = b"".join(bytes(swatch.rgb) for swatch in palette)
    if not shares:
        return colors
    return colors + b"".join(
        round(swatch.share * _WHOLE).to_bytes(_SHARE, "big") for swatch in palette
    )


def unpack(data: bytes, *, shares: bool = True) -> Palette:
    """Return the palette again, its names found anew; without shares, these are equal.

    Raises :class:`ValueError` for what :func:`pack` has not made.
    """
    count, rest = divmod(len(data), _COLOR + _SHARE if shares else _COLOR)
    if rest or not count:
        raise ValueError("This is no packed palette.")
    rgb = np.frombuffer(data, np.uint8, count * _COLOR).reshape(count, 3)
    parts = [
        int.from_bytes(data[start : start + _SHARE], "big")
        for start in range(count * _COLOR, len(data), _SHARE)
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
