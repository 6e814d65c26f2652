"""What happens when the database fails, and which URLs it can have."""

import asyncio
import gc
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.cached import MAX_AGE
from bot.guilds.database import TIME_LIMIT, StoreError
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from bot.settings import SettingsError
from tests.bot.guilds.support import (
    ANOTHER_BOT,
    DEFAULT,
    HERE,
    ME,
    SECRET,
    THERE,
    Clock,
    warnings_in,
)

OpenGuilds = Callable[..., GuildSettingsCache]


async def check_failure_and_recovery(
    guilds: GuildSettingsCache,
    known: GuildSettings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    recover: Callable[[], object],
) -> None:
    """Check that the last known settings apply, one warning says so, and saving is refused."""
    caplog.set_level(logging.INFO, "bot")
    for _ in range(3):
        clock.now += MAX_AGE
        assert await guilds.settings(HERE) == known
        assert await guilds.settings(THERE) == DEFAULT
    with pytest.raises(StoreError):
        await guilds.choose(HERE, "colors", 6)
    assert not await guilds.begin_introduction(HERE)
    await guilds.take_introduction_back(HERE)
    await guilds.forget(THERE)
    assert len(warnings_in(caplog)) == 1
    recover()
    clock.now += MAX_AGE
    assert (await guilds.choose(HERE, "colors", 6)).colors == 6
    assert "the database is available again" in caplog.messages


async def test_a_locked_database(
    open_guilds: OpenGuilds, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "choices"
    guilds = open_guilds(f"sqlite:///{file}")
    known = await guilds.choose(HERE, "colors", 4)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        await check_failure_and_recovery(guilds, known, clock, caplog, other.rollback)


async def test_a_corrupt_database(
    open_guilds: OpenGuilds, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "choices"
    guilds = open_guilds(f"sqlite:///{file}")
    known = await guilds.choose(HERE, "colors", 4)
    file.write_bytes(b"no database" * 1000)
    await check_failure_and_recovery(guilds, known, clock, caplog, file.unlink)


async def test_a_missing_database(
    open_guilds: OpenGuilds, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "mounted"
    guilds = open_guilds(f"sqlite:///{folder}/choices")
    await check_failure_and_recovery(guilds, DEFAULT, clock, caplog, folder.mkdir)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/nothing",
        f"postgresql://me:{SECRET}@127.0.0.1:1/nothing?mistake=1",
        f"postgresql://me:{SECRET}@nothing.invalid/nothing",
    ],
)
async def test_a_database_that_cannot_be_reached(
    open_guilds: OpenGuilds, clock: Clock, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    guilds = open_guilds(url)
    for _ in range(3):
        clock.now += MAX_AGE
        assert await guilds.settings(HERE) == DEFAULT
    (line,) = warnings_in(caplog)
    assert SECRET not in line


async def test_a_database_that_does_not_answer_is_not_waited_for(
    open_guilds: OpenGuilds, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    end = asyncio.Event()

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await end.wait()
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        guilds = open_guilds(f"postgresql://me:{SECRET}@127.0.0.1:{port}/nothing")
        for _ in range(2):
            clock.now += MAX_AGE
            async with asyncio.timeout(2 * TIME_LIMIT):
                assert await guilds.settings(HERE) == DEFAULT
        assert len(warnings_in(caplog)) == 1
        end.set()


async def test_a_failure_that_nobody_waits_for_is_not_logged_by_asyncio(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "choices"
    async with Store(f"sqlite:///{file}") as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN EXCLUSIVE")
            before = asyncio.all_tasks()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await store.read(ME, [HERE])
            await asyncio.wait(asyncio.all_tasks() - before)  # until SQLite gives up
    gc.collect()  # asyncio logs an error that nobody retrieved when its task is destroyed
    assert not caplog.messages


async def test_a_transaction_that_nobody_waits_for_ends_before_the_connections_close(
    tmp_path: Path,
) -> None:
    before = asyncio.all_tasks()
    async with Store(f"sqlite:///{tmp_path}/choices") as store:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await store.read(ME, [HERE])
        assert asyncio.all_tasks() > before
    assert asyncio.all_tasks() == before


async def test_the_newest_digest_of_each_bots_commands_is_kept(url: str) -> None:
    async with Store(url) as store:
        assert await store.commands(ME) is None
        for digest in ("1" * 64, "2" * 64):
            await store.save_commands(ME, digest)
        await store.save_commands(ANOTHER_BOT, "3" * 64)
    async with Store(url) as store:
        assert await store.commands(ME) == "2" * 64


async def test_how_far_each_shard_has_got_is_kept(url: str) -> None:
    async with Store(url) as store:
        assert await store.progress(ME) == {}
        await store.save_progress(ME, 2, {0: 2**62, 1: 5})
        await store.save_progress(ME, 2, {1: 6})
        await store.save_progress(ME, 4, {1: 7})
        await store.save_progress(ANOTHER_BOT, 2, {0: 8})
    async with Store(url) as store:
        assert await store.progress(ME) == {(0, 2): 2**62, (1, 2): 6, (1, 4): 7}


@pytest.mark.parametrize(
    "url",
    [
        "hueharvest.sqlite3",
        f"postgresql://me:{SECRET}@host:port/name",
        f"nosuch://me:{SECRET}@host/name",
        f"mysql://me:{SECRET}@host/name",
        "sqlite+pysqlite:///hueharvest.sqlite3",
    ],
)
def test_an_impossible_url_is_explained_in_one_sentence(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL [^\n]+\.$") as raised:
        Store(url)
    assert SECRET not in str(raised.value)
