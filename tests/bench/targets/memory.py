"""The memory that extracting from a very large image takes, above an idle process."""

from collections.abc import Iterator

from palette import extract
from tests.bench import processes, scenes
from tests.bench.cache import cached
from tests.bench.images import ImageFile
from tests.bench.targets.figure import Figure

MAX_MEGABYTES = 110
SIZE = (6000, 4000)


def large_images() -> list[ImageFile]:
    """Return the same 24-megapixel photo in formats that are decoded differently."""
    encoders = {
        "24 MP baseline JPEG": scenes.large_jpeg,
        "24 MP progressive JPEG": scenes.large_progressive_jpeg,
        "24 MP PNG": scenes.large_png,
    }
    return [ImageFile(name, cached(encode)(SIZE)) for name, encode in encoders.items()]


def memory(files: list[ImageFile]) -> Iterator[Figure]:
    small = scenes.png(scenes.scene(0))
    large = [file for file in files if file.pixels > 20e6]
    for file in large_images() + large:
        rise = processes.run_in_fresh_process(_rise, {}, small, file.data)
        yield Figure(
            f"peak memory above idle, {file.name}",
            f"≤ {MAX_MEGABYTES} MB",
            f"{rise:.0f} MB",
            rise <= MAX_MEGABYTES,
        )


def _rise(small: bytes, large: bytes) -> float:
    extract(small)
    processes.reset_peak()
    idle = processes.resident_megabytes()
    extract(large)
    return processes.peak_megabytes() - idle
