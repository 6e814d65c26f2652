"""What servers choose is kept in a database, and nothing stops when that does."""

import asyncio
import gc
import logging
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.guilds.guild_settings import GuildSettings
from bot.guilds.known import MAX_AGE, GuildSettingsCache
from bot.guilds.store import TIME_LIMIT, Store, StoreError
from bot.settings import AccountSettings, Listen, SettingsError

ME, ANOTHER_BOT = 10, 20
HERE, THERE = 2**62, 3  # ids of servers
DEFAULT = GuildSettings(Listen.EVERYWHERE)
SECRET = "hunter2"  # noqa: S105, made up


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL of its own, which nothing outside of its directory can see."""
    installed = [*Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), shutil.which("pg_ctl")]
    if not installed[0]:
        pytest.skip("PostgreSQL is not installed")
    programs = Path(installed[0]).resolve().parent
    # It refuses to be run by root.
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603, PostgreSQL's own programs
            [programs / program, "-D", f"{home}/data", *arguments],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            **user,
        )

    with tempfile.TemporaryDirectory() as home:
        if user:
            shutil.chown(home, **user)
        run("initdb", "--username=me", "--auth=trust", "--encoding=UTF8", "--no-sync")
        only_here = f"-k {home} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "start", "--wait", "--silent", "-o", only_here, "-l", f"{home}/log")
        try:
            yield f"postgresql://me@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "--mode=immediate")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/choices"
    return request.getfixturevalue("postgresql")


@pytest.fixture
async def open_guilds(clock: Clock) -> AsyncIterator[Callable[..., GuildSettingsCache]]:
    """Return what opens the settings as another process would."""
    stores = []

    def opened(url: str, *, bot: int = ME, default: GuildSettings = DEFAULT) -> GuildSettingsCache:
        stores.append(Store(url))
        return GuildSettingsCache(stores[-1], lambda: bot, default, clock=clock)

    yield opened
    for store in stores:
        await store.close()


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


CHOICES = {
    "listen": "mentions",
    "channels": {2**61, 5},
    "colors": 3,
    "order": "hue",
    "show_source": False,
    "language": "ja",
    "roles": {7},
}
CHOSEN = GuildSettings(
    Listen.MENTIONS,
    channels=frozenset({2**61, 5}),
    colors=3,
    order="hue",
    show_source=False,
    language="ja",
    roles=frozenset({7}),
)


async def test_each_choice_is_kept(
    url: str, open_guilds: Callable[..., GuildSettingsCache]
) -> None:
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


async def test_what_another_process_changes_is_seen_soon(
    url: str, open_guilds: Callable[..., GuildSettingsCache], clock: Clock
) -> None:
    one, other = open_guilds(url), open_guilds(url)
    await one.reset(HERE)
    await other.settings(HERE)
    await one.choose(HERE, "colors", 4)
    await other.choose(HERE, "order", "share")
    assert (await other.settings(HERE)).colors == 4  # a change shows all the others
    await one.choose(HERE, "colors", 5)
    clock.now += MAX_AGE
    assert (await other.settings(HERE)).colors == 5


async def test_changes_at_the_same_moment_are_all_kept(
    url: str, open_guilds: Callable[..., GuildSettingsCache]
) -> None:
    await open_guilds(url).reset(HERE)  # so that there is a table
    await asyncio.gather(
        *(open_guilds(url).choose(HERE, name, value) for name, value in CHOICES.items())
    )
    assert await open_guilds(url).settings(HERE) == CHOSEN


async def test_many_servers_at_the_same_moment(
    url: str, open_guilds: Callable[..., GuildSettingsCache], caplog: pytest.LogCaptureFixture
) -> None:
    before, after = open_guilds(url), open_guilds(url)
    for number in range(10):
        await before.choose(number, "colors", 1 + number)
    asked = [after.settings(number % 1000) for number in range(2000)]
    found = [settings.colors for settings in await asyncio.gather(*asked)]
    assert found[:1000] == found[1000:] == [*range(1, 11), *[DEFAULT.colors] * 990]
    assert not warnings_in(caplog)


class SlowStore(Store):
    """Reads at once, and tells when it may."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.has_read = asyncio.Event()
        self.may_tell = asyncio.Event()

    async def read(self, bot: int, guilds: Collection[int]) -> dict[int, dict[str, Any]]:
        choices = await super().read(bot, guilds)
        self.has_read.set()
        await self.may_tell.wait()
        return choices


async def test_who_asks_while_others_are_read_is_read_next(tmp_path: Path) -> None:
    async with SlowStore(f"sqlite:///{tmp_path}/choices") as store:
        await GuildSettingsCache(store, lambda: ME, DEFAULT).choose(THERE, "colors", 3)
        guilds = GuildSettingsCache(store, lambda: ME, DEFAULT)
        first = asyncio.create_task(guilds.settings(HERE))
        await store.has_read.wait()
        later = [asyncio.create_task(guilds.settings(guild)) for guild in (HERE, THERE)]
        store.may_tell.set()
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
async def test_a_change_is_not_undone_by_what_was_read_before_it(
    tmp_path: Path, change: Callable[[GuildSettingsCache], Awaitable[GuildSettings]], colors: int
) -> None:
    async with SlowStore(f"sqlite:///{tmp_path}/choices") as store:
        await GuildSettingsCache(store, lambda: ME, DEFAULT).choose(HERE, "colors", 3)
        guilds = GuildSettingsCache(store, lambda: ME, DEFAULT)
        reading = asyncio.create_task(guilds.settings(HERE))
        await store.has_read.wait()
        await change(guilds)
        store.may_tell.set()
        assert (await reading).colors == colors
        assert (await guilds.settings(HERE)).colors == colors


async def test_servers_that_are_left_are_forgotten(
    url: str, open_guilds: Callable[..., GuildSettingsCache]
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
    # Another bot, which shares the database, is still there.
    for guild in (HERE, THERE):
        assert (await open_guilds(url, bot=ANOTHER_BOT).settings(guild)).colors == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colors", 0),
        ("colors", 21),
        ("listen", "sometimes"),
        ("order", "size"),
        ("language", "tlh"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_does_no_harm(
    open_guilds: Callable[..., GuildSettingsCache], tmp_path: Path, name: str, value: object
) -> None:
    url = f"sqlite:///{tmp_path}/choices"
    with pytest.raises(ValidationError):
        await open_guilds(url).choose(HERE, name, value)
    async with Store(url) as store:  # as a later version might
        await store.write(ME, HERE, name, value)
        await store.write(ME, HERE, "mood", "blue")
        await store.write(ME, HERE, "show_source", value=False)
    assert await open_guilds(url).settings(HERE) == GuildSettings(
        Listen.EVERYWHERE, show_source=False
    )


async def test_the_environment_says_how_much_may_be_listened_to(
    open_guilds: Callable[..., GuildSettingsCache], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/choices"
    await open_guilds(url).choose(HERE, "listen", Listen.EVERYWHERE)
    restricted = open_guilds(url, default=GuildSettings(Listen.MENTIONS))
    assert (await restricted.settings(HERE)).listen is Listen.MENTIONS
    assert (await restricted.choose(HERE, "listen", Listen.OFF)).listen is Listen.OFF


async def fails_and_recovers(
    guilds: GuildSettingsCache,
    known: GuildSettings,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    recover: Callable[[], object],
) -> None:
    """Use what cannot be used: what was known holds, one line says so, saving is refused."""
    caplog.set_level(logging.INFO, "bot")
    for _ in range(3):
        clock.now += MAX_AGE
        assert await guilds.settings(HERE) == known
        assert await guilds.settings(THERE) == DEFAULT
    with pytest.raises(StoreError):
        await guilds.choose(HERE, "colors", 6)
    await guilds.forget(THERE)
    assert len(warnings_in(caplog)) == 1
    recover()
    clock.now += MAX_AGE
    assert (await guilds.choose(HERE, "colors", 6)).colors == 6
    assert caplog.messages[-1] == "the database is available again"


async def test_a_locked_database(
    open_guilds: Callable[..., GuildSettingsCache],
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "choices"
    guilds = open_guilds(f"sqlite:///{file}")
    known = await guilds.choose(HERE, "colors", 4)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        await fails_and_recovers(guilds, known, clock, caplog, other.rollback)


async def test_a_corrupt_database(
    open_guilds: Callable[..., GuildSettingsCache],
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "choices"
    guilds = open_guilds(f"sqlite:///{file}")
    known = await guilds.choose(HERE, "colors", 4)
    file.write_bytes(b"no database" * 1000)
    await fails_and_recovers(guilds, known, clock, caplog, file.unlink)


async def test_a_transaction_that_nobody_waits_for_fails_in_silence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "choices"
    async with Store(f"sqlite:///{file}") as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN EXCLUSIVE")
            others = asyncio.all_tasks()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await store.read(ME, [HERE])
            (transaction,) = asyncio.all_tasks() - others
            await asyncio.wait({transaction})
    assert not transaction.cancelled()
    del transaction
    gc.collect()  # asyncio complains of errors that nobody saw when their task is destroyed
    assert not caplog.messages


async def test_a_database_that_is_gone(
    open_guilds: Callable[..., GuildSettingsCache],
    tmp_path: Path,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = tmp_path / "mounted"
    guilds = open_guilds(f"sqlite:///{folder}/choices")
    await fails_and_recovers(guilds, DEFAULT, clock, caplog, folder.mkdir)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@127.0.0.1:1/nothing",
        f"postgresql://me:{SECRET}@127.0.0.1:1/nothing?mistake=1",
        f"postgresql://me:{SECRET}@nothing.invalid/nothing",
    ],
)
async def test_a_database_that_cannot_be_connected_to(
    open_guilds: Callable[..., GuildSettingsCache],
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    url: str,
) -> None:
    guilds = open_guilds(url)
    for _ in range(3):
        clock.now += MAX_AGE
        assert await guilds.settings(HERE) == DEFAULT
    (line,) = warnings_in(caplog)
    assert SECRET not in line


async def test_a_database_that_does_not_answer_is_not_waited_for(
    open_guilds: Callable[..., GuildSettingsCache], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    silence = asyncio.Event()

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await silence.wait()
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        guilds = open_guilds(f"postgresql://me:{SECRET}@127.0.0.1:{port}/nothing")
        for _ in range(2):
            clock.now += MAX_AGE
            async with asyncio.timeout(2 * TIME_LIMIT):
                assert await guilds.settings(HERE) == DEFAULT
        assert len(warnings_in(caplog)) == 1
        silence.set()


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
def test_an_impossible_url_is_one_sentence(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^DATABASE_URL [^\n]+\.$") as raised:
        Store(url)
    assert SECRET not in str(raised.value)


def test_the_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:{SECRET}@host/name")
    settings = AccountSettings.load(discord_token="MTIzNDU2Nzg5MDEyMzQ1Njc4.a.b")  # noqa: S106
    assert SECRET in settings.database_url.get_secret_value()
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()}"
