"""How long a session waits to begin."""

import asyncio
from itertools import pairwise

import discord
import pytest

from bot.guilds.database import StoreError
from bot.launch.sessions import SessionLimitError, SessionStarts


class Day:
    """A clock that sleep moves, and what Discord says about its day."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.limits = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        self.starts = SessionStarts(lambda: self.now)
        monkeypatch.setattr(asyncio, "sleep", self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds

    async def begin(self, shard_id: int, **changes: int) -> float:
        """Begin a session of a shard; return when."""
        self.limits |= changes
        await self.starts.wait_for(shard_id, discord.SessionStartLimits(**self.limits))
        return self.now - 1000


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(monkeypatch)


async def test_shards_begin_five_seconds_apart(day: Day) -> None:
    assert [await day.begin(shard) for shard in range(4)] == [0, 5, 10, 15]


async def test_shards_that_discord_counts_apart_begin_at_once(day: Day) -> None:
    begun = [await day.begin(shard, max_concurrency=2) for shard in range(4)]
    assert begun == [0, 0, 5, 5]


async def test_a_shard_whose_sessions_end_soon_waits_longer_each_time(day: Day) -> None:
    begun = [await day.begin(0) for _ in range(7)]
    pauses = [later - earlier for earlier, later in pairwise(begun)]
    assert pauses == [5, 10, 20, 40, 40, 40]
    day.now += 600
    before = day.now - 1000
    assert await day.begin(0) == before


async def test_a_shard_waits_for_those_of_other_processes(day: Day) -> None:
    answers = [0.0, 2.0, 3.0]
    claims: list[tuple[int, float]] = []

    async def claim(lane: int, seconds: float) -> float:
        claims.append((lane, seconds))
        return answers.pop()

    day.starts = SessionStarts(lambda: day.now, claim=claim)
    assert await day.begin(5, max_concurrency=4) == 5
    assert claims == [(1, 5)] * 3


async def test_a_shard_does_not_wait_for_longer_than_its_connection_lasts(day: Day) -> None:
    answers = [5.0] * 20

    async def claim(_lane: int, _seconds: float) -> float:
        return answers.pop()

    day.starts = SessionStarts(lambda: day.now, claim=claim)
    with pytest.raises(SessionLimitError, match="other processes"):
        await day.begin(0)
    assert 60 < day.now - 1000 < 80


async def test_without_the_database_a_process_heeds_itself_and_says_so_once(
    day: Day, caplog: pytest.LogCaptureFixture
) -> None:
    async def claim(_lane: int, _seconds: float) -> float:
        raise StoreError("gone")

    day.starts = SessionStarts(lambda: day.now, claim=claim)
    assert [await day.begin(shard) for shard in range(3)] == [0, 5, 10]
    assert caplog.messages == ["sessions begin without regard to other processes: gone"]


async def test_the_last_sessions_of_a_day_are_kept(day: Day) -> None:
    await day.begin(0, remaining=11)
    with pytest.raises(SessionLimitError, match="no session for 1:00:00"):
        await day.begin(1, remaining=10, reset_after=3_600_000)


@pytest.mark.parametrize(
    ("own", "remaining", "waits"),
    [(None, 112, []), (None, 111, [3600]), (3, 103, []), (3, 102, [3600])],
)
async def test_a_launch_needs_sessions_for_all_shards_and_a_tenth_to_spare(
    day: Day, own: int | None, remaining: int, waits: list[float]
) -> None:
    answers = [
        (12, "wss://gateway", day.limits | {"remaining": left, "reset_after": 3_600_000})
        for left in (1000, remaining)
    ]

    async def fetch() -> tuple[int, str, dict[str, int]]:
        return answers.pop()

    assert await day.starts.wait_for_all(fetch, own) == (12, "wss://gateway")
    assert day.now - 1000 == sum(waits)
