"""Coding-independent code points: colour spaces by their numbers in ITU-T H.273."""

from typing import NamedTuple

from .color_spaces import BT709, ColorSpace, Primaries
from .transfer_curves import Curve, Gamma, Transfer

_C: tuple[float, float] = (0.310, 0.316)  # illuminant C
_UNSPECIFIED = 2

_TAG_TABLE, _TAG_SIZE, _MAX_TAGS = 132, 12, 100  # of ICC profiles, in bytes; LittleCMS's limit

# H.273, table 2. What is unspecified is most likely sRGB.
_PRIMARIES: dict[int, Primaries] = {
    1: BT709,
    _UNSPECIFIED: BT709,
    4: Primaries((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), _C),  # BT.470 System M
    5: Primaries((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),  # BT.601, 625 lines
    6: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),  # BT.601, 525 lines
    7: Primaries((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),  # SMPTE ST 240
    8: Primaries((0.681, 0.319), (0.243, 0.692), (0.145, 0.049), _C),  # film
    9: Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),  # BT.2020
    10: Primaries((1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (1 / 3, 1 / 3)),  # XYZ
    11: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),  # DCI-P3
    12: Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # Display P3
    22: Primaries((0.630, 0.340), (0.295, 0.605), (0.155, 0.077)),  # EBU Tech 3213
}

# H.273, table 3, without the logarithmic ones, which no still camera uses.
_TRANSFERS: dict[int, Transfer] = {
    1: Curve.BT709,
    _UNSPECIFIED: Curve.SRGB,
    4: Gamma(2.2),
    5: Gamma(2.8),
    6: Curve.BT709,  # BT.601
    7: Curve.SMPTE240M,
    8: Gamma(1.0),
    11: Curve.BT709,  # IEC 61966-2-4
    12: Curve.BT709,  # BT.1361
    13: Curve.SRGB,
    14: Curve.BT709,  # BT.2020, 10 bits
    15: Curve.BT709,  # BT.2020, 12 bits
    16: Curve.PQ,
    17: Gamma(2.6),  # SMPTE ST 428; its peak white is that of the screen
    18: Curve.HLG,
}


class CodePoints(NamedTuple):
    """What an nclx box, a cICP chunk or a cicp tag says about the pixels of an image.

    ``matrix`` is 0 for pixels in RGB, which those of a decoder always are.
    """

    primaries: int
    transfer: int
    matrix: int = 0
    full_range: bool = True

    def color_space(self) -> ColorSpace:
        """Return the colour space. Raises :class:`ValueError` if it is unknown."""
        if self.matrix or self.primaries not in _PRIMARIES or self.transfer not in _TRANSFERS:
            raise ValueError("these code points stand for no known colour space")
        return ColorSpace(
            _PRIMARIES[self.primaries], _TRANSFERS[self.transfer], full_range=self.full_range
        )


def read_cicp_tag(icc: bytes) -> CodePoints | None:
    """Return what the tag ``cicp`` of a profile says, if there is one (ICC.1:2022, 9.2.17)."""
    for at in range(_TAG_TABLE, _TAG_TABLE + _TAG_SIZE * _MAX_TAGS, _TAG_SIZE):
        if icc[at : at + 4] == b"cicp":
            start = int.from_bytes(icc[at + 4 : at + 8], "big")
            signature, points = icc[start : start + 4], icc[start + 8 : start + 12]
            if signature == b"cicp" and len(points) == 4:
                primaries, transfer, matrix, full_range = points
                return CodePoints(primaries, transfer, matrix, full_range=full_range != 0)
    return None
