"""With PostgreSQL, what one process changes shows in the others at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from bot.guilds import changes
from bot.guilds.cache import GuildSettingsCache
from bot.guilds.cached import MAX_AGE, Cached
from bot.guilds.database import StoreError
from bot.guilds.ignored import IgnoredPeople
from bot.guilds.store import Store
from tests.bot.guilds.support import DEFAULT, HERE, ME, THERE, Clock

ALICE = 4
LISTENERS = """
    FROM pg_stat_activity WHERE query = 'LISTEN hueharvest' AND datname = current_database()"""


@dataclass
class Process:
    """What a process knows; on its clock, nothing ever gets old."""

    store: Store
    guilds: GuildSettingsCache
    people: IgnoredPeople

    async def wait_for_colors(self, colors: object) -> None:
        """Wait until the settings say so."""

        async def holds() -> bool:
            return (await self.guilds.settings(HERE)).colors == colors

        await until(holds)


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(10):
        while not await holds():  # noqa: ASYNC110, no event tells
            await asyncio.sleep(0.01)


async def select(url: str, what: str) -> list[Any]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return await (await connection.execute(f"SELECT {what}")).fetchall()


@pytest_asyncio.fixture
async def processes(postgresql: str) -> AsyncIterator[tuple[Process, Process]]:
    async with Store(postgresql) as one, Store(postgresql) as other:
        found = tuple(
            Process(
                store,
                GuildSettingsCache(store, lambda: ME, DEFAULT, clock=Clock()),
                IgnoredPeople(store, lambda: ME, clock=Clock()),
            )
            for store in (one, other)
        )

        async def are_listening() -> bool:
            return await select(postgresql, f"count(*) {LISTENERS}") == [(len(found),)]

        await until(are_listening)
        yield found


async def test_what_a_server_chooses_resets_and_loses_shows_in_other_processes(
    processes: tuple[Process, Process],
) -> None:
    one, other = processes
    await other.wait_for_colors(DEFAULT.colors)
    await one.guilds.choose(HERE, "colors", 4)
    await other.wait_for_colors(4)
    await one.guilds.reset(HERE)
    await other.wait_for_colors(DEFAULT.colors)
    await one.guilds.choose(HERE, "colors", 5)
    await other.wait_for_colors(5)
    await one.guilds.choose(THERE, "colors", 6)
    await one.guilds.forget_where(lambda _: True)
    await other.wait_for_colors(DEFAULT.colors)


async def test_whom_to_ignore_shows_in_other_processes(
    processes: tuple[Process, Process],
) -> None:
    one, other = processes
    for _ in range(2):
        expected = not await other.people.includes(ALICE)
        assert await one.people.toggle(ALICE) is expected

        async def holds(expected: bool = expected) -> bool:  # noqa: FBT001, bound in the loop
            return await other.people.includes(ALICE) is expected

        await until(holds)


async def test_what_changes_while_nothing_is_told_shows_afterwards(
    processes: tuple[Process, Process], postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_PAUSE", 0.5)
    one, other = processes
    await other.wait_for_colors(DEFAULT.colors)
    await select(postgresql, f"pg_terminate_backend(pid, 1000) {LISTENERS}")
    await one.guilds.choose(HERE, "colors", 4)  # before anybody listens again
    await other.wait_for_colors(4)
    await one.guilds.choose(HERE, "colors", 5)
    await other.wait_for_colors(5)


async def test_a_change_during_a_read_is_read_next() -> None:
    stored = {HERE: 1}
    has_read, may_return = asyncio.Event(), asyncio.Event()

    async def read(_: Collection[int]) -> Mapping[int, int]:
        values = dict(stored)
        has_read.set()
        await may_return.wait()
        return values

    cached = Cached(read, 0, Clock())
    reading = asyncio.create_task(cached.get(HERE))
    await has_read.wait()
    stored[HERE] = 2
    cached.expire(HERE)
    may_return.set()
    await reading
    assert await cached.get(HERE) == 2


async def test_without_the_database_what_expired_is_what_was_last_known() -> None:
    stored = {HERE: 1}

    async def read(_: Collection[int]) -> Mapping[int, int]:
        if not stored:
            raise StoreError
        return dict(stored)

    clock = Clock()
    cached = Cached(read, 0, clock)
    assert await cached.get(HERE) == 1
    stored.clear()
    cached.expire(HERE)
    assert await cached.get(HERE) == 1
    stored[HERE] = 2
    clock.now += MAX_AGE
    assert await cached.get(HERE) == 2
