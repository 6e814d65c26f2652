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


@pytest.mark.parametrize("allowed", Listen)
@pytest.mark.parametrize("chosen", Listen)
async def test_a_server_can_only_restrict_what_the_host_allows(
    open_guilds: Callable[..., GuildSettingsCache], tmp_path: Path, allowed: Listen, chosen: Listen
) -> None:
    url = f"sqlite:///{tmp_path}/choices"
    await open_guilds(url).choose(HERE, "listen", chosen)  # perhaps when the host allowed more
    guilds = open_guilds(url, default=GuildSettings(allowed))
    less = max(allowed, chosen, key=[Listen.EVERYWHERE, Listen.MENTIONS, Listen.OFF].index)
    assert (await guilds.settings(HERE)).listen is less
    assert (await guilds.choose(HERE, "listen", chosen)).listen is less
