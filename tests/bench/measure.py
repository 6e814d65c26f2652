"""Measures a competitor on all images, in a worker process that may be killed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean, median
from typing import TypeVar

from pebble import ProcessPool

from tests.bench import judge, processes, scenes
from tests.bench.competitors import RGB, Competitor
from tests.bench.competitors import competitor as named
from tests.bench.floor import decode, time_interleaved
from tests.bench.images import ImageFile
from tests.bench.metric import oklab
from tests.bench.seen import Seen, Sights, look
from tests.bench.truth import MIN_REFERENCE, reference, truth

T = TypeVar("T")
TIMEOUT = 120.0  # seconds for one image, including all repeats; enough on a busy machine


@dataclass(frozen=True, slots=True)
class Answer:
    """What a competitor found in an image, and the time and memory it took."""

    rgb: list[RGB]
    is_same: bool
    seconds: float
    floor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a competitor over all images that it could read.

    Medians: ``milliseconds``, ``floors`` (multiples of the decode floor). Means: ``error`` (ΔE_OK),
    ``mean_2000`` and ``p95_2000`` (ΔE2000), ``returned``. ``ratio`` is the mean of the errors as
    multiples of the reference, ``typical_ratio`` their median. ``near_duplicates`` and
    ``near_blacks`` are sums, ``megabytes`` the highest peak, ``seen`` is measured on images of its
    own, ``failures`` are the images it could not read, and why.
    """

    competitor: Competitor
    milliseconds: float
    floors: float
    error: float
    ratio: float
    typical_ratio: float
    mean_2000: float
    p95_2000: float
    returned: float
    near_duplicates: int
    near_blacks: int
    is_same: bool
    megabytes: float
    seen: Seen
    failures: dict[str, str]


def measure(
    competitor: Competitor, files: list[ImageFile], sights: Sights, k: int
) -> Result | None:
    """Find ``k`` colours in each image; None if the competitor can read none of them."""
    answers: dict[ImageFile, Answer] = {}
    failures: dict[str, str] = {}
    with processes.new_worker() as pool:
        _run(pool, _find_palette, competitor.name, scenes.png(scenes.scene(0)), k)  # imports
        for file in files:
            answer = _run(pool, _find_answer, competitor.name, file.data, k)
            if isinstance(answer, Answer):
                answers[file] = answer
            else:
                failures[file.name] = type(answer).__name__
        if not answers:
            return None

        def find(data: bytes) -> list[RGB]:
            rgb = _run(pool, _find_palette, competitor.name, data, k)
            return rgb if isinstance(rgb, list) else []

        seen = look(sights, find)
    found = list(answers.values())
    errors = {f: judge.mean_error(truth(f).working, oklab(a.rgb)) for f, a in answers.items()}
    ratios = list(_ratios(errors, k))
    errors_2000 = [judge.error_2000(truth(f).working, a.rgb) for f, a in answers.items()]
    return Result(
        competitor=competitor,
        milliseconds=1000 * median(answer.seconds for answer in found),
        floors=median(answer.seconds / answer.floor for answer in found),
        error=mean(errors.values()),
        ratio=mean(ratios),
        typical_ratio=median(ratios),
        mean_2000=mean(average for average, _ in errors_2000),
        p95_2000=mean(percentile for _, percentile in errors_2000),
        returned=mean(len(answer.rgb) for answer in found),
        near_duplicates=sum(judge.near_duplicates(answer.rgb) for answer in found),
        near_blacks=sum(judge.near_blacks(answer.rgb) for answer in found),
        is_same=all(answer.is_same for answer in found),
        megabytes=max(answer.megabytes for answer in found),
        seen=seen,
        failures=failures,
    )


def _ratios(errors: dict[ImageFile, float], k: int) -> Iterator[float]:
    for file, error in errors.items():
        best = reference(file, k)
        if best >= MIN_REFERENCE:
            yield error / best


def _run(
    pool: ProcessPool, job: Callable[[str, bytes, int], T], name: str, data: bytes, k: int
) -> T | BaseException:
    """Return the result of a job in the worker, or the error that came instead."""
    future = pool.schedule(job, args=(name, data, k), timeout=TIMEOUT)
    return future.exception() or future.result()


def _find_palette(name: str, data: bytes, k: int) -> list[RGB]:
    rgb = named(name).extract(data, k)
    if not rgb:
        raise ValueError("no colour returned")
    return rgb


def _find_answer(name: str, data: bytes, k: int) -> Answer:
    processes.reset_peak()
    idle = processes.resident_megabytes()
    rgb = _find_palette(name, data, k)
    megabytes = processes.peak_megabytes() - idle
    is_same = _find_palette(name, data, k) == rgb
    seconds, floor = time_interleaved(data, lambda data: _find_palette(name, data, k), decode)
    return Answer(rgb, is_same, seconds, floor, megabytes)
