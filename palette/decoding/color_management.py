"""From the colours a file means to the sRGB colours they are."""

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Literal, cast

import numpy as np
from PIL import Image, ImageCms
from PIL._imagingcms import CmsProfile

from .cmyk import cmyk_to_srgb

Converter = Callable[[Image.Image], Image.Image]

BROKEN_PROFILE = "Its colour profile is broken and was ignored."
_MAX_PROFILE_BYTES = 4 * 1024 * 1024
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
# A grid of colours: a profile that moves none of them by more than a step is sRGB by another name.
_PROBE = np.stack(np.meshgrid(*[np.arange(0, 256, 51)] * 3, indexing="ij"), -1).astype(np.uint8)


def srgb_converter(image: Image.Image) -> tuple[Converter, str | None]:
    """Return what turns ``image`` (or a part, frame or colour of it) into sRGB, and a note.

    The function takes images of modes L, LA, RGB, RGBA, CMYK and LAB and returns mode RGB or, with
    alpha, RGBA. An embedded profile is honoured by LittleCMS (relative colorimetric, with black
    point compensation); one that is broken or does not fit the image is ignored, with the note.
    CMYK without a profile is taken for web offset print.
    """
    icc: bytes | None = image.info.get("icc_profile")
    if icc:
        try:
            return _with_alpha(_profiled(icc, _base_mode(image.mode))), None
        except (ImageCms.PyCMSError, OSError, ValueError):
            return _with_alpha(_unprofiled), BROKEN_PROFILE
    return _with_alpha(_unprofiled), None


def _base_mode(mode: str) -> str:
    if mode in {"CMYK", "LAB"}:
        return mode
    return "L" if mode in {"1", "L", "LA", "F"} or mode.startswith("I") else "RGB"


def _with_alpha(convert: Converter) -> Converter:
    def converter(image: Image.Image) -> Image.Image:
        if image.mode not in {"LA", "RGBA"}:
            return convert(image)
        colors = convert(image.convert(image.mode[:-1]))
        colors.putalpha(image.getchannel("A"))
        return colors

    return converter


def _unprofiled(image: Image.Image) -> Image.Image:
    if image.mode == "CMYK":
        return Image.fromarray(cmyk_to_srgb(np.asarray(image)))
    if image.mode == "LAB":
        return _transform(_made("LAB"), "LAB")(image)
    return image.convert("RGB")


@lru_cache(maxsize=8)
def _profiled(icc: bytes, base_mode: str) -> Converter:
    if len(icc) > _MAX_PROFILE_BYTES:
        raise ValueError("the profile is too large")
    profile = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    mode = _MODES.get(_handle(profile).xcolor_space.strip(), "")
    if mode != base_mode and (mode, base_mode) != ("RGB", "L"):
        raise ValueError("the profile is for another kind of image")
    convert = _transform(profile, mode)
    if mode == "RGB":
        probe = Image.fromarray(_PROBE.reshape(1, -1, 3))
        moved = np.asarray(convert(probe)).astype(int) - np.asarray(probe)
        if np.abs(moved).max() <= 1:
            return _unprofiled
    return lambda image: convert(image if image.mode == mode else image.convert(mode))


def _made(space: Literal["LAB", "sRGB"]) -> ImageCms.ImageCmsProfile:
    # Pillow leaves the types of its own handles open.
    made = cast("CmsProfile", ImageCms.createProfile(space))  # pyright: ignore[reportUnknownMemberType]
    return ImageCms.ImageCmsProfile(made)


def _handle(profile: ImageCms.ImageCmsProfile) -> CmsProfile:
    return cast("CmsProfile", profile.profile)  # pyright: ignore[reportUnknownMemberType]


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> Converter:
    transform = ImageCms.buildTransform(
        profile,
        _made("sRGB"),
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
