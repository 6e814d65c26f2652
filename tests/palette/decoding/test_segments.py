"""A file can be made of millions of parts that hold nothing, and take seconds to go through."""

import pytest

from palette import TruncatedImageError
from palette.decoding.decode import decode
from palette.decoding.formats import open_image
from tests.palette.pictures import encoded, noise, png_chunk

JPEG, PNG = encoded(noise(32, 32), "JPEG"), encoded(noise(32, 32))
EMPTY_CHUNK = png_chunk(b"teSt", b"")
EMPTY_SEGMENT = b"\xff\xfe\0\2"


def jpeg_with(header: bytes) -> bytes:
    return JPEG[:2] + header + JPEG[2:]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(jpeg_with(EMPTY_SEGMENT * 100_000), "it is in too many parts", id="segments"),
        pytest.param(jpeg_with(b"\xff\xd0" * 100_000), "it is in too many parts", id="markers"),
        pytest.param(
            jpeg_with(b"\xff" * 1_000_000), "it has too much in front of its pixels", id="padding"
        ),
        pytest.param(
            jpeg_with(EMPTY_SEGMENT + b"\0" * 1_000_000),
            "it has too much in front of its pixels",
            id="junk",
        ),
        pytest.param(
            PNG[:33] + EMPTY_CHUNK * 100_000 + PNG[33:], "it is in too many parts", id="before"
        ),
        pytest.param(
            PNG[:-12] + EMPTY_CHUNK * 100_000 + PNG[-12:], "it is in too many parts", id="after"
        ),
    ],
)
def test_a_file_of_countless_parts_is_refused_at_once(data: bytes, sentence: str) -> None:
    with pytest.raises(TruncatedImageError) as error:
        open_image(data)
    assert str(error.value) == f"The image is damaged: {sentence}."


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with(EMPTY_SEGMENT * 1000),
        jpeg_with(EMPTY_SEGMENT + b"\0" * 1000),
        jpeg_with(b"\xff" * 1000),
        PNG[:33] + EMPTY_CHUNK * 1000 + PNG[33:],
        PNG + bytes(2_000_000),
        JPEG + bytes(2_000_000),
        encoded(noise(32, 32), "JPEG", progressive=True, comment=b"\xff" * 60_000),
    ],
)
def test_some_empty_parts_change_nothing(data: bytes) -> None:
    assert decode(data).rgb.shape == (1, 32, 32, 3)


@pytest.mark.parametrize("data", [JPEG, PNG])
def test_a_file_may_end_anywhere(data: bytes) -> None:
    for end in range(8, 300):
        try:
            decode(data[:end])
        except TruncatedImageError:
            continue
