"""Whatever arrives, it ends as a palette or as a sentence for the user."""

from collections import Counter
from multiprocessing import get_context

import pytest
from pebble import ProcessExpired, ProcessPool

from bot.workers.worker import SINGLE_THREAD_ENVIRONMENT, become_worker
from tests.fuzz.corpus import Case, corpus
from tests.fuzz.look import look
from tests.fuzz.seeds import seeds
from tests.fuzz.structure import pieces

WORKERS = 2
MEMORY_LIMIT = 2 * 2**30  # bytes of address space
TIME_LIMIT = 20  # seconds a case; on a free core none takes 3
BATCH = 50
BATCH_LIMIT = 120


@pytest.fixture
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SINGLE_THREAD_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def outcome_alone(pool: ProcessPool, case: Case) -> str:
    """Look at one case of a batch that did not come back."""
    try:
        (outcome,) = pool.schedule(look, args=[[case]], timeout=TIME_LIMIT).result()
    except TimeoutError:
        return "wrong: it never ends"
    except ProcessExpired as error:
        return f"wrong: it kills its worker ({error})"
    return outcome


@pytest.mark.usefixtures("_one_thread")
def test_every_outcome_is_a_palette_or_a_sentence() -> None:
    cases = list(corpus())
    batches = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
    outcomes: list[str] = []
    with ProcessPool(
        WORKERS,
        initializer=become_worker,
        initargs=[MEMORY_LIMIT],
        context=get_context("forkserver"),
    ) as pool:
        running = [pool.schedule(look, args=[batch], timeout=BATCH_LIMIT) for batch in batches]
        for batch, future in zip(batches, running, strict=True):
            try:
                outcomes += future.result()
            except (TimeoutError, ProcessExpired):
                outcomes += [outcome_alone(pool, case) for case in batch]
    named = [f"{name}: {told}" for (name, _), told in zip(cases, outcomes, strict=True)]
    assert not [line for line in named if "wrong: " in line]
    # The corpus is hostile, and yet not so broken that nobody looks into it.
    count = Counter(outcomes)
    assert count.total() >= 5000
    assert count["Palette"] >= 1500
    assert count["TruncatedImageError"] >= 1500
    assert count["ImageTooLargeError"] >= 50
    # Only what announces nearly all the pixels allowed may need more memory than a worker has; how
    # many of those do depends on the interpreter's allocator.
    short = [line for line in named if line.endswith(": MemoryError")]
    assert not [line for line in short if not line.startswith("bomb")]
    assert len(short) <= 30


def test_the_corpus_is_always_the_same_and_every_case_has_a_name() -> None:
    names: set[str] = set()
    for (name, data), (again, same) in zip(corpus(), corpus(), strict=True):
        assert (name, data) == (again, same)
        assert name not in names
        names.add(name)


def test_pieces_lie_within_their_file() -> None:
    for name, data in seeds():
        found = pieces(data)
        assert found, name
        for piece in found:
            assert 0 <= piece.start <= piece.number_at, name
            assert piece.number_at + piece.size <= piece.end <= len(data), name
