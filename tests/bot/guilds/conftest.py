"""Databases, and the settings in them as several processes see them."""

from collections.abc import AsyncIterator, Callable
from importlib import import_module
from pathlib import Path

import pytest

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from tests.bot.guilds.support import DEFAULT, ME, Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/choices"
    return request.getfixturevalue("postgresql")


@pytest.fixture(scope="session", autouse=True)
def _alembic() -> None:
    """Import what the first upgrade imports, so that no transaction has to wait for it."""
    import_module("alembic.command")


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
