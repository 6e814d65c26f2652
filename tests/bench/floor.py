"""The decode floor: the shortest time in which Pillow brings an image to the working size."""

import math
import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

from PIL import Image

from tests.bench.truth import frame_numbers

WORKING_PIXELS = 256 * 256
MAX_SECONDS = 0.6  # after which no further round is started
MAX_ROUNDS = 5


def decode(data: bytes) -> None:
    """Decode the image (or up to 24 of its frames), reduced by whole factors, and nothing else."""
    with Image.open(BytesIO(data)) as image:
        numbers = frame_numbers(image)
        pixels = WORKING_PIXELS // len(numbers)
        if image.format == "JPEG":
            scale = next((s for s in (8, 4, 2) if image.width * image.height >= s * s * pixels), 1)
            image.draft(None, (image.width // scale, image.height // scale))
        for number in numbers:
            image.seek(number)
            image.load()
            factor = round(math.sqrt(image.width * image.height / pixels))
            if factor > 1:
                (image.convert("RGB") if image.mode == "P" else image).reduce(factor)


def time_interleaved(
    data: bytes,
    *functions: Callable[[bytes], object],
    clock: Callable[[], float] = time.perf_counter,
) -> list[float]:
    """Return the median seconds of each function; calls alternate, so that all share the noise."""
    times: list[list[float]] = [[] for _ in functions]
    first_start = time.perf_counter()
    for _ in range(MAX_ROUNDS):
        for function, seconds in zip(functions, times, strict=True):
            start = clock()
            function(data)
            seconds.append(clock() - start)
        if time.perf_counter() - first_start > MAX_SECONDS:
            break
    return [median(seconds) for seconds in times]
