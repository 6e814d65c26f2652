"""Files made to cost far more time than their size suggests are refused at once."""

import struct

import pytest

from palette import TruncatedImageError, extract
from palette.decoding.bombs import check_jpeg_scans
from palette.decoding.decode import decode
from palette.decoding.formats import open_image
from tests.palette.images import encode, noise, png_chunk

JPEG, PNG = encode(noise(32, 32), "JPEG"), encode(noise(32, 32))
EMPTY_CHUNK = png_chunk(b"teSt", b"")
EMPTY_SEGMENT = b"\xff\xfe\0\2"


def jpeg_with_scans(count: int, *, progressive: bool, size: int = 9990) -> bytes:
    """Return a JPEG of nearly the largest size allowed that repeats a tiny scan."""
    data = encode(noise(16, 16), "JPEG", progressive=progressive)
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    first_scan = data.index(b"\xff\xda")
    scan = bytes.fromhex(
        "ffda 0008 01 0100 000000 12" if progressive else "ffda 0008 01 0100 003f00 12"
    )
    header = data[: frame + 5] + struct.pack(">HH", size, size) + data[frame + 9 : first_scan]
    return header + count * scan + b"\xff\xd9"


@pytest.mark.parametrize("progressive", [True, False])
def test_jpeg_with_thousands_of_scans_is_refused(*, progressive: bool) -> None:
    with pytest.raises(TruncatedImageError) as error:
        extract(jpeg_with_scans(5000, progressive=progressive))
    assert str(error.value) == "The image is damaged: it has too many scans."


def test_small_jpeg_may_have_many_scans() -> None:
    data = jpeg_with_scans(1000, progressive=True, size=64)
    assert decode(data).rgb.shape == (1, 64, 64, 3)


@pytest.mark.parametrize("options", [{"progressive": True}, {"progressive": False}, {"quality": 5}])
def test_scans_that_programs_write_are_accepted_at_any_size(options: dict[str, object]) -> None:
    check_jpeg_scans(encode(noise(200, 200), "JPEG", **options), 100_000_000)


def test_bytes_that_look_like_scans_do_not_count_if_one_scan_is_enough() -> None:
    """Other data often follows a photo, such as a short film of the moment."""
    photo = encode(noise(64, 64), "JPEG", comment=b"\xff\xda" * 1000)
    check_jpeg_scans(photo + b"\xff\xda" * 100_000, 100_000_000)


@pytest.mark.parametrize("end", range(3, 24))
def test_jpeg_header_that_ends_early_is_refused(end: int) -> None:
    with pytest.raises(TruncatedImageError):
        decode(encode(noise(16, 16), "JPEG")[:end])


def jpeg_with_header(header: bytes) -> bytes:
    return JPEG[:2] + header + JPEG[2:]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(
            jpeg_with_header(EMPTY_SEGMENT * 100_000), "it has too many parts", id="segments"
        ),
        pytest.param(
            jpeg_with_header(b"\xff\xd0" * 100_000), "it has too many parts", id="markers"
        ),
        pytest.param(
            jpeg_with_header(b"\xff" * 1_000_000),
            "there is too much before its pixels",
            id="padding",
        ),
        pytest.param(
            jpeg_with_header(EMPTY_SEGMENT + b"\0" * 1_000_000),
            "there is too much before its pixels",
            id="junk",
        ),
        pytest.param(
            PNG[:33] + EMPTY_CHUNK * 100_000 + PNG[33:], "it has too many parts", id="before"
        ),
        pytest.param(
            PNG[:-12] + EMPTY_CHUNK * 100_000 + PNG[-12:], "it has too many parts", id="after"
        ),
    ],
)
def test_file_with_countless_parts_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(TruncatedImageError) as error:
        open_image(data)
    assert str(error.value) == f"The image is damaged: {reason}."


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with_header(EMPTY_SEGMENT * 1000),
        jpeg_with_header(EMPTY_SEGMENT + b"\0" * 1000),
        jpeg_with_header(b"\xff" * 1000),
        PNG[:33] + EMPTY_CHUNK * 1000 + PNG[33:],
        PNG + bytes(2_000_000),
        JPEG + bytes(2_000_000),
        encode(noise(32, 32), "JPEG", progressive=True, comment=b"\xff" * 60_000),
    ],
)
def test_some_empty_parts_change_nothing(data: bytes) -> None:
    assert decode(data).rgb.shape == (1, 32, 32, 3)


@pytest.mark.parametrize("data", [JPEG, PNG])
def test_file_may_end_anywhere(data: bytes) -> None:
    for end in range(8, 300):
        try:
            decode(data[:end])
        except TruncatedImageError:
            continue
