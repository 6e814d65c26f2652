"""Which frames of an animation are looked at."""

from collections.abc import Iterator

from PIL import Image
from PIL.ImageFile import ImageFile

from .formats import check_size
from .modes import plain

_ANIMATED_FORMATS = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
# Frames are decoded one after the other: this bounds the time an endless animation can take.
_MOST_PIXELS = 200_000_000
_FRAME_COST = 10_000  # pixels that are decoded in the time that even the smallest frame takes


def choose_frames(image: ImageFile, frames: int) -> tuple[list[int], str | None]:
    """Choose at most ``frames`` frames, spread evenly, and say so when there is more than one."""
    total: int = getattr(image, "n_frames", 1) if image.format in _ANIMATED_FORMATS else 1
    if total == 1 or frames == 1:
        return [image.tell()], None
    reachable = min(total, max(1, _MOST_PIXELS // (image.width * image.height + _FRAME_COST)))
    count = min(frames, reachable)
    numbers = [round(index * (reachable - 1) / max(1, count - 1)) for index in range(count)]
    looked = f"all {total}" if count == total else f"{count} of its {total}"
    return numbers, f"It moves: these are the colours of {looked} frames."


def load_frames(image: ImageFile, numbers: list[int], max_pixels: int) -> Iterator[Image.Image]:
    """Decode the frames of these rising numbers, to plain modes and the size of the first.

    Raises :class:`palette.errors.ImageTooLargeError` if one has more than ``max_pixels``.
    """
    size = image.size
    for number in range(numbers[0], numbers[-1] + 1):
        image.seek(number)
        check_size(image.size, max_pixels)  # a frame of a GIF may reach beyond the canvas
        if number in numbers:
            frame = plain(image)
            fits = number == numbers[0] or frame.size == size
            yield frame if fits else frame.crop((0, 0, *size))
