"""A JPEG can go over its pixels again and again, at a few bytes each time."""

import struct

import pytest

from palette import TruncatedImageError, extract
from palette.decoding.bombs import check_scans
from palette.decoding.decode import decode
from tests.palette.pictures import encoded, noise


def of_many_scans(count: int, *, progressive: bool, size: int = 9990) -> bytes:
    """Make a JPEG that is as large as may be, and has its first scans again and again."""
    data = encoded(noise(16, 16), "JPEG", progressive=progressive)
    frame = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    scans = data.index(b"\xff\xda")
    one = bytes.fromhex(
        "ffda 0008 01 0100 000000 12" if progressive else "ffda 0008 01 0100 003f00 12"
    )
    large = data[: frame + 5] + struct.pack(">HH", size, size) + data[frame + 9 : scans]
    return large + count * one + b"\xff\xd9"


@pytest.mark.parametrize("progressive", [True, False])
def test_a_few_bytes_cannot_take_minutes(*, progressive: bool) -> None:
    with pytest.raises(TruncatedImageError) as error:
        extract(of_many_scans(5000, progressive=progressive))
    assert str(error.value) == "The image is damaged: it has too many scans."


def test_a_small_picture_may_have_many_scans() -> None:
    data = of_many_scans(1000, progressive=True, size=64)
    assert decode(data).rgb.shape == (1, 64, 64, 3)


@pytest.mark.parametrize("options", [{"progressive": True}, {"progressive": False}, {"quality": 5}])
def test_what_programs_write_has_few_at_any_size(options: dict[str, object]) -> None:
    check_scans(encoded(noise(200, 200), "JPEG", **options), 100_000_000)


def test_what_only_looks_like_scans_does_not_count_if_one_is_enough() -> None:
    """Other files often follow a photo, a film of its moment for one."""
    photo = encoded(noise(64, 64), "JPEG", comment=b"\xff\xda" * 1000)
    check_scans(photo + b"\xff\xda" * 100_000, 100_000_000)


@pytest.mark.parametrize("end", range(3, 24))
def test_a_header_that_ends_early_is_cut_short(end: int) -> None:
    with pytest.raises(TruncatedImageError):
        decode(encoded(noise(16, 16), "JPEG")[:end])
