"""Time above the decode floor, relative to it, beside two peers, and until the first result."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from statistics import median

from palette import Style, extract, render_card
from tests.bench import processes, scenes
from tests.bench.cache import cached
from tests.bench.competitors import OURS, competitor
from tests.bench.floor import decode, time_interleaved
from tests.bench.images import ImageFile
from tests.bench.targets.figure import Figure
from tests.bench.targets.memory import large_images

MAX_MILLISECONDS_OVER_FLOOR = 6.0
MIN_LARGE_PIXELS = 11.5e6  # what is sold as 12 megapixels
MAX_LARGE_RATIO = 1.6
PEERS = {"fast-colorthief": 1.0, "Pylette OKLab": 1 / 6}  # the part of their time ours may take
MAX_WARM_UP_SECONDS = 1.2
MAX_CARD_MILLISECONDS, MAX_CARD_BYTES = 15.0, 60_000
COLD_START = """
import sys, time
data = sys.stdin.buffer.read()
start = time.perf_counter()
from palette import extract
extract(data)
print(time.perf_counter() - start)
"""


def speed(files: list[ImageFile], style: Style) -> Iterator[Figure]:
    find = partial(extract, style=style)
    find(files[0].data)
    large = [
        ImageFile("12 MP baseline JPEG", cached(scenes.large_jpeg)((4000, 3000))),
        *large_images(),
    ]
    times = {f.name: time_interleaved(f.data, decode, find) for f in files + large}
    over = {name: 1000 * (total - floor) for name, (floor, total) in times.items()}
    worst = sorted(over, key=over.__getitem__, reverse=True)[:4]
    yield Figure(
        "milliseconds over the decode floor, k = 10",
        f"≤ {MAX_MILLISECONDS_OVER_FLOOR:g}",
        f"median {median(over.values()):.1f}, worst {over[worst[0]]:.1f}",
        over[worst[0]] <= MAX_MILLISECONDS_OVER_FLOOR,
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
        yield Figure(
            f"median time beside {name}",
            f"≤ {part:.2g} of theirs",
            f"{ours:.1f} ms, {theirs:.1f} ms: {ours / theirs:.2f}",
            ours <= part * theirs,
        )


def _milliseconds(name: str, contents: list[bytes]) -> float:
    """Time a competitor on its own: some leave idle threads behind that keep spinning."""
    call = partial(competitor(name).extract, k=10)
    call(contents[0])
    return 1000 * median(time_interleaved(data, call)[0] for data in contents)


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
    palettes = [extract(file.data, k) for file in files[:6] for k in (1, 5, 10, 20)]
    render_card(palettes[0])
    times = [time_interleaved(b"", lambda _, p=palette: render_card(p))[0] for palette in palettes]
    sizes = [len(render_card(palette)) for palette in palettes]
    yield Figure(
        "render_card, slowest",
        f"≤ {MAX_CARD_MILLISECONDS:g} ms",
        f"{1000 * max(times):.1f} ms",
        1000 * max(times) <= MAX_CARD_MILLISECONDS,
        f"median {1000 * median(times):.1f} ms",
    )
    yield Figure(
        "render_card, largest",
        f"≤ {MAX_CARD_BYTES / 1000:g} KB",
        f"{max(sizes) / 1000:.1f} KB",
        max(sizes) <= MAX_CARD_BYTES,
    )
