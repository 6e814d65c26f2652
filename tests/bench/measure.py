"""One competitor on all pictures, in a worker process that may be killed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import mean, median
from typing import TypeVar

from pebble import ProcessPool

from tests.bench import fresh, judge, scenes
from tests.bench.accents import AccentScene
from tests.bench.competitors import RGB, Competitor
from tests.bench.competitors import competitor as named
from tests.bench.floor import decode, interleaved
from tests.bench.metric import oklab
from tests.bench.pictures import Picture
from tests.bench.truth import FLAT, reference, truth

T = TypeVar("T")
LIMIT = 30.0  # seconds a worker may spend on one picture, all repeats together


@dataclass(frozen=True, slots=True)
class Answer:
    """What a competitor made of one picture, and what that took."""

    rgb: list[RGB]
    same: bool
    seconds: float
    floor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """A competitor over all pictures that it could do.

    Medians: ``milliseconds``, ``floors`` (multiples of the decode floor). Means: ``error`` (ΔE_OK),
    ``mean_2000`` and ``p95_2000`` (ΔE2000), ``returned``. ``ratio`` is the mean of the errors as
    multiples of the reference, ``typical_ratio`` their median. ``accents`` is the fraction kept,
    ``megabytes`` the highest peak, ``failures`` the pictures it could not do and why.
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
    same: bool
    accents: float
    megabytes: float
    failures: dict[str, str]


def measured(
    competitor: Competitor, pictures: list[Picture], accents: list[AccentScene], k: int
) -> Result | None:
    """Ask ``k`` colours of each picture; None from a competitor that cannot do a single one."""
    answers: dict[Picture, Answer] = {}
    failures: dict[str, str] = {}
    kept: list[bool] = []
    with fresh.worker() as pool:
        _wait(pool, _palette, competitor.name, scenes.png(scenes.scene(0)), k)  # its imports
        for picture in pictures:
            answer = _wait(pool, _answer, competitor.name, picture.data, k)
            if isinstance(answer, Answer):
                answers[picture] = answer
            else:
                failures[picture.name] = type(answer).__name__
        for accent in accents:
            rgb = _wait(pool, _palette, competitor.name, accent.data, k)
            kept.append(isinstance(rgb, list) and judge.has(rgb, accent.rgb))
    if not answers:
        return None
    done = list(answers.values())
    errors = {p: judge.mean_error(truth(p).working, oklab(a.rgb)) for p, a in answers.items()}
    ratios = list(_ratios(errors, k))
    errors_2000 = [judge.error_2000(truth(p).working, a.rgb) for p, a in answers.items()]
    return Result(
        competitor=competitor,
        milliseconds=1000 * median(answer.seconds for answer in done),
        floors=median(answer.seconds / answer.floor for answer in done),
        error=mean(errors.values()),
        ratio=mean(ratios),
        typical_ratio=median(ratios),
        mean_2000=mean(average for average, _ in errors_2000),
        p95_2000=mean(percentile for _, percentile in errors_2000),
        returned=mean(len(answer.rgb) for answer in done),
        near_duplicates=sum(judge.near_duplicates(answer.rgb) for answer in done),
        same=all(answer.same for answer in done),
        accents=mean(kept),
        megabytes=max(answer.megabytes for answer in done),
        failures=failures,
    )


def _ratios(errors: dict[Picture, float], k: int) -> Iterator[float]:
    for picture, error in errors.items():
        best = reference(picture, k)
        if best >= FLAT:
            yield error / best


def _wait(
    pool: ProcessPool, job: Callable[[str, bytes, int], T], name: str, data: bytes, k: int
) -> T | BaseException:
    """Return the result of a job in the worker, or what came instead: an error, a time-out."""
    future = pool.schedule(job, args=(name, data, k), timeout=LIMIT)
    return future.exception() or future.result()


def _palette(name: str, data: bytes, k: int) -> list[RGB]:
    rgb = named(name).extract(data, k)
    if not rgb:
        raise ValueError("no colour returned")
    return rgb


def _answer(name: str, data: bytes, k: int) -> Answer:
    fresh.forget_peak()
    idle = fresh.resident()
    rgb = _palette(name, data, k)
    megabytes = fresh.peak() - idle
    same = _palette(name, data, k) == rgb
    seconds, floor = interleaved(data, lambda data: _palette(name, data, k), decode)
    return Answer(rgb, same, seconds, floor, megabytes)
