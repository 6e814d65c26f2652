"""Within a block, the pixels of a still image are decoded once, with the same result."""

import numpy as np
import pytest
from PIL import Image
from PIL.ImageFile import ImageFile

from palette import ImageTooLargeError
from palette.decoding.decode import Raster, decode
from palette.decoding.once import decoding_once
from tests.fuzz.seeds import seeds
from tests.palette.images import encode, noise

SEEDS = dict(seeds())
PNG = encode(noise(40, 60))


def differently_asked(data: bytes) -> list[Raster]:
    return [
        decode(data, max_distinct=256, with_neighbors=True),
        decode(data, target_pixels=100),
        decode(data, max_frames=1),
        decode(data, target_pixels=10_000_000),
        decode(data, max_distinct=12),
    ]


@pytest.mark.parametrize("name", SEEDS)
def test_shared_pixels_give_the_same(name: str) -> None:
    apart = differently_asked(SEEDS[name])
    with decoding_once():
        together = differently_asked(SEEDS[name])
    for one, other in zip(apart, together, strict=True):
        np.testing.assert_equal(
            (one.rgb, one.alpha, one.sample.rgb, one.neighbors, one.distinct, one.notes),
            (
                other.rgb,
                other.alpha,
                other.sample.rgb,
                other.neighbors,
                other.distinct,
                other.notes,
            ),
        )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "GIF"])
def test_still_image_is_decoded_once(kind: str, loaded: list[ImageFile]) -> None:
    data = encode(Image.fromarray(noise(40, 60)), kind)
    with decoding_once():
        decode(data)
        decode(data, target_pixels=100)
    assert len(loaded) == 1
    decode(data)
    assert len(loaded) == 2


def test_large_jpeg_is_decoded_at_each_scale_that_is_needed(loaded: list[ImageFile]) -> None:
    data = encode(Image.new("L", (3400, 3400)), "JPEG")
    with decoding_once():
        for target_pixels in (100, 1_000_000, 100):
            decode(data, target_pixels=target_pixels)
    assert len(loaded) == 2


def test_kept_image_can_be_too_large_for_the_next_step() -> None:
    with decoding_once():
        decode(PNG)
        with pytest.raises(ImageTooLargeError):
            decode(PNG, max_pixels=100)
