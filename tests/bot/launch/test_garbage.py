"""When garbage is collected."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.launch.garbage import (
    MAX_RUNNING_WHEN_IDLE,
    collect_if_idle,
    defer_full_collections,
    freeze_long_lived_objects,
)


@pytest.fixture(autouse=True)
def _manual_collections() -> Iterator[None]:
    """Have the collector do nothing on its own, and leave it as it was."""
    threshold = gc.get_threshold()
    gc.disable()
    yield
    gc.enable()
    gc.set_threshold(*threshold)
    gc.unfreeze()


class Cycle:
    """An object that refers to itself, so that only a collection removes it."""

    def __init__(self) -> None:
        self.itself = self


def old_garbage() -> weakref.ref[Cycle]:
    """Return a reference to garbage that only a full collection finds."""
    cycle = Cycle()
    gc.collect(1)
    gc.collect(1)
    return weakref.ref(cycle)


def test_garbage_of_old_work_is_removed_when_the_bot_is_idle() -> None:
    garbage = old_garbage()
    assert not collect_if_idle(MAX_RUNNING_WHEN_IDLE)
    assert garbage() is not None
    assert collect_if_idle(MAX_RUNNING_WHEN_IDLE - 1)
    assert garbage() is None


def test_where_nothing_happened_nothing_is_collected() -> None:
    gc.collect()
    assert not collect_if_idle(0)


def test_frozen_objects_are_not_collected_until_the_next_freeze() -> None:
    garbage = old_garbage()
    freeze_long_lived_objects()
    gc.collect()
    assert garbage() is not None
    freeze_long_lived_objects(refreeze=True)
    assert garbage() is None


def test_a_burst_causes_no_full_collection_by_itself() -> None:
    generations: list[int] = []
    defer_full_collections()
    gc.collect()
    gc.callbacks.append(lambda _, info: generations.append(info["generation"]))
    gc.enable()
    burst = [[number] for number in range(300_000)]
    gc.disable()
    gc.callbacks.pop()
    assert len(burst) == 300_000
    assert 1 in generations
    assert 2 not in generations
