"""Colours are what their profile says."""

import numpy as np
import pytest
from coloraide import Color
from PIL import Image, ImageCms

from palette import RGB, Note, NoteKind, extract
from palette.decoding.decode import decode
from tests.palette.icc_profiles import cmyk_profile, gray_profile, rgb_profile
from tests.palette.images import LOSSLESS, LOSSY, encode, noise, stripes

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
P3 = rgb_profile("display-p3-linear", 2.2)
IGNORED = (Note(NoteKind.BROKEN_PROFILE),)
STRIPES = stripes((200, 60, 40), (60, 140, 70), (40, 60, 160), (128, 128, 128))


def only_color(data: bytes) -> RGB:
    counts = decode(data, max_distinct=1).distinct
    assert counts is not None
    (color,) = counts
    return color


def as_srgb(color: Color) -> list[float]:
    return [255 * value for value in color.convert("srgb").clip().coords()]


def flat(color: tuple[int, ...] | int, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (9, 9), color)


@pytest.mark.parametrize("rgb", [(200, 60, 40), (60, 140, 70), (40, 60, 160), (128, 128, 128)])
@pytest.mark.parametrize(
    ("space", "gamma"),
    [
        ("display-p3-linear", 2.2),
        ("a98-rgb-linear", 2.19921875),
        ("prophoto-rgb-linear", 1.8),
    ],
)
def test_wide_color_spaces_become_srgb(space: str, gamma: float, rgb: RGB) -> None:
    seen = only_color(encode(flat(rgb), icc_profile=rgb_profile(space, gamma)))
    light = [(value / 255) ** gamma for value in rgb]
    assert seen == pytest.approx(as_srgb(Color(space, light)), abs=1.5)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "JPEG", "AVIF", "HEIF"])
def test_profile_is_applied_in_every_format_that_can_hold_one(kind: str) -> None:
    options = {**LOSSLESS, **LOSSY}[kind]
    pixels = np.full((64, 64, 3), (60, 140, 70), np.uint8)
    seen = decode(encode(pixels, kind, icc_profile=P3, **options)).rgb[0, 32, 32]
    expected = decode(encode(pixels, icc_profile=P3)).rgb[0, 32, 32]
    assert expected.tolist() != [60, 140, 70]
    assert seen.tolist() == pytest.approx(expected.tolist(), abs=4)


def test_srgb_profile_changes_nothing() -> None:
    assert decode(encode(STRIPES, icc_profile=SRGB)).rgb.tolist() == [STRIPES.tolist()]


def test_almost_srgb_is_not_taken_for_srgb() -> None:
    data = encode(flat((12, 12, 12)), icc_profile=rgb_profile("srgb-linear", 2.2))
    assert only_color(data) == pytest.approx(
        as_srgb(Color("srgb-linear", [(12 / 255) ** 2.2] * 3)), abs=1
    )


@pytest.mark.parametrize("gamma", [1.0, 1.8, 2.2])
def test_gray_profile_is_applied(gamma: float) -> None:
    seen = only_color(encode(flat(100, "L"), icc_profile=gray_profile(gamma)))
    light = (100 / 255) ** gamma
    assert seen == pytest.approx(as_srgb(Color("srgb-linear", [light] * 3)), abs=1.5)


def test_gray_image_may_have_an_rgb_profile() -> None:
    palette = extract(encode(flat(100, "L"), icc_profile=P3))
    assert not palette.notes
    (swatch,) = palette
    assert max(swatch.rgb) - min(swatch.rgb) <= 1


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_alpha_is_not_changed(mode: str) -> None:
    color = (60, 140, 70, 51) if mode == "RGBA" else (100, 51)
    profile = P3 if mode == "RGBA" else gray_profile(1.0)
    raster = decode(encode(flat(color, mode), icc_profile=profile))
    opaque = decode(
        encode(flat(color[:-1] if mode == "RGBA" else 100, mode[:-1]), icc_profile=profile)
    )
    assert (raster.alpha == 51).all()
    assert raster.rgb.tolist() == opaque.rgb.tolist()


@pytest.mark.parametrize(
    "lab", [(100, 0, 0), (54, 40, 20), (54, -40, 20), (30, 10, -50), (0, 0, 0), (70, -1, 0)]
)
def test_lab_is_read_as_d50(lab: tuple[int, int, int]) -> None:
    lightness, a, b = lab
    image = flat((round(lightness * 2.55), a + 128, b + 128), "LAB")
    assert only_color(encode(image, "TIFF")) == pytest.approx(as_srgb(Color("lab", lab)), abs=2.5)


OVERPRINTS = np.zeros((2, 2, 2, 2, 3))
for inks in np.ndindex(2, 2, 2, 2):
    cyan, magenta, yellow, black = inks
    lightness = 100 - 30 * cyan - 35 * magenta - 5 * yellow
    OVERPRINTS[inks] = (
        lightness * (1 - 0.8 * black),
        30 * magenta - 20 * cyan,
        40 * yellow - 30 * cyan,
    )


@pytest.mark.parametrize("inks", [(0, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 1, 1, 0)])
def test_cmyk_follows_its_own_profile(inks: tuple[int, int, int, int]) -> None:
    data = encode(
        flat(tuple(255 * ink for ink in inks), "CMYK"),
        "TIFF",
        icc_profile=cmyk_profile(OVERPRINTS),
    )
    seen = extract(data)
    assert not seen.notes
    expected = as_srgb(Color("lab", OVERPRINTS[inks].tolist()))
    assert seen.swatches[0].rgb == pytest.approx(expected, abs=4)


def test_paper_is_white_whatever_its_color() -> None:
    yellowish = cmyk_profile(OVERPRINTS, paper=(0.8, 0.82, 0.5))
    assert only_color(encode(flat((0, 0, 0, 0), "CMYK"), "TIFF", icc_profile=yellowish)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize(
    "profile",
    [
        pytest.param(b"no profile at all", id="text"),
        pytest.param(P3[:200], id="cut short"),
        pytest.param(P3[:128] + b"\xff\xff\xff\xff" + P3[132:], id="lying table"),
        pytest.param(P3[:16] + b"\xff\xfe\xfd\xfc" + P3[20:], id="unknown colour space"),
        pytest.param(P3.replace(b"rTRC", b"rXXX"), id="curve missing"),
        pytest.param(cmyk_profile(OVERPRINTS), id="CMYK"),
        pytest.param(gray_profile(2.2), id="grey"),
        pytest.param(P3 + bytes(4 * 1024 * 1024), id="huge"),
    ],
)
def test_impossible_profile_is_ignored_with_a_note(profile: bytes) -> None:
    raster = decode(encode(STRIPES, "TIFF", icc_profile=profile))
    assert raster.rgb.tolist() == [STRIPES.tolist()]
    assert raster.notes == IGNORED


def test_note_reaches_the_palette() -> None:
    assert extract(encode(STRIPES, icc_profile=b"broken")).notes == IGNORED
    assert extract(encode(noise(64, 64), icc_profile=b"broken")).notes == IGNORED


def test_profile_is_applied_to_a_reduced_image() -> None:
    pixels = noise(300, 500)
    managed = decode(encode(pixels, icc_profile=P3), target_pixels=100 * 100).rgb.astype(int)
    unmanaged = decode(encode(pixels), target_pixels=100 * 100).rgb.astype(int)
    assert managed.shape == unmanaged.shape
    assert 1 < np.abs(managed - unmanaged).mean() < 40
