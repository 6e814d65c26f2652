"""When Discord is told which commands there are."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

import bot.client
import bot.commands.sync
from tests.bot.local_discord import LocalDiscord
from tests.bot.world import File

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]

SYNC = "PUT applications/*/commands"


async def start(serving: Serving) -> LocalDiscord:
    """Start the bot, and stop it once it is connected."""
    async with serving() as here:
        await here.connected.wait()
    here.connected.clear()
    return here


async def test_commands_are_sent_once_for_each_change(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await start(serving)).syncs == 1
    here = await start(serving)
    assert here.syncs == 1
    assert len(here.commands) > 1
    monkeypatch.setattr(bot.client, "add_color", lambda _: None)
    assert (await start(serving)).syncs == 2
    assert (await start(serving)).syncs == 2


async def test_commands_deleted_at_discord_are_sent_again(serving: Serving) -> None:
    here = await start(serving)
    sent = list(here.commands)
    del here.commands[0]
    await start(serving)
    assert here.commands == sent


@pytest.mark.parametrize("fault", ["fails/400", "fails/403", "limits/0", "fails/503"])
async def test_a_bot_whose_commands_are_refused_serves_and_sends_them_at_its_next_start(
    serving: Serving,
    local_discord: LocalDiscord,
    flower: File,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    local_discord.faults[SYNC] += [fault] * 100
    async with serving() as here:
        await here.post(flower)
        await here.wait_until(lambda here: len(here.sent) == 1)
    assert caplog.text.count("the commands could not be sent") == 1
    here.faults.clear()
    here.connected.clear()
    assert (await start(serving)).syncs == 1


async def test_a_sync_that_takes_long_holds_nobody_up(
    serving: Serving,
    local_discord: LocalDiscord,
    flower: File,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.commands.sync, "SYNC_PATIENCE", 0.1)
    local_discord.faults[SYNC] += ["hangs"]
    async with serving() as here:
        await here.post(flower)
        await here.wait_until(lambda here: len(here.sent) == 1)


async def test_without_a_database_commands_are_sent_each_time(
    serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "choices").mkdir()
    assert (await start(serving)).syncs == 1
    assert (await start(serving)).syncs == 2
    assert caplog.text.count("the next start will send the commands again") == 2
