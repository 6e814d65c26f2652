"""What one extraction of a very large picture takes, beside an idle process."""

from collections.abc import Iterator

from palette import extract
from tests.bench import fresh, scenes
from tests.bench.cache import remembered
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure

LIMIT = 110  # megabytes
SIZE = (6000, 4000)


def large_pictures() -> list[Picture]:
    """Return the same 24-megapixel photo in the formats that decode differently."""
    kinds = {
        "24 MP baseline JPEG": scenes.large_jpeg,
        "24 MP progressive JPEG": scenes.large_progressive_jpeg,
        "24 MP PNG": scenes.large_png,
    }
    return [Picture(name, remembered(make)(SIZE)) for name, make in kinds.items()]


def memory(pictures: list[Picture]) -> Iterator[Figure]:
    small = scenes.png(scenes.scene(0))
    large = [picture for picture in pictures if picture.pixels > 20e6]
    for picture in large_pictures() + large:
        rise = fresh.in_fresh_process(_rise, {}, small, picture.data)
        yield Figure(
            f"peak memory above idle, {picture.name}",
            f"≤ {LIMIT} MB",
            f"{rise:.0f} MB",
            rise <= LIMIT,
        )


def _rise(small: bytes, large: bytes) -> float:
    extract(small)
    fresh.forget_peak()
    idle = fresh.resident()
    extract(large)
    return fresh.peak() - idle
