"""Time on top of the decode floor, as a multiple of it, beside two peers, and before the first."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median

from palette import extract, render_card
from tests.bench import fresh, scenes
from tests.bench.cache import remembered
from tests.bench.competitors import OURS, competitor
from tests.bench.floor import decode, interleaved
from tests.bench.pictures import Picture
from tests.bench.targets.figure import Figure
from tests.bench.targets.memory import large_pictures

OVER_FLOOR = 6.0  # milliseconds
LARGE = 11.5e6  # pixels: what is sold as 12 megapixels
LARGE_RATIO = 1.6
PEERS = {"fast-colorthief": 1.0, "Pylette OKLab": 1 / 6}  # ours may take this part of their time
WARM_UP = 1.2  # seconds
CARD_TIME, CARD_SIZE = 15.0, 60_000  # milliseconds, bytes
COLD_START = """
import sys, time
data = sys.stdin.buffer.read()
start = time.perf_counter()
from palette import extract
extract(data)
print(time.perf_counter() - start)
"""


def speed(pictures: list[Picture]) -> Iterator[Figure]:
    extract(pictures[0].data)
    large = [
        Picture("12 MP baseline JPEG", remembered(scenes.large_jpeg)((4000, 3000))),
        *large_pictures(),
    ]
    times = {p.name: interleaved(p.data, decode, extract) for p in pictures + large}
    over = {name: 1000 * (total - floor) for name, (floor, total) in times.items()}
    worst = sorted(over, key=over.__getitem__, reverse=True)[:4]
    yield Figure(
        "milliseconds over the decode floor, k = 10",
        f"≤ {OVER_FLOOR:g}",
        f"median {median(over.values()):.1f}, worst {over[worst[0]]:.1f}",
        over[worst[0]] <= OVER_FLOOR,
        "; ".join(f"{name} {over[name]:.1f} over {1000 * times[name][0]:.1f}" for name in worst),
    )
    for picture in pictures + large:
        if picture.pixels >= LARGE:
            floor, total = times[picture.name]
            ratio, baseline = total / floor, _is_baseline(picture)
            yield Figure(
                f"ratio to the floor, {picture.name}",
                f"≤ {LARGE_RATIO}" if baseline else "—",
                f"{ratio:.2f}",
                ratio <= LARGE_RATIO if baseline else None,
                f"{1000 * total:.0f} ms over a floor of {1000 * floor:.0f}",
            )


def _is_baseline(picture: Picture) -> bool:
    with picture.open() as image:
        return image.format == "JPEG" and "progressive" not in image.info


def peers(pictures: list[Picture]) -> Iterator[Figure]:
    files = [picture.data for picture in pictures]
    ours = fresh.in_fresh_process(_milliseconds, {}, OURS, files)
    for name, part in PEERS.items():
        if competitor(name).version is None:
            yield Figure(f"median time beside {name}", "—", "not installed", None)
            continue
        theirs = fresh.in_fresh_process(_milliseconds, {}, name, files)
        yield Figure(
            f"median time beside {name}",
            f"≤ {part:.2g} of theirs",
            f"{ours:.1f} ms, {theirs:.1f} ms: {ours / theirs:.2f}",
            ours <= part * theirs,
        )


def _milliseconds(name: str, files: list[bytes]) -> float:
    """Time a competitor apart from the others: the idle threads that some leave behind spin."""
    call = partial(competitor(name).extract, k=10)
    call(files[0])
    return 1000 * median(interleaved(data, call)[0] for data in files)


def warm_up(pictures: list[Picture]) -> Iterator[Figure]:
    seconds = median(_cold_start(pictures[0].data) for _ in range(3))
    yield Figure("imports and first call", f"≤ {WARM_UP} s", f"{seconds:.2f} s", seconds <= WARM_UP)


def _cold_start(data: bytes) -> float:
    command = [sys.executable, "-c", COLD_START]
    run = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603  # both are ours
    return float(run.stdout)


def card(pictures: list[Picture]) -> Iterator[Figure]:
    palettes = [extract(picture.data, k) for picture in pictures[:6] for k in (1, 5, 10, 20)]
    render_card(palettes[0])
    times = [interleaved(b"", lambda _, p=palette: render_card(p))[0] for palette in palettes]
    sizes = [len(render_card(palette)) for palette in palettes]
    yield Figure(
        "render_card, slowest",
        f"≤ {CARD_TIME:g} ms",
        f"{1000 * max(times):.1f} ms",
        1000 * max(times) <= CARD_TIME,
        f"median {1000 * median(times):.1f} ms",
    )
    yield Figure(
        "render_card, largest",
        f"≤ {CARD_SIZE / 1000:g} KB",
        f"{max(sizes) / 1000:.1f} KB",
        max(sizes) <= CARD_SIZE,
    )
