"""The schema is upgraded at start, whatever made it and however many do so at once."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.guilds import database
from bot.guilds.database import StoreError
from bot.guilds.engine import create_engine
from bot.guilds.schema import MIGRATIONS, NEWEST, REVISION_TABLE, is_current
from bot.guilds.store import Store
from bot.guilds.tables import TABLES
from tests.bot.guilds.support import warnings_in
from tests.bot.processes import environment

# As the bot made them itself, before there were revisions.
TABLES_OF_0_1_0 = """
CREATE TABLE guild_choices (
    bot BIGINT NOT NULL, guild BIGINT NOT NULL, name VARCHAR(32) NOT NULL, value JSON NOT NULL,
    PRIMARY KEY (bot, guild, name));
INSERT INTO guild_choices VALUES (10, 3, 'roles', '[7]')
"""
TABLES_AFTER_0_1_0 = """
CREATE TABLE ignored_people (
    bot BIGINT NOT NULL, person BIGINT NOT NULL, PRIMARY KEY (bot, person));
CREATE TABLE synced_commands (
    bot BIGINT NOT NULL, digest VARCHAR(64) NOT NULL, PRIMARY KEY (bot));
INSERT INTO ignored_people VALUES (10, 4);
INSERT INTO synced_commands VALUES (10, 'abc')
"""
ME, HERE, ALICE = 10, 3, 4


async def run(url: str, statements: str) -> None:
    engine = create_engine(url, time_limit=10)
    async with engine.begin() as connection:
        for statement in statements.split(";"):
            await connection.execute(text(statement))
    await engine.dispose()


async def test_the_choices_made_in_version_0_1_0_are_kept(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    await run(url, TABLES_OF_0_1_0)
    async with Store(url) as store:
        await store.ignore(ME, ALICE, ignored=True)
        assert await store.read(ME, [HERE]) == {HERE: {"roles": [7]}}
        assert await store.ignored(ME, [ALICE]) == {ALICE}
    assert not warnings_in(caplog)


async def test_all_that_was_stored_before_there_were_revisions_is_kept(url: str) -> None:
    await run(url, TABLES_OF_0_1_0)
    await run(url, TABLES_AFTER_0_1_0)
    for _ in range(2):
        async with Store(url) as store:
            assert await store.read(ME, [HERE]) == {HERE: {"roles": [7]}}
            assert await store.ignored(ME, [HERE, ALICE]) == {ALICE}
            assert await store.commands(ME) == "abc"


async def test_processes_that_start_at_once_do_not_trip_over_each_other(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def start(number: int) -> None:
        async with Store(url) as store:
            await store.write(ME, HERE, str(number), number)

    await asyncio.gather(*map(start, range(5)))
    async with Store(url) as store:
        assert len((await store.read(ME, [HERE]))[HERE]) == 5
    assert not warnings_in(caplog)


async def test_a_database_of_a_newer_version_is_used_with_one_warning(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Store(url) as store:
        await store.write(ME, HERE, "colors", 4)
    await run(url, f"UPDATE {REVISION_TABLE} SET version_num = '9999'")  # noqa: S608, no input
    async with Store(url) as store:
        assert await store.read(ME, [HERE]) == {HERE: {"colors": 4}}
        await store.write(ME, HERE, "colors", 5)
    (line,) = warnings_in(caplog)
    assert "9999" in line
    assert NEWEST in line


async def test_an_upgrade_may_take_longer_than_a_transaction(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TIME_LIMIT", 0.3)
    engine = create_engine(postgresql, time_limit=10)
    store = Store(postgresql)
    async with engine.begin() as other:
        await other.execute(text("CREATE TABLE guild_choices (it INTEGER)"))  # the upgrade waits
        with pytest.raises(StoreError):
            await store.read(ME, [HERE])
        await other.rollback()
    async with asyncio.timeout(10), engine.connect() as other:
        while not await other.run_sync(is_current):  # noqa: ASYNC110, no event tells
            await asyncio.sleep(0.1)
    await engine.dispose()
    assert await store.read(ME, [HERE]) == {}
    await store.close()


async def test_a_start_waits_for_an_upgrade(
    postgresql: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(database, "TIME_LIMIT", 0.3)

    async def start() -> object:
        async with Store(postgresql) as store:
            return await store.read(ME, [HERE])

    engine = create_engine(postgresql, time_limit=10)
    async with engine.begin() as other:
        await other.execute(text("CREATE TABLE guild_choices (it INTEGER)"))  # the upgrade waits
        starting = asyncio.create_task(start())
        done, _ = await asyncio.wait({starting}, timeout=2 * database.TIME_LIMIT)
        assert not done
        await other.rollback()
    await engine.dispose()
    assert await starting == {}
    assert not warnings_in(caplog)


async def differences(engine: AsyncEngine) -> list[Any]:
    def compare(connection: Connection) -> list[Any]:
        options = {"version_table": REVISION_TABLE}
        return compare_metadata(MigrationContext.configure(connection, opts=options), TABLES)

    async with engine.connect() as connection:
        return await connection.run_sync(compare)


async def test_the_newest_revision_has_the_tables_that_the_bot_uses(url: str) -> None:
    async with Store(url):
        pass
    engine = create_engine(url, time_limit=10)
    assert await differences(engine) == []
    await engine.dispose()


def test_the_files_of_the_revisions_have_their_numbers_in_one_line() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert scripts[0].revision == NEWEST
    for script in scripts:
        assert Path(script.path).name.startswith(f"r{script.revision}_")


def test_a_database_that_is_current_is_opened_without_alembic(tmp_path: Path) -> None:
    code = """
import asyncio, sys
from bot.guilds.store import Store
async def main():
    async with Store("sqlite:///choices"):
        print("alembic" in sys.modules)
asyncio.run(main())
"""
    shown = [
        subprocess.check_output(  # noqa: S603, our own code
            [sys.executable, "-c", code], cwd=tmp_path, env=environment(), text=True
        ).strip()
        for _ in range(2)
    ]
    assert shown == ["True", "False"]
