"""Which frames of an animation are looked at."""

import numpy as np
import pytest
from PIL import Image

from palette import ImageTooLargeError, extract
from palette.decoding.decode import decode
from tests.palette.pictures import encoded, gif

RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)


def animation(kind: str, frames: list[np.ndarray | Image.Image], **options: object) -> bytes:
    first, *others = [
        frame if isinstance(frame, Image.Image) else Image.fromarray(frame) for frame in frames
    ]
    return encoded(first, kind, save_all=True, append_images=others, duration=40, **options)


def flat(value: int) -> np.ndarray:
    return np.full((8, 8, 3), value, np.uint8)


@pytest.mark.parametrize(
    ("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True})]
)
def test_every_frame_counts(kind: str, options: dict[str, object]) -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in (RED, GREEN, BLUE)]
    palette = extract(animation(kind, frames, **options))
    assert {swatch.rgb for swatch in palette} == {RED, GREEN, BLUE}
    assert [swatch.share for swatch in palette] == pytest.approx([1 / 3] * 3)
    assert palette.notes == ("It moves: these are the colours of all 3 frames.",)


def test_every_frame_of_an_avif_counts() -> None:
    raster = decode(animation("AVIF", [flat(10), flat(128), flat(240)], quality=95))
    assert raster.rgb.mean(axis=(1, 2, 3)) == pytest.approx([10, 128, 240], abs=4)


@pytest.mark.parametrize(
    ("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True})]
)
def test_of_many_frames_some_are_looked_at_from_the_first_to_the_last(
    kind: str, options: dict[str, object]
) -> None:
    raster = decode(animation(kind, [flat(4 * number) for number in range(47)], **options))
    assert raster.rgb[:, 0, 0, 0].tolist() == [4 * number for number in range(0, 47, 2)]
    assert raster.notes == ("It moves: these are the colours of 24 of its 47 frames.",)


def test_one_frame_can_be_asked_for() -> None:
    raster = decode(animation("GIF", [flat(10), flat(200)]), frames=1)
    assert raster.rgb.tolist() == flat(10)[None].tolist()
    assert not raster.notes


def test_frames_share_the_working_size() -> None:
    data = animation("PNG", [np.full((300, 300, 3), value, np.uint8) for value in (10, 90, 200)])
    raster = decode(data, pixels=100 * 100)
    assert raster.rgb.shape[0] == 3
    assert raster.rgb[..., 0].size < 2.25 * 4 * 100 * 100
    assert raster.rgb[0].size < decode(data, pixels=100 * 100, frames=1).rgb.size * 4


def test_the_pages_of_a_tiff_are_no_animation() -> None:
    first, second = (Image.new("RGB", (8, 8), color) for color in (RED, BLUE))
    data = encoded(first, "TIFF", save_all=True, append_images=[second])
    palette = extract(data)
    assert [swatch.rgb for swatch in palette] == [RED]
    assert not palette.notes


def test_a_png_may_have_another_picture_for_those_who_cannot_move() -> None:
    still, *moving = [Image.new("RGB", (8, 8), color) for color in (GREEN, RED, BLUE)]
    data = encoded(
        still, "PNG", save_all=True, append_images=moving, duration=40, default_image=True
    )
    assert {RED, BLUE} <= {swatch.rgb for swatch in extract(data)}


def test_a_frame_that_reaches_beyond_the_canvas_is_cut_to_it() -> None:
    data = gif((10, 10), ((0, 0, 10, 10), 1), ((5, 0, 10, 20), 2))
    raster = decode(data, few=3)
    assert raster.rgb.shape == (2, 10, 10, 3)
    assert raster.distinct == {RED: 150, GREEN: 50}


@pytest.mark.parametrize("number", [1, 2])
def test_no_frame_may_enlarge_the_canvas_beyond_the_limit(number: int) -> None:
    frames = [((0, 0, 1, 1), 1)] * 3
    frames[number] = ((0, 0, 20, 20), 2)
    with pytest.raises(ImageTooLargeError):
        decode(gif((10, 10), *frames), max_pixels=399)


def test_an_endless_animation_is_looked_at_in_its_beginning() -> None:
    frame = gif((1, 1), ((0, 0, 1, 1), 1))
    start, body = frame[:25], frame[25:-1]
    data = start + 40_000 * body + gif((1, 1), ((0, 0, 1, 1), 3))[25:]
    palette = extract(data)
    assert {swatch.rgb for swatch in palette} == {RED}
    assert palette.notes == ("It moves: these are the colours of 24 of its 40001 frames.",)


def test_what_an_earlier_frame_left_shows_through() -> None:
    data = gif((10, 10), ((0, 0, 10, 10), 1), ((0, 0, 5, 10), 3))
    shares = {swatch.rgb: swatch.share for swatch in extract(data)}
    assert shares == {RED: 0.75, BLUE: 0.25}
