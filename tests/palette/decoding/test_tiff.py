"""TIFFs of every kind of pixel, stored in every way."""

import struct
from itertools import product

import numpy as np
import pytest
from coloraide import Color
from PIL import Image

from palette import Note, NoteKind, TruncatedImageError, UnsupportedFormatError, extract
from palette.decoding.decode import decode
from tests.palette.icc_profiles import cmyk_profile, rgb_profile
from tests.palette.images import encode, noise
from tests.palette.tiffs import DEFLATE, LZW, NONE, PACK_BITS, tiff

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK, YCBCR, LAB, ICC_LAB = 0, 1, 2, 5, 6, 8, 9
PREMULTIPLIED, UNASSOCIATED = {338: (3, [1])}, {338: (3, [2])}
PIXELS = noise(20, 27)
TYPES = ["i1", "u1", "u2", "u4", "i2", "i4", "f2", "f4", "f8"]


def samples_of(pixels: np.ndarray, kind: str) -> np.ndarray:
    """Return bytes as samples of this type, from its zero to its white."""
    dtype = np.dtype(kind)
    white = 1 if dtype.kind == "f" else np.iinfo(dtype).max
    scaled = pixels / 255 * white
    return scaled.astype(dtype) if dtype.kind == "f" else np.rint(scaled).astype(dtype)


def flat(*values: float, dtype: str = "u1") -> np.ndarray:
    return np.tile(np.array(values, dtype), (12, 14, 1))


def levels_off(data: bytes, pixels: np.ndarray) -> int:
    """Return by how many levels a pixel is off at most."""
    return int(np.abs(decode(data).rgb[0].astype(int) - pixels).max())


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("photometric", [WHITE_IS_ZERO, BLACK_IS_ZERO, RGB])
@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])
def test_every_type_of_sample_is_read(kind: str, photometric: int, order: str, big: bool) -> None:  # noqa: FBT001
    pixels = PIXELS if photometric == RGB else PIXELS[..., :1]
    stored = 255 - pixels if photometric == WHITE_IS_ZERO else pixels
    for compression, tile, planar in product((NONE, LZW), (None, 16), (False, True)):
        data = tiff(
            samples_of(stored, kind),
            photometric,
            compression=compression,
            tile=tile,
            planar=planar,
            order=order,
            big=big,
        )
        assert levels_off(data, pixels) <= 1


@pytest.mark.parametrize(
    ("kind", "predictor"), [("u2", 2), ("u4", 2), ("i2", 2), ("f2", 3), ("f4", 3), ("f8", 3)]
)
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("tile", [None, 16])
@pytest.mark.parametrize("planar", [False, True])
def test_predictors_are_undone(
    kind: str,
    predictor: int,
    order: str,
    tile: int | None,
    planar: bool,  # noqa: FBT001
) -> None:
    for compression in (LZW, DEFLATE):
        data = tiff(
            samples_of(PIXELS, kind),
            RGB,
            compression=compression,
            predictor=predictor,
            tile=tile,
            planar=planar,
            order=order,
        )
        assert levels_off(data, PIXELS) <= 1


def test_packed_bits_are_unpacked() -> None:
    data = tiff(samples_of(PIXELS, "f4"), RGB, compression=PACK_BITS)
    assert levels_off(data, PIXELS) <= 1


def test_floats_are_scaled_by_what_is_visible() -> None:
    bright = np.concatenate([flat(4, 2, 0, 1, dtype="f4")[:6], flat(9, 9, 9, 0, dtype="f4")[:6]])
    assert extract(tiff(bright, RGB, tags=UNASSOCIATED)).hex == ("#ff8000",)
    nothing = flat(np.nan, np.inf, -1, dtype="f4")
    assert extract(tiff(nothing, RGB)).hex == ("#00ff00",)


def test_whole_numbers_of_32_bits_are_scaled_by_the_range_they_use() -> None:
    assert extract(tiff(flat(65535, 32768, 0, dtype="u4"), RGB)).hex == ("#ff8000",)
    assert extract(tiff(flat(2**32 - 1, 2**31, 0, dtype="u4"), RGB)).hex == ("#ff8000",)


@pytest.mark.parametrize(
    ("samples", "color_space"),
    [
        (flat(100, 50, 0, 128), RGB),
        (flat(25700, 12850, 0, 32896, dtype="u2"), RGB),
        (flat(0.4, 0.2, 0, 0.5, dtype="f4"), RGB),
        (flat(100, 128), BLACK_IS_ZERO),
        (flat(25700, 32896, dtype="u2"), BLACK_IS_ZERO),
    ],
    ids=["8 bits", "16 bits", "floats", "grey", "grey of 16 bits"],
)
def test_premultiplied_alpha_is_undone(samples: np.ndarray, color_space: int) -> None:
    samples = np.concatenate([samples, np.zeros_like(samples)])
    palette = extract(tiff(samples, color_space, tags=PREMULTIPLIED))
    (swatch,) = palette  # what is fully transparent is no colour
    expected = (200, 100, 0) if color_space == RGB else (200,) * 3
    assert swatch.rgb == pytest.approx(expected, abs=4)


@pytest.mark.parametrize("dtype", ["u1", "u2"])
@pytest.mark.parametrize("tags", [{}, UNASSOCIATED, {338: (3, [0])}], ids=["none", "alpha", "spot"])
def test_inks_are_read_with_and_without_alpha(
    dtype: str, tags: dict[int, tuple[int, list[int]]]
) -> None:
    inks = (0, 255, 255, 0) + (255,) * bool(tags)
    shown = samples_of(flat(*inks), dtype)
    hidden = samples_of(flat(255, 0, 0, 0, 0), dtype)
    is_alpha = tags == UNASSOCIATED
    palette = extract(tiff(np.concatenate([shown, hidden]) if is_alpha else shown, CMYK, tags=tags))
    assert palette.hex == ("#ed1c24",)


LAB_COLORS = [(54, 60, 40), (54, -60, 40), (30, 10, -50), (100, 0, 0), (0, 0, 0)]


@pytest.mark.parametrize("lab", LAB_COLORS)
@pytest.mark.parametrize("bits", [8, 16])
@pytest.mark.parametrize("photometric", [LAB, ICC_LAB])
@pytest.mark.parametrize("has_alpha", [False, True])
def test_lab_is_read_in_both_depths(
    lab: tuple[int, int, int],
    bits: int,
    photometric: int,
    has_alpha: bool,  # noqa: FBT001
) -> None:
    scale, middle = 1 << bits - 8, 128 if photometric == ICC_LAB else 0
    white = (255 * scale) if bits == 8 or photometric == ICC_LAB else 65535
    lightness, a, b = lab
    values = [round(lightness / 100 * white), *((v + middle) * scale % (1 << bits) for v in (a, b))]
    samples = flat(*values, *[(1 << bits) - 1] * has_alpha, dtype=f"u{bits // 8}")
    (swatch,) = extract(tiff(samples, photometric, tags=UNASSOCIATED if has_alpha else None))
    expected = [255 * value for value in Color("lab", lab).convert("srgb").clip().coords()]
    assert swatch.rgb == pytest.approx(expected, abs=2.5)


@pytest.mark.parametrize("subsampling", [(1, 1), (2, 1), (2, 2)])
def test_ycbcr_is_read_however_it_is_subsampled(subsampling: tuple[int, int]) -> None:
    across, down = subsampling
    unit = [82] * (across * down) + [90, 240]
    body = bytes(unit) * (16 // across * 16 // down)
    tags = {
        256: (4, [16]),
        257: (4, [16]),
        258: (3, [8, 8, 8]),
        277: (3, [3]),
        278: (4, [16]),
        279: (4, [len(body)]),
        530: (3, list(subsampling)),
    }
    samples = np.frombuffer(body, np.uint8).reshape(1, -1, 1)
    (swatch,) = extract(tiff(samples, YCBCR, tags=tags))
    assert swatch.rgb == pytest.approx((239, 15, 15), abs=3)


def test_profile_of_inks_with_alpha_is_applied() -> None:
    overprints = np.zeros((2, 2, 2, 2, 3))
    overprints[..., 0], overprints[0, 1, 1, 0] = 100, (50, 40, -30)
    tags = UNASSOCIATED | {34675: (1, list(cmyk_profile(overprints)))}
    palette = extract(tiff(flat(0, 255, 255, 0, 255), CMYK, tags=tags))
    expected = [255 * v for v in Color("lab", (50, 40, -30)).convert("srgb").clip().coords()]
    assert palette.swatches[0].rgb == pytest.approx(expected, abs=4)
    assert not palette.notes


def test_profile_is_applied_to_floats() -> None:
    profile = rgb_profile("display-p3-linear", 2.2)
    data = tiff(flat(234 / 255, 0.2, 35 / 255, dtype="f4"), RGB, tags={34675: (1, list(profile))})
    (swatch,) = extract(data)
    assert swatch.rgb == pytest.approx((255, 0, 0), abs=2)


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_deep_pixels_are_turned_upright_like_others(orientation: int) -> None:
    deep, shallow = (
        decode(tiff(samples_of(PIXELS, kind), RGB, tags={274: (3, [orientation])})).rgb
        for kind in ("f4", "u1")
    )
    assert deep.shape == shallow.shape
    assert np.abs(deep.astype(int) - shallow).max() <= 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(tiff(flat(1, 2, 3, dtype="u2"), YCBCR), id="deep YCbCr"),
        pytest.param(tiff(flat(3, dtype="u2"), 3), id="deep palette"),
        pytest.param(tiff(flat(3, dtype="u2"), 32844), id="LogLuv"),
        pytest.param(tiff(flat(*range(12)), BLACK_IS_ZERO), id="12 channels"),
        pytest.param(tiff(flat(1, 2, 3), RGB, tags={258: (3, [12] * 3)}), id="12 bits"),
        pytest.param(tiff(flat(1, 2, 3), RGB, tags={258: (3, [5, 6, 5])}), id="mixed depths"),
        pytest.param(tiff(flat(1, dtype="u4"), 1, tags={339: (3, [5])}), id="complex"),
        pytest.param(tiff(flat(1), 1, tags={259: (3, [34712])}), id="JPEG 2000"),
    ],
)
def test_other_kinds_are_refused_without_blaming_the_file(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError) as error:
        extract(data)
    assert str(error.value) == "This kind of TIFF cannot be read."


def test_damaged_deep_tiff_is_refused() -> None:
    data = bytearray(tiff(samples_of(PIXELS, "f4"), RGB, compression=DEFLATE))
    data[8:60] = bytes(52)
    with pytest.raises(TruncatedImageError):
        extract(bytes(data))


@pytest.mark.parametrize(
    ("pages", "is_noted"), [([{}], True), ([{254: 1}], False), ([{254: 4}, {}], True)]
)
def test_only_pages_are_noted_and_no_thumbnails(
    pages: list[dict[int, int]],
    is_noted: bool,  # noqa: FBT001
) -> None:
    data = bytearray(encode(Image.new("RGB", (8, 8), (200, 30, 60)), "TIFF"))
    (at,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, at)
    link = at + 2 + 12 * count
    for page in pages:
        struct.pack_into("<I", data, link, len(data))
        entries = {256: 1, 257: 1} | page
        data += struct.pack("<H", len(entries))
        for tag, value in sorted(entries.items()):
            data += struct.pack("<HHII", tag, 4, 1, value)
        link = len(data)
        data += bytes(4)
    palette = extract(bytes(data))
    assert palette.hex == ("#c81e3c",)
    assert palette.notes == ((Note(NoteKind.FIRST_PAGE),) if is_noted else ())
