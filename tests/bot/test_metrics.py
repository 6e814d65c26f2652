"""What is counted, and how long things took."""

import pytest

from bot.metrics import BOUNDS, Durations


@pytest.mark.parametrize(
    ("seconds", "bound"), [(0, 0.01), (0.01, 0.01), (0.011, 0.025), (900, 900), (901, None)]
)
def test_a_duration_is_counted_up_to_the_bound_that_it_does_not_exceed(
    seconds: float, bound: float | None
) -> None:
    durations = Durations()
    durations.add(seconds)
    (position,) = [n for n, count in enumerate(durations.counts) if count]
    assert [*BOUNDS, None][position] == bound
    assert durations.total == seconds


def test_what_fails_took_its_time_too() -> None:
    durations = Durations()
    with pytest.raises(LookupError), durations.measured():
        raise LookupError
    assert sum(durations.counts) == 1
    assert 0 <= durations.total < 1
