"""Which choices are possible."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from bot.settings import Listen
from tests.bot.guilds.support import HERE, ME


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colors", 0),
        ("colors", 21),
        ("listen", "sometimes"),
        ("style", "pretty"),
        ("order", "size"),
        ("language", "tlh"),
    ],
)
async def test_an_impossible_choice_is_refused_and_ignored_in_the_database(
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


async def test_a_server_can_only_restrict_what_the_host_allows(
    open_guilds: Callable[..., GuildSettingsCache], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/choices"
    await open_guilds(url).choose(HERE, "listen", Listen.EVERYWHERE)
    restricted = open_guilds(url, default=GuildSettings(Listen.MENTIONS))
    assert (await restricted.settings(HERE)).listen is Listen.MENTIONS
    assert (await restricted.choose(HERE, "listen", Listen.OFF)).listen is Listen.OFF
