"""Whatever the bytes, the outcome is a palette or a sentence for the user."""

from collections import Counter
from multiprocessing import get_context

import pytest
from pebble import ProcessExpired, ProcessPool

from bot.workers.worker import SINGLE_THREAD_ENVIRONMENT, become_worker
from tests.fuzz.corpus import Case, corpus
from tests.fuzz.outcomes import find_outcomes
from tests.fuzz.seeds import seeds
from tests.fuzz.structure import find_pieces

WORKERS = 2
MEMORY_LIMIT = 2 * 2**30  # bytes of address space
CASE_TIMEOUT = 20  # seconds; on an idle core no case takes 3
BATCH_SIZE = 50
BATCH_TIMEOUT = 120  # seconds


@pytest.fixture
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SINGLE_THREAD_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def find_outcome_alone(pool: ProcessPool, case: Case) -> str:
    """Find the outcome of one case of a batch that was not finished."""
    try:
        (outcome,) = pool.schedule(find_outcomes, args=[[case]], timeout=CASE_TIMEOUT).result()
    except TimeoutError:
        return "wrong: it does not end"
    except ProcessExpired as error:
        return f"wrong: it kills its worker ({error})"
    return outcome


@pytest.mark.usefixtures("_one_thread")
def test_every_outcome_is_a_palette_or_a_sentence() -> None:
    cases = list(corpus())
    batches = [cases[at : at + BATCH_SIZE] for at in range(0, len(cases), BATCH_SIZE)]
    outcomes: list[str] = []
    with ProcessPool(
        WORKERS,
        initializer=become_worker,
        initargs=[MEMORY_LIMIT],
        context=get_context("forkserver"),
    ) as pool:
        running = [
            pool.schedule(find_outcomes, args=[batch], timeout=BATCH_TIMEOUT) for batch in batches
        ]
        for batch, future in zip(batches, running, strict=True):
            try:
                outcomes += future.result()
            except (TimeoutError, ProcessExpired):
                outcomes += [find_outcome_alone(pool, case) for case in batch]
    lines = [f"{name}: {outcome}" for (name, _), outcome in zip(cases, outcomes, strict=True)]
    assert not [line for line in lines if "wrong: " in line]
    # The corpus is hostile, yet not so broken that decoders refuse all of it at first sight.
    count = Counter(outcomes)
    assert count.total() >= 5000
    assert count["Palette"] >= 1500
    assert count["TruncatedImageError"] >= 1500
    assert count["ImageTooLargeError"] >= 50
    # Only files that announce nearly all the pixels allowed may need more memory than a worker has;
    # how many do depends on the allocator of the interpreter.
    out_of_memory = [line for line in lines if line.endswith(": MemoryError")]
    assert not [line for line in out_of_memory if not line.startswith("bomb")]
    assert len(out_of_memory) <= 30


def test_corpus_is_deterministic_and_its_names_are_unique() -> None:
    names: set[str] = set()
    for (name, data), second in zip(corpus(), corpus(), strict=True):
        assert (name, data) == second
        assert name not in names
        names.add(name)


def test_pieces_lie_within_their_file() -> None:
    for name, data in seeds():
        found = find_pieces(data)
        assert found, name
        for piece in found:
            assert 0 <= piece.start <= piece.number_at, name
            assert piece.number_at + piece.size <= piece.end <= len(data), name
