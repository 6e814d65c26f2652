"""Serving Discord: what it refuses, and what passes when it is tried again."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext

import discord
import pytest
from pydantic import SecretStr

import bot.launch.service
from bot.launch.service import run
from bot.settings import PORTAL, AccountSettings, SettingsError
from bot.workers.engine import Engine
from tests.bot.account import APPLICATION_ID, TOKEN
from tests.bot.local_discord import DISALLOWED_INTENTS, IDENTIFY, RESUME, LocalDiscord
from tests.bot.world import File

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]

SETTINGS = AccountSettings.model_construct(
    discord_token=SecretStr(TOKEN), database_url=SecretStr("sqlite://")
)
MESSAGE_CONTENT = discord.Intents(message_content=True).value
OUT_OF_REACH = "Discord is out of reach for now: "


@pytest.fixture
def api(
    local_discord: LocalDiscord, monkeypatch: pytest.MonkeyPatch, bot_engine: Engine
) -> LocalDiscord:
    """Return the Discord that :func:`run` finds."""
    monkeypatch.setattr(bot.launch.service, "Engine", lambda **_limits: nullcontext(bot_engine))
    return local_discord


# What Discord refuses.


async def test_a_refused_token_ends_with_the_remedy(api: LocalDiscord) -> None:
    api.token = "another"  # noqa: S105, made up
    remedy = rf"Discord refuses DISCORD_TOKEN: .*{APPLICATION_ID}/bot"
    with pytest.raises(SettingsError, match=remedy):
        await run(SETTINGS)


async def test_a_token_refused_by_the_gateway_ends_with_the_remedy(api: LocalDiscord) -> None:
    api.gateway_closes_with = 4004
    with pytest.raises(SettingsError, match="Discord refuses DISCORD_TOKEN"):
        await run(SETTINGS)


async def test_a_refused_intent_leaves_a_bot_that_is_asked(
    serving: Serving, local_discord: LocalDiscord, flower: File, caplog: pytest.LogCaptureFixture
) -> None:
    local_discord.refused_intents = MESSAGE_CONTENT
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
    wanted, accepted = (start["d"]["intents"] for start in discord.starts)
    assert wanted == accepted | MESSAGE_CONTENT
    assert (
        caplog.text.count(f"switch on Message Content Intent at {PORTAL}/{APPLICATION_ID}/bot") == 1
    )


@pytest.mark.parametrize("refusal", ["at a new session", "of the session"])
async def test_an_intent_refused_later_leaves_a_bot_that_is_asked(
    serving: Serving, flower: File, caplog: pytest.LogCaptureFixture, refusal: str
) -> None:
    async with serving() as discord:
        discord.refused_intents = MESSAGE_CONTENT
        if refusal == "of the session":
            await discord.drop(DISALLOWED_INTENTS)
        else:
            await discord.invalidate_session()
        await discord.wait_until(lambda discord: discord.connected.is_set())
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
    assert not discord.starts[-1]["d"]["intents"] & MESSAGE_CONTENT
    assert caplog.text.count("it goes on as with LISTEN=mentions") == 1


# Where the jobs run.


async def test_a_cluster_without_its_extra_ends_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bot.launch.service, "find_spec", lambda _: None)
    settings = SETTINGS.model_copy(update={"engine": "tcp://127.0.0.1:8786"})
    with pytest.raises(SettingsError, match=r"pip install 'hueharvest\[cluster\]'$"):
        await run(settings)


# What is tried again.


async def test_a_discord_out_of_reach_at_the_start_is_tried_again(
    serving: Serving, local_discord: LocalDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    # aiohttp itself tries once more after a lost connection.
    local_discord.faults["GET users/@me"] += [
        "hangs_up",
        "hangs_up",
        "fails/503",
        "bans/0",
        "babbles",
    ]
    async with serving():
        pass
    lines = [line for line in caplog.messages if line.startswith(OUT_OF_REACH)]
    assert len(lines) == 4
    assert "Server disconnected" in lines[0]


@pytest.mark.parametrize("fault", ["hangs_up", "fails/503", "closes"])
async def test_a_gateway_out_of_reach_at_the_start_is_tried_again(
    serving: Serving,
    local_discord: LocalDiscord,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    local_discord.faults["GET gateway"] += [fault] * 6
    async with serving():
        pass
    tracebacks = [record.exc_text for record in caplog.records if record.exc_text]
    assert len(tracebacks) >= 3
    # Nested attempts would have longer and longer tracebacks, and end after a thousand.
    assert tracebacks[0].count("\n") == tracebacks[-1].count("\n")
    assert OUT_OF_REACH not in caplog.text  # it stays logged in


async def test_a_lost_session_is_resumed_and_what_it_missed_is_answered(
    serving: Serving, flower: File
) -> None:
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
        await discord.drop()
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 2)
    identify, resume = discord.starts
    assert identify["op"] == IDENTIFY
    assert resume["op"] == RESUME
    assert resume["d"] == {"token": discord.token, "session_id": "session", "seq": 2}
    assert all(reply.files for reply in discord.sent)


async def test_after_a_session_that_cannot_be_resumed_a_new_one_begins(
    serving: Serving, flower: File
) -> None:
    async with serving() as discord:
        await discord.invalidate_session()
        await discord.wait_until(lambda discord: len(discord.starts) == 2)
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
    assert [start["op"] for start in discord.starts] == [IDENTIFY, IDENTIFY]
