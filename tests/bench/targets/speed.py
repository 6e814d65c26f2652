"""Time on top of the decode floor, and as a multiple of it."""

from collections.abc import Iterator
from statistics import median

from palette import extract
from tests.bench.floor import decode, interleaved
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure

OVER_FLOOR = 6.0  # milliseconds
LARGE_RATIO = 1.6


def speed(pictures: list[Picture]) -> Iterator[Figure]:
    extract(pictures[0].data)  # imports and first call are warm-up's figure
    times = {picture.name: interleaved(picture.data, decode, extract) for picture in pictures}
    over = {name: 1000 * (total - floor) for name, (floor, total) in times.items()}
    worst = sorted(over, key=over.__getitem__)[:-5:-1]
    yield Figure(
        "milliseconds over the decode floor, k = 10",
        f"≤ {OVER_FLOOR:g}",
        f"median {median(over.values()):.1f}, worst {over[worst[0]]:.1f}",
        over[worst[0]] <= OVER_FLOOR,
        "; ".join(f"{name} {over[name]:.1f} over {1000 * times[name][0]:.1f}" for name in worst),
    )
