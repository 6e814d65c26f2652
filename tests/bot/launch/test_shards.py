"""Launching shards: each by itself, and no more often than Discord allows."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest
import stamina

from tests.bot.local_discord import IDENTIFY, RESUME, LocalDiscord
from tests.bot.world import File

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]

GATEWAY = "GET gateway"
MESSAGE_CONTENT = discord.Intents(message_content=True).value


def identified(here: LocalDiscord) -> list[int]:
    """Return which shards began a session, in order."""
    return [start["d"]["shard"][0] for start in here.starts if start["op"] == IDENTIFY]


async def answers(here: LocalDiscord, image: File) -> bool:
    """Return whether the first shard's posts are answered."""
    before = len(here.sent)
    await here.post(image)
    await here.wait_until(lambda here: len(here.sent) == before + 1)
    return True


@pytest.mark.parametrize("fault", ["hangs_up", "fails/503", "closes"])
async def test_a_shard_that_fails_is_tried_again_alone(
    serving: Serving, local_discord: LocalDiscord, flower: File, fault: str
) -> None:
    local_discord.shards = 3
    # aiohttp itself tries once more after a lost connection.
    local_discord.faults[GATEWAY] += ["serves", *[fault] * 6]
    async with serving() as here:
        assert await answers(here, flower)
        await here.wait_until(lambda here: len(here.starts) == 3)
    assert sorted(identified(here)) == [0, 1, 2]


async def test_while_a_shard_fails_again_and_again_others_serve_and_reconnect(
    serving: Serving,
    local_discord: LocalDiscord,
    flower: File,
) -> None:
    local_discord.shards = 2
    faults = local_discord.faults[GATEWAY]
    faults += ["serves", *["fails/503"] * 1000]
    with stamina.set_testing(True, attempts=1000):
        async with serving() as here:
            await here.wait_until(lambda _: len(faults) < 998)
            assert await answers(here, flower)
            await here.drop()
            assert await answers(here, flower)
    assert faults
    assert [(start["op"], start["d"].get("shard")) for start in here.starts] == [
        (IDENTIFY, [0, 2]),
        (RESUME, None),
    ]


async def test_a_refusal_of_the_first_shard_is_heeded_before_the_last_is_launched(
    serving: Serving, local_discord: LocalDiscord
) -> None:
    local_discord.shards = 4
    local_discord.refused_intents = MESSAGE_CONTENT
    async with serving() as here:
        await here.wait_until(lambda here: len(here.starts) >= 1 + 4)
    refused = [start for start in here.starts if start["d"]["intents"] & MESSAGE_CONTENT]
    assert len(refused) < 4


async def test_without_sessions_left_none_is_begun_until_there_are_more(
    serving: Serving, local_discord: LocalDiscord, caplog: pytest.LogCaptureFixture
) -> None:
    local_discord.sessions_left = 0
    async with serving():
        assert local_discord.connected.is_set()
    (warning,) = [line for line in caplog.messages if "sessions" in line]
    assert warning.startswith("waiting 0:00:02: of 1000 sessions a day")


async def test_sessions_that_keep_ending_do_not_use_up_the_day(
    serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving() as here:
        here.sessions_left = 13
        here.ends_sessions = True
        await here.invalidate_session()
        await here.wait_until(lambda here: here.sessions_left <= 10)
        await here.wait_until(lambda _: "Discord lets the bot begin no session" in caplog.text)
    assert here.sessions_left == 10


async def test_a_stop_while_a_shard_reconnects_is_heeded(
    serving: Serving, local_discord: LocalDiscord
) -> None:
    resumptions = local_discord.faults["GET resumption"]
    resumptions += ["hangs"]
    async with asyncio.timeout(30), serving() as here:
        await here.drop()
        await here.wait_until(lambda _: not resumptions)
