"""Large progressive JPEGs are decoded without the scans that only refine details."""

import io
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from palette import TruncatedImageError, extract
from palette.decoding.decode import decode
from palette.decoding.scans import without_refinements
from tests.palette.differences import mean_difference
from tests.palette.images import encode, noise, photo

SCAN = b"\xff\xda"
SMALL = encode(photo("china.jpg").resize((120, 80)), "JPEG", progressive=True)


@cache
def large_photo(*, progressive: bool) -> bytes:
    """Return twelve megapixels of a photo, with grain."""
    pixels = np.asarray(photo("china.jpg").resize((4200, 2860)))
    grain = np.tile(noise(286, 420) // 16, (10, 10, 1))
    return encode(pixels - np.minimum(pixels, grain), "JPEG", progressive=progressive)


def quarter(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.draft(None, (image.width // 4, image.height // 4))
    return image.convert("RGB")


def test_what_is_left_of_a_file_shows_nearly_the_same_at_a_quarter_of_its_size() -> None:
    lighter = without_refinements(SMALL)
    assert lighter
    assert (SMALL.count(SCAN), lighter.count(SCAN)) == (10, 6)
    assert len(lighter) < 0.6 * len(SMALL)
    apart = np.asarray(quarter(lighter)).astype(int) - np.asarray(quarter(SMALL))
    assert np.abs(apart).mean() < 5


def test_large_progressive_photo_keeps_its_colors_and_shares() -> None:
    data = large_photo(progressive=True)
    every_pixel = encode(Image.open(io.BytesIO(data)), "BMP")
    found, exact = extract(data), extract(every_pixel)
    assert mean_difference(found, exact) < 2
    assert found.dominant.share == pytest.approx(exact.dominant.share, abs=0.03)


def test_large_progressive_photo_is_seen_in_more_detail_than_another() -> None:
    progressive, sequential = (
        decode(large_photo(progressive=progressive)) for progressive in (True, False)
    )
    assert progressive.rgb.size > sequential.rgb.size


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(encode(noise(16, 16)), id="PNG"),
        pytest.param(encode(noise(64, 64), "JPEG"), id="sequential"),
        pytest.param(SMALL.replace(b"\xff\xc2", b"\xff\xca"), id="arithmetic coding"),
        pytest.param(SMALL.replace(SCAN, b"\xff\xfe\0\2" * 10_000 + SCAN), id="countless parts"),
    ],
)
def test_other_files_stay_as_they_are(data: bytes) -> None:
    assert without_refinements(data) is None


def test_scans_without_refinements_stay_as_they_are() -> None:
    lighter = without_refinements(SMALL)
    assert lighter
    assert without_refinements(lighter) is None


def test_incomplete_file_stays_as_it_is() -> None:
    for end in range(len(SMALL) - 1):
        assert without_refinements(SMALL[:end]) is None


def test_large_incomplete_photo_is_refused() -> None:
    data = large_photo(progressive=True)
    with pytest.raises(TruncatedImageError):
        decode(data[: len(data) // 2])


def test_what_follows_the_image_stays() -> None:
    lighter = without_refinements(SMALL + b"a film")
    assert lighter
    assert lighter.endswith(b"\xff\xd9a film")


@given(
    st.integers(0, len(SMALL) - 1),
    st.binary(max_size=8),
)
def test_whatever_the_bytes_no_part_is_added_or_moved(at: int, scribble: bytes) -> None:
    data = SMALL[:at] + scribble + SMALL[at + len(scribble) :]
    lighter = without_refinements(data)
    if lighter is None:
        return
    rest = iter(data)
    assert all(byte in rest for byte in lighter)  # in this order
    assert lighter.startswith(data[:2])
