"""Which frames of an animation are looked at."""

from collections.abc import Iterator

from PIL import Image
from PIL.ImageFile import ImageFile

from palette.model import Note, NoteKind

from .formats import check_size
from .modes import drop_opaque_alpha, to_plain_mode

_ANIMATED_FORMATS = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
# Frames are decoded one after another: this bounds the time that an endless animation takes.
_MAX_ANIMATION_PIXELS = 200_000_000
_FRAME_OVERHEAD_PIXELS = 10_000  # what is decoded in the time that even the smallest frame takes


def choose_frames(image: ImageFile, max_frames: int) -> tuple[list[int], Note | None]:
    """Choose up to ``max_frames`` frames, spread evenly; the note tells how many of how many."""
    total: int = getattr(image, "n_frames", 1) if image.format in _ANIMATED_FORMATS else 1
    # A PNG may begin with an image for programs without animation, which is no frame.
    first = int(total > 1 and getattr(image, "default_image", False))
    total -= first
    if total == 1 or max_frames == 1:
        return [image.tell() + first], None
    frame_cost = image.width * image.height + _FRAME_OVERHEAD_PIXELS
    reachable = min(total, max(1, _MAX_ANIMATION_PIXELS // frame_cost))
    count = min(max_frames, reachable)
    intervals = max(1, count - 1)
    numbers = [first + round(index * (reachable - 1) / intervals) for index in range(count)]
    if count == total:
        return numbers, Note(NoteKind.ALL_FRAMES, (total,))
    return numbers, Note(NoteKind.SOME_FRAMES, (count, total))


def load_frames(image: ImageFile, numbers: list[int], max_pixels: int) -> Iterator[Image.Image]:
    """Decode the frames with these ascending numbers, in plain modes and the size of the first.

    Raises :class:`palette.errors.ImageTooLargeError` if one has more than ``max_pixels``.
    """
    size = image.size
    for number in range(numbers[0], numbers[-1] + 1):
        image.seek(number)
        check_size(image.size, max_pixels)  # a GIF frame may extend beyond the canvas
        if number in numbers:
            frame = drop_opaque_alpha(to_plain_mode(image))
            is_fitting = number == numbers[0] or frame.size == size
            yield frame if is_fitting else frame.crop((0, 0, *size))
