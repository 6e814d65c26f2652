"""The decode floor: the least time in which Pillow gets an image to the working size."""

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

from PIL import Image

from tests.bench.truth import frame_numbers

EDGE = 256  # pixels of the working size's shorter side
BUDGET = 0.5  # seconds of measuring spent on one image, at most about
REPEATS = 9


def decode(data: bytes) -> None:
    """Decode the image (or up to 24 of its frames) reduced by whole factors, and do no more."""
    with Image.open(BytesIO(data)) as image:
        image.draft(None, (EDGE, EDGE))
        for number in frame_numbers(image):
            image.seek(number)
            image.load()
            factor = min(image.size) // EDGE
            if factor > 1:
                image.reduce(factor)


def interleaved(data: bytes, *functions: Callable[[bytes], object]) -> list[float]:
    """Return each function's median seconds on ``data``, called in turn so all share the noise."""
    times: list[list[float]] = [[] for _ in functions]
    begin = time.perf_counter()
    while len(times[0]) < 3 or (len(times[0]) < REPEATS and time.perf_counter() - begin < BUDGET):
        for function, spent in zip(functions, times, strict=True):
            start = time.perf_counter()
            function(data)
            spent.append(time.perf_counter() - start)
    return [median(spent) for spent in times]
