"""Within a block, the pixels of a still image are decoded once, with the same result."""

import numpy as np
import pytest
from PIL import Image

from palette import ImageTooLargeError
from palette.decoding.decode import Raster, decode
from palette.decoding.formats import MAX_PIXELS
from palette.decoding.once import decoding_once, open_once
from tests.fuzz.seeds import seeds
from tests.palette.images import encode, noise

SEEDS = {name: data for name, data in seeds() if "large" not in name}
PNG = encode(noise(40, 60))


def differently_asked(data: bytes) -> list[Raster]:
    return [
        decode(data, max_distinct=256, with_neighbors=True),
        decode(data, target_pixels=100),
        decode(data, max_frames=1),
        decode(data, max_distinct=12),
    ]


def opened(data: bytes) -> Image.Image:
    image, _ = open_once(data, MAX_PIXELS)
    return image


def is_shared(data: bytes) -> bool:
    with decoding_once():
        decode(data)
        return opened(data) is opened(data)


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


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF", "BMP", "TIFF", "GIF"])
def test_still_image_is_decoded_once(kind: str) -> None:
    assert is_shared(encode(noise(40, 60), kind))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_animation_is_not_kept(kind: str) -> None:
    first, second = (Image.fromarray(noise(40, 60, seed=seed)) for seed in (1, 2))
    assert not is_shared(encode(first, kind, save_all=True, append_images=[second]))


def test_jpeg_is_not_kept() -> None:
    assert not is_shared(encode(noise(40, 60), "JPEG"))


def test_nothing_is_kept_after_the_block() -> None:
    with decoding_once():
        decode(PNG)
        kept = opened(PNG)
    assert opened(PNG) is not kept
    decode(PNG)
    assert opened(PNG) is not opened(PNG)


def test_kept_image_can_be_too_large_for_the_next_step() -> None:
    with decoding_once():
        decode(PNG)
        with pytest.raises(ImageTooLargeError):
            decode(PNG, max_pixels=100)
