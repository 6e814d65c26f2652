"""``python -m tests.bench.queueing [FOLDER]``: how long people wait for a worker, simulated.

A day of posts passes in seconds: a swing over the day, servers of very different sizes, people who
post several images at once, and service times as measured here. Requests get their turns as in
:class:`bot.turns.FairTurns`. The load is that of the busiest time of the day.
"""

import argparse
import sys
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bot.workers.jobs import Extraction
from tests.bench.served.files import photos

SWING = 0.6  # of the day's mean rate, up and down
IMAGES_PER_POST = 2.0  # mean of a geometric distribution
SPACING = 1.0  # seconds, mean, between the images that one person posts at once
SERVERS, ZIPF = 10_000, 1.5  # the busiest of them posts three times as much as the second
SAMPLE = 96  # photos whose service time is measured
WORKERS = (1, 2, 8, 32)
LOADS = (0.5, 0.7, 0.8, 0.9)  # part of the time that workers are busy, when most is posted
PERCENTILES = (50, 95, 99, 99.9)
IMAGES = 400_000  # of each day, which is as long as that takes
FLOOD = 400  # images that one server posts at once
POLITE = 4.0  # images a second, of the others meanwhile

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests in the order in which they come: when, in seconds, and by which server."""

    times: Floats
    servers: Integers


def reply_times(requests: Requests, services: Floats, workers: int) -> Floats:
    """Return how many seconds each request waits and is served, with ``workers`` at work.

    Each server has its own queue, and the queues are served round-robin.
    """
    ends = np.empty(len(services))
    queues: OrderedDict[int, deque[int]] = OrderedDict()
    busy: list[float] = []  # when each of the busy workers is done

    def serve_until(now: float) -> None:
        while busy and busy[0] <= now:
            free_at = heappop(busy)
            if queues:
                server, queue = queues.popitem(last=False)
                begin(queue.popleft(), free_at)
                if queue:
                    queues[server] = queue

    def begin(number: int, now: float) -> None:
        ends[number] = now + services[number]
        heappush(busy, ends[number])

    for number, now in enumerate(requests.times):
        serve_until(now)
        if len(busy) < workers:
            begin(number, now)
        else:
            queues.setdefault(requests.servers[number], deque()).append(number)
    serve_until(np.inf)
    return ends - requests.times


def day(peak: float, count: int, random: np.random.Generator) -> Requests:
    """Return about ``count`` images of one day, ``peak`` a second at most; some come together."""
    images = random.geometric(1 / IMAGES_PER_POST, round(count / IMAGES_PER_POST))
    firsts = np.cumsum(images) - images
    spaced = random.exponential(SPACING, images.sum())
    spaced[firsts] = 0
    elapsed = np.cumsum(spaced)
    seconds = count * (1 + SWING) / peak
    times = (
        np.repeat(_over_a_day(len(images), random) * seconds - elapsed[firsts], images) + elapsed
    )
    servers = np.repeat(np.minimum(random.zipf(ZIPF, len(images)), SERVERS), images)
    order = np.argsort(times)
    return Requests(times[order], servers[order])


def _over_a_day(count: int, random: np.random.Generator) -> Floats:
    """Return times from 0 to 1, as of a Poisson process whose rate swings once."""
    times = np.linspace(0, 1, 100_000)
    expected = times + SWING / (2 * np.pi) * (1 - np.cos(2 * np.pi * times))
    return np.interp(np.sort(random.random(count)), expected, times)


def flood(random: np.random.Generator) -> Requests:
    """Return what one server posts at once, and others while that is answered."""
    polite = np.cumsum(random.exponential(1 / POLITE, FLOOD // 10))
    servers = np.arange(1, len(polite) + 1)
    return Requests(np.append(np.zeros(FLOOD), polite), np.append(np.zeros(FLOOD, int), servers))


def measured_services(folder: Path | None) -> Floats:
    """Return the processor seconds of a palette and its card, for photos of 1 to 12 megapixels."""
    seconds = []
    for photo in photos(folder, SAMPLE):
        start = time.process_time()
        Extraction(photo.data).run()
        seconds.append(time.process_time() - start)
    return np.array(seconds[len(seconds) // 10 :])  # the first ones warm up


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.queueing", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="photos to measure")
    services = measured_services(parser.parse_args().folder)
    console, random = Console(), np.random.default_rng(0)
    console.print(f"service: {1000 * services.mean():.0f} ms, most {1000 * services.max():.0f} ms")
    console.print(_days(services, random))
    console.print(_floods(services, random))
    return 0


def _days(services: Floats, random: np.random.Generator) -> Table:
    table = Table("workers", "load", "images/s", *_titles())
    for workers in WORKERS:
        for load in LOADS:
            peak = load * workers / services.mean()
            requests = day(peak, IMAGES, random)
            seconds = reply_times(requests, random.choice(services, len(requests.times)), workers)
            table.add_row(str(workers), f"{load:.0%}", f"{peak:.1f}", *_shown(seconds))
    return table


def _floods(services: Floats, random: np.random.Generator) -> Table:
    """Compare turns with the order of arrival, which is one queue for all."""
    table = Table("one server floods, 2 workers", "who", *_titles())
    requests = flood(random)
    drawn = random.choice(services, len(requests.times))
    for order, served in (
        ("in turn", requests),
        ("as they come", Requests(requests.times, np.zeros_like(requests.servers))),
    ):
        seconds = reply_times(served, drawn, 2)
        table.add_row(order, "flooding", *_shown(seconds[:FLOOD]))
        table.add_row(order, "the others", *_shown(seconds[FLOOD:]))
    return table


def _titles() -> list[str]:
    return [f"{each:g} %" for each in PERCENTILES]


def _shown(seconds: Floats) -> list[str]:
    return [f"{each:.2f} s" for each in np.percentile(seconds, PERCENTILES)]


if __name__ == "__main__":
    sys.exit(main())
