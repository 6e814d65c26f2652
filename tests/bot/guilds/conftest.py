"""Databases, and the settings in them as several processes see them."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from tests.bot.guilds.support import DEFAULT, ME, Clock


def _postgresql_programs() -> Path:
    installed = [*Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), shutil.which("pg_ctl")]
    if installed[0] is None:
        pytest.skip("PostgreSQL is not installed")
    return Path(installed[0]).resolve().parent


def _postgresql_user() -> str | None:
    """Return the user to run PostgreSQL as, if not the current one."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("PostgreSQL refuses to run as root, and there is no user postgres")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL that nothing outside its directory can reach; return its URL."""
    programs, user = _postgresql_programs(), _postgresql_user()

    def run(program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603, PostgreSQL's own programs
            [programs / program, "-D", f"{home}/data", *arguments],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            user=user,
            group=user,
        )

    with tempfile.TemporaryDirectory() as home:
        if user:
            shutil.chown(home, user, user)
        options = ("--username=me", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        only_here = f"-k {home} -c listen_addresses='' -c fsync=off"
        try:
            run("initdb", *options)
            run("pg_ctl", "start", "--wait", "--silent", "-o", only_here, "-l", f"{home}/log")
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start here: {error}")
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
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def open_guilds(clock: Clock) -> AsyncIterator[Callable[..., GuildSettingsCache]]:
    """Return a function that opens the settings as another process would."""
    stores: list[Store] = []

    def opened(url: str, *, bot: int = ME, default: GuildSettings = DEFAULT) -> GuildSettingsCache:
        stores.append(Store(url))
        return GuildSettingsCache(stores[-1], lambda: bot, default, clock=clock)

    yield opened
    for store in stores:
        await store.close()
