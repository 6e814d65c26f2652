"""What was measured, compared with the targets."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from rich.console import Console
from rich.table import Table

from tests.bench.load.bare import Bare
from tests.bench.served.people import Burst, Post, tally
from tests.bench.served.watch import Watch, growth
from tests.bench.targets.figure import Figure

MIN_RATIO = 0.8  # of the images per second of the bare loop
MAX_LAG = 50  # milliseconds
MAX_GROWTH = 0.1  # of memory
VERDICTS = {True: "[green]pass", False: "[red]miss", None: ""}


def replies(name: str, posts: Sequence[Post], duplicates: int) -> Iterator[Figure]:
    counts = tally(posts)
    answers = ", ".join(f"{count} {answer}" for answer, count in sorted(counts.items()))
    yield Figure(f"{name}: {len(posts)} posted images", "", answers, None)
    yield Figure(f"{name}: lost", "0", str(counts["lost"]), counts["lost"] == 0)
    yield Figure("answered twice", "0", str(duplicates), duplicates == 0)
    refused = [post.sentence for post in posts if post.sentence and not post.hostile]
    detail = " ".join(sorted(set(refused)))
    yield Figure(f"{name}: photos refused", "0", str(len(refused)), not refused, detail)


def fairness(flood: Sequence[Post], polite: Sequence[Post]) -> Iterator[Figure]:
    flooding = [post.wait for post in flood if post.replies]
    waits = [post.wait for post in polite if post.replies]
    detail = f"{len(waits)} images, while another server waits for {len(flooding)}"
    yield Figure("time to reply, polite server", "", _percentiles(waits), None, detail)
    yield Figure("time to reply, flooding server", "", _percentiles(flooding), None)


def survival(killed: int) -> Iterator[Figure]:
    yield Figure("workers killed, while the bot lived on", "", str(killed), None)


def heartbeats(times: Sequence[float], interval: float) -> Iterator[Figure]:
    late = max(np.diff(times), default=interval) - interval
    yield Figure(
        f"latest of {len(times)} heartbeats", "≤ 1 s late", f"{late:.2f} s late", late <= 1
    )


def requests(counts: Counter[str], images: int) -> Iterator[Figure]:
    rates = ", ".join(f"{count / images:.2f} {kind}" for kind, count in counts.most_common(2))
    yield Figure("API requests per image", "", rates, None)


def throughput(burst: Burst, before: Bare, after: Bare) -> Iterator[Figure]:
    count = len(burst.posts)
    measured, bare = count / burst.seconds, (before.rate + after.rate) / 2
    detail = f"bare loop: {before.rate:.1f} per second before, {after.rate:.1f} after"
    yield Figure("burst: images per second", "", f"{measured:.1f}", None, detail)
    ratio = measured / bare
    yield Figure(
        "burst: as part of the bare loop", f"≥ {MIN_RATIO}", f"{ratio:.2f}", ratio >= MIN_RATIO
    )
    cpu = (before.cpu + after.cpu) / 2
    ratio = cpu * count / (burst.worker_cpu + burst.bot_cpu)
    yield Figure("the same in CPU time", f"≥ {MIN_RATIO}", f"{ratio:.2f}", ratio >= MIN_RATIO)
    milliseconds = (1000 * part / count for part in (burst.worker_cpu, burst.bot_cpu))
    times = "bare loop {:.1f}, workers {:.1f}, bot {:.1f}, simulated Discord {:.1f} ms".format(
        1000 * cpu, *milliseconds, 1000 * burst.simulated_cpu / count
    )
    yield Figure("burst: CPU time per image", "", times, None)


def lag(measured: dict[str, list[float]]) -> Iterator[Figure]:
    for name, percentiles in measured.items():
        delays = ", ".join(f"{milliseconds:.1f}" for milliseconds in percentiles) + " ms"
        passed = percentiles[-1] <= MAX_LAG if name == "late" else None
        yield Figure(f"event loop {name}: p50, p99, p99.9, most", f"≤ {MAX_LAG} ms", delays, passed)


def memory(watch: Watch) -> Iterator[Figure]:
    for name, sizes in (("bot", watch.bot_memory), ("workers", watch.worker_memory)):
        growing = growth(watch.seconds, sizes)
        measured = f"{100 * growing:+.1f} %"
        detail = f"{np.median(sizes):.0f} MiB median, {max(sizes):.0f} at most"
        yield Figure(
            f"memory of the {name}, growth in the second half",
            "< 10 %",
            measured,
            growing < MAX_GROWTH,
            detail,
        )


def show(console: Console, figures: Sequence[Figure]) -> None:
    table = Table("figure", "target", "measured", "")
    for figure in figures:
        title = f"{figure.name}\n[dim]{figure.detail}" if figure.detail else figure.name
        table.add_row(title, figure.target, figure.measured, VERDICTS[figure.passed])
    console.print(table)


def _percentiles(seconds: Sequence[float]) -> str:
    half, most = np.percentile(seconds, (50, 99))
    return f"p50 {half:.2f} s, p99 {most:.2f} s"
