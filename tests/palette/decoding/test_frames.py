"""Which frames of an animation are looked at."""

import numpy as np
import pytest
from PIL import Image

from palette import ImageTooLargeError, Note, NoteKind, extract
from palette.decoding.decode import decode
from tests.palette.images import encode, gif

RED, GREEN, BLUE, BLACK = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0)


def animate(kind: str, frames: list[np.ndarray | Image.Image], **options: object) -> bytes:
    first, *others = [
        frame if isinstance(frame, Image.Image) else Image.fromarray(frame) for frame in frames
    ]
    return encode(first, kind, save_all=True, append_images=others, duration=40, **options)


def flat(value: int) -> np.ndarray:
    return np.full((8, 8, 3), value, np.uint8)


@pytest.mark.parametrize(
    ("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True})]
)
def test_every_frame_counts(kind: str, options: dict[str, object]) -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in (RED, GREEN, BLUE)]
    palette = extract(animate(kind, frames, **options))
    assert {swatch.rgb for swatch in palette} == {RED, GREEN, BLUE}
    assert [swatch.share for swatch in palette] == pytest.approx([1 / 3] * 3)
    assert palette.notes == (Note(NoteKind.ALL_FRAMES, (3,)),)


def test_every_frame_of_an_avif_counts() -> None:
    raster = decode(animate("AVIF", [flat(10), flat(128), flat(240)], quality=95))
    assert raster.rgb.mean(axis=(1, 2, 3)) == pytest.approx([10, 128, 240], abs=4)


@pytest.mark.parametrize(
    ("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True})]
)
def test_some_of_many_frames_are_looked_at_from_the_first_to_the_last(
    kind: str, options: dict[str, object]
) -> None:
    raster = decode(animate(kind, [flat(4 * number) for number in range(47)], **options))
    assert raster.rgb[:, 0, 0, 0].tolist() == [4 * number for number in range(0, 47, 2)]
    assert raster.notes == (Note(NoteKind.SOME_FRAMES, (24, 47)),)


def test_single_frame_can_be_asked_for() -> None:
    raster = decode(animate("GIF", [flat(10), flat(200)]), max_frames=1)
    assert raster.rgb.tolist() == flat(10)[None].tolist()
    assert not raster.notes


def test_frames_share_the_target_size() -> None:
    data = animate("PNG", [np.full((300, 300, 3), value, np.uint8) for value in (10, 90, 200)])
    raster = decode(data, target_pixels=100 * 100)
    assert raster.rgb.shape[0] == 3
    assert raster.rgb[..., 0].size < 2.25 * 4 * 100 * 100
    assert raster.rgb[0].size < decode(data, target_pixels=100 * 100, max_frames=1).rgb.size * 4


def test_tiff_pages_are_not_frames() -> None:
    first, second = (Image.new("RGB", (8, 8), color) for color in (RED, BLUE))
    data = encode(first, "TIFF", save_all=True, append_images=[second])
    palette = extract(data)
    assert [swatch.rgb for swatch in palette] == [RED]
    assert palette.notes == (Note(NoteKind.FIRST_PAGE),)


def separate_still(still: Image.Image, *frames: Image.Image, **options: object) -> bytes:
    """Return a PNG whose first image is for programs without animation."""
    animation: dict[str, object] = {"save_all": True, "append_images": frames, "duration": 40}
    return encode(still, "PNG", default_image=True, **animation, **options)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_separate_still_of_a_png_is_no_frame(count: int) -> None:
    still, *frames = [Image.new("RGB", (8, 8), color) for color in (GREEN, RED, BLUE, BLACK)]
    palette = extract(separate_still(still, *frames[:count]))
    assert {swatch.rgb for swatch in palette} == {RED, BLUE, BLACK} & {
        frame.getpixel((0, 0)) for frame in frames[:count]
    }
    assert palette.notes == ((Note(NoteKind.ALL_FRAMES, (count,)),) if count > 1 else ())


def test_first_frame_stands_for_a_png_with_a_separate_still() -> None:
    still, *frames = [Image.new("RGB", (8, 8), color) for color in (GREEN, RED, BLUE)]
    raster = decode(separate_still(still, *frames), max_frames=1, max_distinct=1)
    assert raster.distinct == {RED: 64}


def test_separate_still_does_not_show_through_the_first_frame() -> None:
    still = Image.new("RGBA", (8, 8), GREEN)
    frame = Image.new("RGBA", (8, 8))
    frame.paste(RED, (2, 2, 6, 6))
    for blend in (0, 1):
        data = separate_still(still, frame, Image.new("RGBA", (8, 8), BLUE), blend=blend)
        assert {swatch.rgb for swatch in extract(data)} == {RED, BLUE}


def test_frame_is_cropped_to_the_canvas() -> None:
    data = gif((10, 10), ((0, 0, 10, 10), 1), ((5, 0, 10, 20), 2))
    raster = decode(data, max_distinct=3)
    assert raster.rgb.shape == (2, 10, 10, 3)
    assert raster.distinct == {RED: 150, GREEN: 50}


@pytest.mark.parametrize("number", [1, 2])
def test_frame_that_enlarges_the_canvas_beyond_the_limit_is_refused(number: int) -> None:
    frames = [((0, 0, 1, 1), 1)] * 3
    frames[number] = ((0, 0, 20, 20), 2)
    with pytest.raises(ImageTooLargeError):
        decode(gif((10, 10), *frames), max_pixels=399)


def test_only_the_start_of_an_endless_animation_is_looked_at() -> None:
    frame = gif((1, 1), ((0, 0, 1, 1), 1))
    start, body = frame[:25], frame[25:-1]
    data = start + 40_000 * body + gif((1, 1), ((0, 0, 1, 1), 3))[25:]
    palette = extract(data)
    assert {swatch.rgb for swatch in palette} == {RED}
    assert palette.notes == (Note(NoteKind.SOME_FRAMES, (24, 40_001)),)


def test_earlier_frame_shows_through() -> None:
    data = gif((10, 10), ((0, 0, 10, 10), 1), ((0, 0, 5, 10), 3))
    shares = {swatch.rgb: swatch.share for swatch in extract(data)}
    assert shares == {RED: 0.75, BLUE: 0.25}
