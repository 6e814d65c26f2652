"""What a file says about its colours without a profile, and what overrules its profile."""

import struct
from typing import Any, cast

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from .code_points import CodePoints
from .color_spaces import XY, ColorSpace, Primaries
from .transfer_curves import Curve, Gamma, Transfer

CODE_POINTS = "code_points"
"""The key, in an image's ``info``, of the :class:`CodePoints` that Pillow does not pass on."""

_SRGB_GAMMA = 0.45455
_GAMMA_TOLERANCE = 0.0001
_ADOBE_RGB = ColorSpace(Primaries((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), Gamma(563 / 256))
# EXIF 3.0 and DCF 2.0; 2 is no standard, but what several cameras write.
_EXIF_IFD, _INTEROPERABILITY_IFD = 0x8769, 0xA005
_COLOR_SPACE, _INTEROPERABILITY_INDEX = 0xA001, 1
_EXIF_ADOBE_RGB, _EXIF_UNCALIBRATED, _DCF_ADOBE_RGB = 2, 0xFFFF, "R03"


def space_over_profile(image: Image.Image) -> ColorSpace | None:
    """Return what counts even if there is a profile: a PNG's chunk cICP.

    Raises :class:`ValueError` if it stands for no known colour space.
    """
    return _space_of_code_points(image) if image.format == "PNG" else None


def space_without_profile(image: Image.Image) -> ColorSpace | None:
    """Return what counts if there is no profile: nclx; sRGB, gAMA and cHRM; EXIF, in this order.

    Raises :class:`ValueError` if it stands for no known colour space.
    """
    found = _space_of_png(image.info) if image.format == "PNG" else _space_of_code_points(image)
    return found or _space_of_exif(image)


def _space_of_code_points(image: Image.Image) -> ColorSpace | None:
    told: CodePoints | None = image.info.get(CODE_POINTS)
    if told is None and (nclx := image.info.get("nclx_profile")):  # pillow-heif's
        told = CodePoints(nclx["color_primaries"], nclx["transfer_characteristics"])
    return told and told.color_space()


def _space_of_png(info: dict[Any, Any]) -> ColorSpace | None:
    """Read the chunks of PNG (W3C, third edition), 11.3.2.1, 11.3.2.2 and 11.3.2.5."""
    if "srgb" in info:
        return ColorSpace()
    gamma: float | None = info.get("gamma")
    chromaticity: tuple[float, ...] | None = info.get("chromaticity")
    if gamma is None and chromaticity is None:
        return None
    transfer: Transfer = Curve.SRGB  # which encoders approximate by this gamma, for old programs
    if gamma is not None and abs(gamma - _SRGB_GAMMA) > _GAMMA_TOLERANCE:
        if not 0.05 <= gamma <= 20:
            raise ValueError("nothing has such a gamma")
        transfer = Gamma(1 / gamma)
    if chromaticity is None:
        return ColorSpace(transfer=transfer)
    white, red, green, blue = (
        cast("XY", chromaticity[start : start + 2]) for start in range(0, 8, 2)
    )
    return ColorSpace(Primaries(red, green, blue, white), transfer)


def _space_of_exif(image: Image.Image) -> ColorSpace | None:
    if "exif" not in image.info and not isinstance(image, TiffImageFile):
        return None  # asking for it would load the pixels of a PNG
    try:
        exif = image.getexif()
        number = exif.get_ifd(_EXIF_IFD).get(_COLOR_SPACE)
        index = exif.get_ifd(_INTEROPERABILITY_IFD).get(_INTEROPERABILITY_INDEX)
    except (SyntaxError, ValueError, KeyError, struct.error):
        return None  # too damaged to read
    is_dcf = number == _EXIF_UNCALIBRATED and str(index).startswith(_DCF_ADOBE_RGB)
    return _ADOBE_RGB if number == _EXIF_ADOBE_RGB or is_dcf else None
