"""Settings are stored, shared between processes, and read together."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.cached import MAX_AGE
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from tests.bot.guilds.support import (
    ANOTHER_BOT,
    CHOICES,
    CHOSEN,
    DEFAULT,
    HERE,
    ME,
    THERE,
    Clock,
    warnings_in,
)

OpenGuilds = Callable[..., GuildSettingsCache]


async def test_each_choice_is_kept(url: str, open_guilds: OpenGuilds) -> None:
    before = open_guilds(url)
    await before.reset(HERE)
    assert await before.settings(HERE) == DEFAULT
    for name, value in CHOICES.items():
        shown = await before.choose(HERE, name, value)
    assert shown == CHOSEN
    assert await before.settings(HERE) == CHOSEN

    after = open_guilds(url)
    assert await after.settings(HERE) == CHOSEN
    assert await after.settings(THERE) == DEFAULT
    assert await after.choose(HERE, "language", None) == GuildSettings(
        **{name: getattr(CHOSEN, name) for name in CHOICES if name != "language"}
    )
    assert await after.reset(HERE) == DEFAULT
    assert await open_guilds(url).settings(HERE) == DEFAULT


async def test_a_change_by_another_process_is_noticed_soon(
    url: str, open_guilds: OpenGuilds, clock: Clock
) -> None:
    one, other = open_guilds(url), open_guilds(url)
    await one.reset(HERE)
    await other.settings(HERE)
    await one.choose(HERE, "colors", 4)
    await other.choose(HERE, "order", "share")
    assert (await other.settings(HERE)).colors == 4  # a change returns all others
    await one.choose(HERE, "colors", 5)
    clock.now += MAX_AGE
    assert (await other.settings(HERE)).colors == 5


async def test_simultaneous_changes_are_all_kept(url: str, open_guilds: OpenGuilds) -> None:
    await open_guilds(url).reset(HERE)  # creates the table
    await asyncio.gather(
        *(open_guilds(url).choose(HERE, name, value) for name, value in CHOICES.items())
    )
    assert await open_guilds(url).settings(HERE) == CHOSEN


async def test_many_servers_are_read_at_once(
    url: str, open_guilds: OpenGuilds, caplog: pytest.LogCaptureFixture
) -> None:
    before, after = open_guilds(url), open_guilds(url)
    for number in range(10):
        await before.choose(number, "colors", 1 + number)
    requests = [after.settings(number % 1000) for number in range(2000)]
    found = [settings.colors for settings in await asyncio.gather(*requests)]
    assert found[:1000] == found[1000:] == [*range(1, 11), *[DEFAULT.colors] * 990]
    assert not warnings_in(caplog)


class SlowStore(Store):
    """Reads at once, but returns what it read only when it may."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.has_read = asyncio.Event()
        self.may_return = asyncio.Event()

    async def read(self, bot: int, guilds: Collection[int]) -> dict[int, dict[str, Any]]:
        choices = await super().read(bot, guilds)
        self.has_read.set()
        await self.may_return.wait()
        return choices


async def test_servers_requested_during_a_read_are_read_next(tmp_path: Path) -> None:
    async with SlowStore(f"sqlite:///{tmp_path}/choices") as store:
        await GuildSettingsCache(store, lambda: ME, DEFAULT).choose(THERE, "colors", 3)
        guilds = GuildSettingsCache(store, lambda: ME, DEFAULT)
        first = asyncio.create_task(guilds.settings(HERE))
        await store.has_read.wait()
        later = [asyncio.create_task(guilds.settings(guild)) for guild in (HERE, THERE)]
        store.may_return.set()
        assert await first == DEFAULT
        assert [(await settings).colors for settings in later] == [DEFAULT.colors, 3]


@pytest.mark.parametrize(
    ("change", "colors"),
    [
        (lambda guilds: guilds.choose(HERE, "colors", 4), 4),
        (lambda guilds: guilds.reset(HERE), DEFAULT.colors),
    ],
    ids=["choose", "reset"],
)
async def test_a_change_is_not_undone_by_an_older_read(
    tmp_path: Path, change: Callable[[GuildSettingsCache], Awaitable[GuildSettings]], colors: int
) -> None:
    async with SlowStore(f"sqlite:///{tmp_path}/choices") as store:
        await GuildSettingsCache(store, lambda: ME, DEFAULT).choose(HERE, "colors", 3)
        guilds = GuildSettingsCache(store, lambda: ME, DEFAULT)
        reading = asyncio.create_task(guilds.settings(HERE))
        await store.has_read.wait()
        await change(guilds)
        store.may_return.set()
        assert (await reading).colors == colors
        assert (await guilds.settings(HERE)).colors == colors


async def test_servers_that_the_bot_left_are_forgotten_and_those_of_other_bots_are_not(
    url: str, open_guilds: OpenGuilds
) -> None:
    mine, others = open_guilds(url), open_guilds(url, bot=ANOTHER_BOT)
    for guild in (HERE, THERE):
        await mine.choose(guild, "colors", 2)
        await others.choose(guild, "colors", 3)
    await mine.forget(HERE)
    assert (await mine.settings(HERE)).colors == 10
    assert (await mine.settings(THERE)).colors == 2
    await mine.forget_where(lambda guild: guild == THERE)
    assert (await open_guilds(url).settings(THERE)).colors == 10
    for guild in (HERE, THERE):
        assert (await open_guilds(url, bot=ANOTHER_BOT).settings(guild)).colors == 3


async def test_the_bot_introduces_itself_once_in_each_server(
    url: str, open_guilds: OpenGuilds
) -> None:
    one, others = open_guilds(url), [open_guilds(url) for _ in range(4)]
    await one.forget(HERE)
    await one.forget(THERE)
    begun = await asyncio.gather(*(each.begin_introduction(HERE) for each in others))
    assert sorted(begun) == [False, False, False, True]
    assert not await open_guilds(url).begin_introduction(HERE)
    await one.reset(HERE)
    for guilds in (one, open_guilds(url)):
        assert not await guilds.begin_introduction(HERE)
    assert await one.begin_introduction(THERE)
    await one.take_introduction_back(THERE)
    assert await open_guilds(url).begin_introduction(THERE)
    await one.forget(HERE)
    assert await one.begin_introduction(HERE)


class CountingStore(Store):
    """Counts how often servers are read."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.reads = 0

    async def read(self, bot: int, guilds: Collection[int]) -> dict[int, dict[str, Any]]:
        self.reads += 1
        return await super().read(bot, guilds)


async def test_after_an_introduction_a_burst_of_replies_reads_nothing(
    tmp_path: Path, clock: Clock
) -> None:
    async with CountingStore(f"sqlite:///{tmp_path}/choices") as store:
        guilds = GuildSettingsCache(store, lambda: ME, DEFAULT, clock=clock)
        assert await guilds.begin_introduction(HERE)
        assert not await guilds.begin_introduction(HERE)
        before = store.reads
        for _ in range(20):
            clock.now += MAX_AGE
            assert not await guilds.begin_introduction(HERE)
        assert store.reads == before
