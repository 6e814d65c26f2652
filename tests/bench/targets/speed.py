"""Time above the decode floor, relative to it, beside two peers, and until the first result.

It is processor time, which other programs hardly change, but beside peers, which use threads.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles

from palette import Style, extract, render_card
from tests.bench import processes, scenes
from tests.bench.cache import cached
from tests.bench.competitors import OURS, competitor
from tests.bench.floor import decode, time_interleaved
from tests.bench.images import ImageFile
from tests.bench.targets.figure import Figure
from tests.bench.targets.memory import large_images

MAX_MEDIAN_OVER_FLOOR, MAX_NINE_OF_TEN_OVER_FLOOR = 5.0, 8.0  # milliseconds
MIN_LARGE_PIXELS = 11.5e6  # what is sold as 12 megapixels
MAX_LARGE_RATIO = 1.6
PEERS = {"fast-colorthief": 1.0, "Pylette OKLab": 1 / 6}  # the part of their time ours may take
MAX_WARM_UP_SECONDS = 1.2
SUM_PEER, MAX_SUM_RATIO = "fast-colorthief", 0.5  # of its time, over all images
CARD_TARGETS = {10: (4.0, 45_000), 20: (15.0, 60_000)}  # milliseconds and bytes, by colours
COLD_START = """
import sys, time
data = sys.stdin.buffer.read()
start = time.process_time()
from palette import extract
extract(data)
print(time.process_time() - start)
"""


def speed(files: list[ImageFile], style: Style) -> Iterator[Figure]:
    find = partial(extract, style=style)
    find(files[0].data)
    large = [
        ImageFile("12 MP baseline JPEG", cached(scenes.large_jpeg)((4000, 3000))),
        *large_images(),
    ]
    times = {
        f.name: time_interleaved(f.data, decode, find, clock=time.process_time)
        for f in files + large
    }
    over = {name: 1000 * (total - floor) for name, (floor, total) in times.items()}
    worst = sorted(over, key=over.__getitem__, reverse=True)[:4]
    middle, nine_of_ten = quantiles(over.values(), n=10, method="inclusive")[4::4]
    yield Figure(
        "milliseconds over the decode floor, k = 10, median",
        f"≤ {MAX_MEDIAN_OVER_FLOOR:g}",
        f"{middle:.1f}",
        middle <= MAX_MEDIAN_OVER_FLOOR,
    )
    yield Figure(
        "milliseconds over the decode floor, k = 10, in 9 of 10 images",
        f"≤ {MAX_NINE_OF_TEN_OVER_FLOOR:g}",
        f"{nine_of_ten:.1f}",
        nine_of_ten <= MAX_NINE_OF_TEN_OVER_FLOOR,
        "; ".join(f"{name} {over[name]:.1f} over {1000 * times[name][0]:.1f}" for name in worst),
    )
    for file in files + large:
        if file.pixels >= MIN_LARGE_PIXELS:
            floor, total = times[file.name]
            ratio, is_baseline = total / floor, _is_baseline(file)
            yield Figure(
                f"ratio to the floor, {file.name}",
                f"≤ {MAX_LARGE_RATIO}" if is_baseline else "—",
                f"{ratio:.2f}",
                ratio <= MAX_LARGE_RATIO if is_baseline else None,
                f"{1000 * total:.0f} ms over a floor of {1000 * floor:.0f}",
            )


def _is_baseline(file: ImageFile) -> bool:
    with file.open() as image:
        return image.format == "JPEG" and "progressive" not in image.info


def peers(files: list[ImageFile]) -> Iterator[Figure]:
    contents = [file.data for file in files]
    ours = processes.run_in_fresh_process(_milliseconds, {}, OURS, contents)
    for name, part in PEERS.items():
        if competitor(name).version is None:
            yield Figure(f"median time beside {name}", "—", "not installed", None)
            continue
        theirs = processes.run_in_fresh_process(_milliseconds, {}, name, contents)
        ratio = median(ours) / median(theirs)
        yield Figure(
            f"median time beside {name}",
            f"≤ {part:.2g} of theirs",
            f"{median(ours):.1f} ms, {median(theirs):.1f} ms: {ratio:.2f}",
            ratio <= part,
        )
        if name == SUM_PEER:
            floor = sum(time_interleaved(data, decode)[0] for data in contents)
            yield Figure(
                f"time of all images beside {name}",
                f"≤ {MAX_SUM_RATIO:g} of theirs",
                f"{sum(ours) / sum(theirs):.2f}",
                sum(ours) <= MAX_SUM_RATIO * sum(theirs),
                f"our decode alone: {1000 * floor / sum(theirs):.2f}",
            )


def _milliseconds(name: str, contents: list[bytes]) -> list[float]:
    """Time a competitor on its own: some leave idle threads behind that keep spinning."""
    call = partial(competitor(name).extract, k=10)
    call(contents[0])
    return [1000 * time_interleaved(data, call)[0] for data in contents]


def warm_up(files: list[ImageFile]) -> Iterator[Figure]:
    seconds = median(_cold_start(files[0].data) for _ in range(3))
    yield Figure(
        "imports and first call",
        f"≤ {MAX_WARM_UP_SECONDS} s",
        f"{seconds:.2f} s",
        seconds <= MAX_WARM_UP_SECONDS,
    )


def _cold_start(data: bytes) -> float:
    command = [sys.executable, "-c", COLD_START]
    run = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603, both are ours
    return float(run.stdout)


def card(files: list[ImageFile]) -> Iterator[Figure]:
    for colors, (max_milliseconds, max_bytes) in CARD_TARGETS.items():
        palettes = [extract(file.data, colors) for file in files]
        sizes = [len(render_card(palette)) for palette in palettes]
        times = [
            1000
            * time_interleaved(b"", lambda _, p=palette: render_card(p), clock=time.process_time)[0]
            for palette in palettes
        ]
        yield Figure(
            f"render_card, {colors} colours, median",
            f"≤ {max_milliseconds:g} ms",
            f"{median(times):.1f} ms",
            median(times) <= max_milliseconds,
        )
        yield Figure(
            f"render_card, {colors} colours, largest",
            f"≤ {max_bytes / 1000:g} KB",
            f"{max(sizes) / 1000:.1f} KB",
            max(sizes) <= max_bytes,
        )
