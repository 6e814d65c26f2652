"""Colour management: from the colours stored in a file to sRGB."""

import io
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Literal, cast

import numpy as np
from PIL import Image, ImageCms
from PIL._imagingcms import CmsProfile

from palette.model import Note, NoteKind

from .cmyk import cmyk_to_srgb
from .spaces.code_points import read_cicp_tag
from .spaces.color_spaces import ColorSpace, to_srgb
from .spaces.color_tags import space_over_profile, space_without_profile

Converter = Callable[[Image.Image], Image.Image]
"""Takes an image in a mode of :data:`.modes.PLAIN_MODES`; returns RGB or, with alpha, RGBA."""

_MAX_PROFILE_BYTES = 4 * 1024 * 1024
_MODE_BY_COLOR_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
# A grid of colours: a profile that moves none of them by more than one level is sRGB in disguise.
_PROBE = np.stack(np.meshgrid(*[np.arange(0, 256, 51)] * 3, indexing="ij"), -1).astype(np.uint8)


def srgb_converter(image: Image.Image) -> tuple[Converter, Note | None]:
    """Return a function that converts ``image``, its parts and its frames to sRGB, and a note.

    What the file says counts in the order of its format's standard. An embedded profile is applied
    by LittleCMS (relative colorimetric, with black point compensation). HDR is tone-mapped, and
    what is broken, unknown or for another kind of image is ignored, which the note says. CMYK
    without a profile is taken for web offset printing.
    """
    note = None
    for find, problem in (
        (_converter_over_profile, NoteKind.UNKNOWN_COLOR_SPACE),
        (_converter_by_profile, NoteKind.BROKEN_PROFILE),
        (_converter_without_profile, NoteKind.UNKNOWN_COLOR_SPACE),
    ):
        try:
            found = find(image)
        except (ImageCms.PyCMSError, OSError, ValueError):
            note = note or Note(problem)
            continue
        if found:
            convert, is_hdr = found
            if convert is not _convert_unprofiled:
                convert = _keeping_alpha(convert)
            return convert, note or (Note(NoteKind.HDR) if is_hdr else None)
    return _convert_unprofiled, note


def _converter_over_profile(image: Image.Image) -> tuple[Converter, bool] | None:
    return _space_converter(space_over_profile(image), image.mode)


def _converter_by_profile(image: Image.Image) -> tuple[Converter, bool] | None:
    icc: bytes | None = image.info.get("icc_profile", b"")
    if icc is None:
        raise ValueError("the profile cannot be unpacked")
    if not icc:
        return None
    space = _space_of_tag(icc)
    if space is not None and space.is_hdr:
        return _space_converter(space, image.mode)
    return _profile_converter(icc, _base_mode(image.mode)), False


def _space_of_tag(icc: bytes) -> ColorSpace | None:
    """Return the colour space that the tag of a profile names, if it is a known one."""
    told = read_cicp_tag(icc)
    with suppress(ValueError):
        return told and told.color_space()
    return None


def _converter_without_profile(image: Image.Image) -> tuple[Converter, bool] | None:
    return _space_converter(space_without_profile(image), image.mode)


def _space_converter(space: ColorSpace | None, mode: str) -> tuple[Converter, bool] | None:
    """Return a converter from this colour space, and whether it is an HDR one."""
    if space is None or _base_mode(mode) in {"CMYK", "LAB"}:
        return None

    def convert(image: Image.Image) -> Image.Image:
        return Image.fromarray(to_srgb(np.asarray(image.convert("RGB")), space))

    return _convert_unprofiled if _is_identity(convert) else convert, space.is_hdr


def _base_mode(mode: str) -> str:
    """Return the mode, without alpha, that an image of this mode has when it is converted."""
    if mode in {"CMYK", "LAB"}:
        return mode
    return "L" if mode in {"1", "L", "LA", "F"} or mode.startswith("I") else "RGB"


def _keeping_alpha(convert: Converter) -> Converter:
    def converter(image: Image.Image) -> Image.Image:
        if image.mode not in {"LA", "RGBA"}:
            return convert(image)
        colors = convert(image.convert(image.mode[:-1]))
        colors.putalpha(image.getchannel("A"))
        return colors

    return converter


def _convert_unprofiled(image: Image.Image) -> Image.Image:
    if image.mode == "CMYK":
        return Image.fromarray(cmyk_to_srgb(np.asarray(image)))
    if image.mode == "LAB":
        return _transform(_builtin_profile("LAB"), "LAB")(image)
    return image.convert("RGBA" if image.mode in {"LA", "RGBA"} else "RGB")


@lru_cache(maxsize=8)
def _profile_converter(icc: bytes, base_mode: str) -> Converter:
    if len(icc) > _MAX_PROFILE_BYTES:
        raise ValueError("the profile is too large")
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    mode = _MODE_BY_COLOR_SPACE.get(_handle(profile).xcolor_space.strip(), "")
    if mode != base_mode and (mode, base_mode) != ("RGB", "L"):
        raise ValueError("the profile is for another kind of image")
    convert = _transform(profile, mode)
    if mode == "RGB" and _is_identity(convert):
        return _convert_unprofiled
    return lambda image: convert(image if image.mode == mode else image.convert(mode))


def _is_identity(convert: Converter) -> bool:
    """Return whether a conversion moves no colour by more than one level."""
    probe = Image.fromarray(_PROBE.reshape(1, -1, 3))
    moved = np.asarray(convert(probe)).astype(int) - np.asarray(probe)
    return bool(np.abs(moved).max() <= 1)


def _builtin_profile(space: Literal["LAB", "sRGB"]) -> ImageCms.ImageCmsProfile:
    # Pillow leaves the types of its own handles open.
    profile = cast("CmsProfile", ImageCms.createProfile(space))  # pyright: ignore[reportUnknownMemberType]
    return ImageCms.ImageCmsProfile(profile)


def _handle(profile: ImageCms.ImageCmsProfile) -> CmsProfile:
    return cast("CmsProfile", profile.profile)  # pyright: ignore[reportUnknownMemberType]


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> Converter:
    transform = ImageCms.buildTransform(
        profile,
        _builtin_profile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )

    def apply(image: Image.Image) -> Image.Image:
        result = ImageCms.applyTransform(image, transform)
        if result is None:  # only an in-place transform returns nothing
            raise ImageCms.PyCMSError("no image")
        return result

    return apply
