"""Several processes of one bot, each with some of the shards."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

import bot.commands.sync
import bot.launch.sessions
from bot.guilds.store import Store
from bot.settings import SettingsError
from tests.bot.account import APPLICATION_ID
from tests.bot.local_discord import CHANNEL, LocalDiscord
from tests.bot.world import File

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[..., AbstractAsyncContextManager[LocalDiscord]]

INTERVAL = 0.4  # seconds
FIRST, SECOND = {"shard_count": 2, "shard_ids": (0,)}, {"shard_count": 2, "shard_ids": (1,)}
GUILDS = [2 * 2**22, 3 * 2**22]  # of shard 0 and of shard 1
COMMANDS = f"applications/{APPLICATION_ID}/commands"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.launch.sessions, "_INTERVAL", 0.01)


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "image.png", stripes((255, 0, 0), (0, 0, 255))


@pytest.fixture
def both_serving(serving: Serving, local_discord: LocalDiscord) -> Serving:
    """Return a context in which two processes, with a shard each, serve the local Discord."""
    local_discord.shards = 2
    local_discord.guilds = GUILDS

    @asynccontextmanager
    async def both(**settings: object) -> AsyncGenerator[LocalDiscord]:
        async with serving(**SECOND, **settings), serving(**FIRST, **settings) as here:
            await here.wait_until(lambda here: len(here.starts) == 2)
            yield here

    return both


async def test_each_answers_its_own_servers_and_the_first_answers_direct_messages(
    both_serving: Serving, image: File
) -> None:
    async with both_serving() as here:
        for guild in (None, *GUILDS):
            await here.post(image, guild=guild)
        await here.wait_until(lambda here: len(here.sent) == 3)
    assert sorted(start["d"]["shard"] for start in here.starts) == [[0, 2], [1, 2]]
    assert {message.channel for message in here.sent} == {CHANNEL, *map(str, GUILDS)}


async def test_sessions_of_both_begin_one_after_the_other(
    serving: Serving, local_discord: LocalDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.launch.sessions, "_INTERVAL", INTERVAL)
    halves = [{"shard_count": 4, "shard_ids": ids} for ids in ((0, 1), (2, 3))]
    async with serving(**halves[0]), serving(**halves[1]):
        await local_discord.wait_until(lambda here: len(here.starts) == 4)
    pauses = [later - earlier for earlier, later in pairwise(local_discord.started_at)]
    assert min(pauses) > 0.7 * INTERVAL


async def test_without_a_database_both_serve(
    both_serving: Serving, tmp_path: Path, image: File, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = SecretStr(f"sqlite:///{tmp_path}/nowhere/choices")
    async with both_serving(database_url=nowhere) as here:
        await here.post(image)
        await here.wait_until(lambda here: len(here.sent) == 1)
    assert caplog.text.count("sessions begin without regard to other processes") == 2


async def test_the_first_sends_the_commands_and_the_other_gets_to_know_them(
    serving: Serving, local_discord: LocalDiscord, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.commands.sync, "_PAUSES", (0.0,) * 1000)
    local_discord.guilds = GUILDS
    async with serving(**SECOND) as here:
        assert not here.syncs
        async with serving(**FIRST):
            await here.wait_until(lambda here: f"PUT {COMMANDS}" in here.requests)
            sent_at = here.requests.index(f"PUT {COMMANDS}")
            await here.wait_until(lambda here: f"GET {COMMANDS}" in here.requests[sent_at:])
            await here.post(image, guild=GUILDS[1])
            await here.wait_until(lambda here: len(here.sent) == 1)
    assert here.syncs == 1
    assert "</palette-settings:" in str(here.sent[0].payload)
    assert here.requests.count(f"GET {COMMANDS}") < 100  # and then it asks no more


async def test_servers_of_the_other_process_are_not_forgotten(
    serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.client")
    async with Store(f"sqlite:///{tmp_path}/choices") as store, asyncio.timeout(30):
        for guild in GUILDS:  # the bot is in neither
            await store.write(APPLICATION_ID, guild, "colors", 4)
        async with serving(**FIRST):
            while await store.guilds(APPLICATION_ID) == GUILDS:  # noqa: ASYNC110, in a database
                await asyncio.sleep(0.01)
        assert await store.guilds(APPLICATION_ID) == GUILDS[1:]
    assert "ready as HueHarvest in 0 servers (shard 0 of 2)" in caplog.messages


@pytest.mark.parametrize("code", [4010, 4011])
async def test_a_refused_number_of_shards_ends_with_the_remedy(
    serving: Serving, local_discord: LocalDiscord, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    local_discord.shards = 16
    local_discord.gateway_closes_with = code
    with pytest.raises(SettingsError, match=r"^Discord refuses SHARD_COUNT=2: .* 16 .*\.$"):
        async with serving(**SECOND):
            pass
    assert caplog.text.count("Discord recommends 16 shards, and will refuse") == 1
