"""Where the bot may write, and what happens when it may not."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import simcord

import palette
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def thread(world: World) -> simcord.ChannelHandle:
    world.env.backend.create_thread(world.channel.id, "thread", world.alice.id)
    return world.channel.threads[0]


async def forum_post(world: World) -> simcord.ChannelHandle:
    forum = world.env.guild.create_forum_channel("forum")
    await world.client.get_channel(forum.id).create_thread(name="post", content="hello")
    return forum.threads[0]


async def voice_channel(world: World) -> simcord.ChannelHandle:
    return world.env.guild.create_voice_channel("voice")


async def stage(world: World) -> simcord.ChannelHandle:
    return world.env.guild.create_stage_channel("stage")


async def announcements(world: World) -> simcord.ChannelHandle:
    return world.env.guild.create_news_channel("news")


@pytest.mark.parametrize("kind", [thread, forum_post, voice_channel, stage, announcements])
async def test_every_kind_of_channel(
    world: World, flower: File, kind: Callable[[World], Awaitable[simcord.ChannelHandle]]
) -> None:
    channel = await kind(world)
    reply = await world.post(flower, content=world.client.user.mention, where=channel)
    assert reply is not None
    assert reply.cards
    assert reply.message.reference is not None
    assert (await world.alice.slash(channel, "palette", image=flower)).response.attachments
    assert (await world.alice.slash(channel, "palette")).response.attachments


async def test_without_attachments_the_codes_are_text(world: World, flower: File) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    reply = await world.post(flower, where=channel)
    assert reply is not None
    assert reply.codes == list(palette.extract(flower[1]).hex)
    assert not reply.cards


async def test_without_the_history_the_reply_refers_to_nothing(world: World, flower: File) -> None:
    channel = world.channel_with_bot_permissions(read_message_history=False)
    reply = await world.post(flower, where=channel)
    assert reply is not None
    assert reply.cards
    assert reply.message.reference is None


async def test_where_it_may_not_write_the_bot_is_silent_and_logs_why(
    world: World, flower: File, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    channel = world.channel_with_bot_permissions(send_messages=False)
    assert await world.post(flower, where=channel) is None
    assert f"may not write in channel {channel.id}" in caplog.messages


@pytest.mark.parametrize("allowed", [True, False])
async def test_threads_have_a_permission_of_their_own(
    world: World, flower: File, *, allowed: bool
) -> None:
    parent = world.channel_with_bot_permissions(
        send_messages=not allowed, send_messages_in_threads=allowed
    )
    world.env.backend.create_thread(parent.id, "photos", world.alice.id)
    reply = await world.post(flower, where=parent.threads[0])
    assert (reply is not None) is allowed


@pytest.mark.parametrize("may_manage", [False, True])
async def test_in_a_locked_thread_only_a_moderating_bot_answers(
    world: World, flower: File, caplog: pytest.LogCaptureFixture, *, may_manage: bool
) -> None:
    caplog.set_level(logging.INFO, "bot")
    parent = world.channel_with_bot_permissions(manage_threads=may_manage)
    world.env.backend.create_thread(parent.id, "thread", world.alice.id)
    (locked,) = parent.threads
    world.env.backend.edit_channel(locked.id, {}, thread_metadata={"locked": True})
    assert (await world.post(flower, where=locked) is not None) is may_manage
    assert (f"may not write in channel {locked.id}" in caplog.messages) is not may_manage


@pytest.mark.parametrize(
    "error",
    [
        {"status": 403, "code": 50013, "message": "Missing Permissions"},
        {"status": 400, "code": 50083, "message": "Thread is archived"},
        {
            "status": 400,
            "code": 50035,
            "message": "Invalid Form Body\nIn message_reference: Unknown message",
        },
    ],
    ids=["permission withdrawn", "thread archived", "message deleted"],
)
async def test_when_discord_refuses_the_reply_the_bot_is_silent_and_logs_why(
    world: World, flower: File, caplog: pytest.LogCaptureFixture, error: dict[str, Any]
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error("POST", "/channels/*/messages", **error)
    assert await world.post(flower) is None
    (line,) = (line for line in caplog.messages if line.startswith("could not reply"))
    reason = error["message"].partition("\n")[0]
    assert line.startswith(f"could not reply in channel {world.channel.id}: {reason}")
    assert not any(record.levelno > logging.INFO for record in caplog.records)
