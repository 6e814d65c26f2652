"""JPEG XL, which the extra ``jxl`` reads."""

import io

import numpy as np
import pillow_jxl  # noqa: F401, teaches Pillow to write them
import pytest
from PIL import Image

from palette import ImageTooLargeError, Note, NoteKind, TruncatedImageError, extract
from palette.decoding import signatures
from palette.decoding.containers.jpeg_xl import jpeg_xl_size
from palette.decoding.decode import decode
from palette.errors import UnsupportedFormatError
from tests.palette.images import encode, noise

P3_RED = (234, 51, 35)
SRGB, BT2100, P3 = 1, 9, 11  # primaries (ISO/IEC 18181-1, table E.4)
SRGB_CURVE, PQ, HLG = 13, 16, 18


def jpeg_xl(image: Image.Image | np.ndarray, **options: object) -> bytes:
    return encode(image, "JXL", **({"lossless": True} | options))


def in_space(rgb: tuple[int, int, int], primaries: int, transfer: int) -> bytes:
    """Return a file whose header names a colour space: bits, the lowest first."""
    data, bits = _bits(rgb)
    # A square of a multiple of 8 pixels takes 9 bits, its depth and channels another 8.
    start, end = 17, 22
    assert bits[start : start + 2] == [0, 1]  # no XYB, and sRGB by default
    color = [0, 0, 0, *_enum(0), *_enum(1), *_enum(primaries), 0, *_enum(transfer), *_enum(0)]
    header = bits[:start] + color + bits[start + 2 : end]
    return data[:2] + _packed(header) + data[2 + -(-end // 8) :]


def animated(rgb: tuple[int, int, int]) -> bytes:
    """Return a file whose header announces an animation, of which there is one frame."""
    data, bits = _bits(rgb)
    usual_orientation, no_tone_mapping = [0, 0, 0], [1]
    animation = [1, *(0, 0), *(0, 0), *(0, 0), 0]  # 100 ticks a second, for ever
    header = [*bits[:10], 1, *usual_orientation, 0, 0, *animation, *bits[11:19], *no_tone_mapping]
    frame = bits[24:]
    duration, is_last = [0, 0], frame[16]
    assert is_last
    frame_header = [*frame[:16], *duration, *frame[16:30]]
    return data[:2] + _packed(header + bits[19:22]) + _packed(frame_header + frame[32:])


def _bits(rgb: tuple[int, int, int]) -> tuple[bytes, list[int]]:
    """Return a file of one colour, and the bits of its codestream, the lowest first."""
    data = jpeg_xl(Image.new("RGB", (64, 64), rgb))
    return data, [byte >> place & 1 for byte in data[2:] for place in range(8)]


def _packed(bits: list[int]) -> bytes:
    bits = bits + [0] * (-len(bits) % 8)
    return bytes(
        sum(bits[at + place] << place for place in range(8)) for at in range(0, len(bits), 8)
    )


def _enum(value: int) -> list[int]:
    if value < 2:
        return [value, 0]
    selector, base, size = ([0, 1], 2, 4) if value < 18 else ([1, 1], 18, 6)
    return [*selector, *(value - base >> place & 1 for place in range(size))]


@pytest.mark.parametrize(
    ("mode", "color"),
    [("L", 77), ("LA", (77, 100)), ("RGB", (200, 30, 60)), ("RGBA", (200, 30, 60, 90))],
)
def test_every_mode_is_read(mode: str, color: int | tuple[int, ...]) -> None:
    (swatch,) = extract(jpeg_xl(Image.new(mode, (40, 30), color)))
    values = (color,) * 3 if isinstance(color, int) else color
    assert swatch.rgb == (values[:1] * 3 if len(values) == 2 else values[:3])


def test_lossy_files_give_similar_colors() -> None:
    (swatch,) = extract(jpeg_xl(Image.new("RGB", (64, 64), (0, 128, 128)), lossless=False))
    assert swatch.rgb == pytest.approx((0, 128, 128), abs=3)


@pytest.mark.parametrize(
    ("space", "rgb", "expected"),
    [
        ((SRGB, SRGB_CURVE), (10, 99, 200), (10, 99, 200)),
        ((P3, SRGB_CURVE), P3_RED, (255, 0, 0)),
        ((BT2100, PQ), (148,) * 3, (243,) * 3),
        ((BT2100, HLG), (191,) * 3, (243,) * 3),
    ],
)
def test_color_spaces_are_honoured(
    space: tuple[int, int], rgb: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    palette = extract(in_space(rgb, *space))
    assert palette.swatches[0].rgb == pytest.approx(expected, abs=2)
    assert palette.notes == ((Note(NoteKind.HDR),) if space[1] in {PQ, HLG} else ())


@pytest.mark.parametrize(
    "size", [(1, 1), (8, 8), (300, 200), (16, 9), (12, 10), (640, 480), (256, 256), (1, 3000)]
)
@pytest.mark.parametrize("use_container", [False, True])
def test_size_is_known_before_anything_is_decoded(
    size: tuple[int, int],
    use_container: bool,  # noqa: FBT001
) -> None:
    data = jpeg_xl(Image.new("L", size), use_container=use_container)
    assert jpeg_xl_size(data) == size
    assert decode(data, max_pixels=size[0] * size[1]).rgb.size
    with pytest.raises(ImageTooLargeError):
        decode(data[: data.index(b"\xff\x0a") + 14], max_pixels=size[0] * size[1] - 1)


def test_animation_is_noted() -> None:
    palette = extract(animated((200, 30, 60)))
    assert palette.hex == ("#c81e3c",)
    assert palette.notes == (Note(NoteKind.FIRST_FRAME),)
    assert not extract(jpeg_xl(noise(8, 8))).notes


def test_orientation_in_exif_is_left_to_the_codestream() -> None:
    """So it says in ISO/IEC 18181-2: programs that make JPEG XL of a photo keep both."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = io.BytesIO()
    Image.new("RGB", (40, 20), P3_RED).save(file, "JXL", lossless=True, exif=exif.tobytes())
    assert decode(file.getvalue()).rgb.shape[1:3] == (20, 40)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_cut_file_is_refused(part: float) -> None:
    data = jpeg_xl(noise(64, 64))
    with pytest.raises(TruncatedImageError):
        extract(data[: int(len(data) * part)])


def test_lack_of_memory_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    data = jpeg_xl(noise(8, 8))
    monkeypatch.setattr("palette.decoding.containers.jpeg_xl.np.empty", fail)
    with pytest.raises(MemoryError):
        extract(data)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "IS_JPEG_XL_READ", False)
    with pytest.raises(UnsupportedFormatError) as error:
        extract(jpeg_xl(noise(8, 8)))
    assert str(error.value).startswith("JPEG XL")
