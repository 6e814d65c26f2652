"""A reply goes when the message with its image is deleted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord
import pytest

from bot.posts.retraction import MAX_AGE
from tests.bot.colors import GREEN, RED
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Restart = Callable[[], Awaitable[None]]


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED, GREEN)


@pytest.fixture
def restart_later(world: World) -> Restart:
    """Return a function that restarts the bot a moment after whatever happened."""

    async def restart() -> None:
        await world.env.advance_time(1)
        await world.restart()

    return restart


async def delete(world: World, *messages: discord.Message | None) -> None:
    """Delete messages, several in bulk, and wait for what the bot does then."""
    ids = [message.id for message in messages if message]
    channel = next(message.channel for message in messages if message)
    if len(ids) == 1:
        world.env.backend.delete_message(channel.id, *ids)
    else:
        world.env.backend.bulk_delete_messages(channel.id, ids)
    await world.env.settle()


async def posted(world: World, image: File, content: str = "") -> discord.Message:
    """Post an image as Alice, see that it is answered, and return the message."""
    message = await world.alice.send(world.channel, content, attachments=[image])
    assert [each.id for each in replies(world, message)]
    return message


def replies(world: World, message: discord.Message) -> list[discord.Message]:
    return [
        each
        for each in world.channel.history()
        if each.reference and each.reference.message_id == message.id
    ]


def searches(world: World) -> int:
    return sum(
        request.method == "GET" and request.path.endswith("/messages")
        for request in world.env.http_requests
    )


async def test_a_reply_goes_with_its_image(
    world: World, image: File, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    first, second = await posted(world, image), await posted(world, image)
    (reply,) = replies(world, first)
    await delete(world, first)
    assert not replies(world, first)
    assert replies(world, second)
    assert f"took away reply {reply.id}, as what it answers was deleted" in caplog.messages
    assert not searches(world)


async def test_replies_go_when_images_are_deleted_in_bulk(world: World, image: File) -> None:
    messages = [await posted(world, image) for _ in range(3)]
    await delete(world, *messages[:2])
    assert [len(replies(world, message)) for message in messages] == [0, 0, 1]


async def test_a_reply_that_is_deleted_along_with_its_image_is_not_deleted_again(
    world: World, image: File
) -> None:
    message = await posted(world, image)
    await delete(world, message, *replies(world, message))
    assert not any(request.method == "DELETE" for request in world.env.http_requests)


async def test_a_reply_goes_without_a_reference_too(world: World, image: File) -> None:
    channel = world.channel_with_bot_permissions(read_message_history=False)
    message = await world.alice.send(channel, attachments=[image])
    assert len(channel.history()) == 2
    await delete(world, message)
    assert not channel.history()


async def test_a_reply_goes_in_direct_messages(world: World, image: File) -> None:
    assert await world.post_directly(image, "image/png") is not None
    channel = world.alice.user.dm_channel
    await delete(world, channel.history()[0])
    assert not channel.history()


@pytest.mark.parametrize("deleted", ["image", "question"])
async def test_an_answer_about_somebody_elses_image_goes_with_the_image_and_with_the_question(
    world: World, image: File, deleted: str
) -> None:
    await world.choose("listen", "mentions")
    bob = world.add_member("bob")
    shown = await bob.send(world.channel, attachments=[image])
    asked = await world.alice.send(world.channel, world.client.user.mention, reply_to=shown)
    assert replies(world, asked)
    await delete(world, shown if deleted == "image" else asked)
    assert not replies(world, asked)
    assert len(world.channel.history()) == 1


async def test_what_went_wrong_goes_as_well(world: World) -> None:
    message = await posted(world, ("a.png", b"words"), world.client.user.mention)
    await delete(world, message)
    assert not world.channel.history()


async def test_an_image_deleted_while_its_reply_is_being_sent_takes_it_along(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = world.env.backend.commit_message

    def commit_and_delete(message: object, **keywords: object) -> object:
        committed = commit(message, **keywords)
        if committed.author_id == world.client.user.id:
            source = world.channel.history()[0]
            world.env.backend.delete_message(world.channel.id, source.id)
        return committed

    monkeypatch.setattr(world.env.backend, "commit_message", commit_and_delete)
    await world.alice.send(world.channel, attachments=[image])
    await world.env.settle()
    assert not world.channel.history()


async def test_a_reply_that_is_already_gone_is_no_problem(world: World, image: File) -> None:
    message = await posted(world, image)
    await delete(world, *replies(world, message))
    await delete(world, message)
    assert not world.channel.history()


# After a restart.


async def test_a_reply_from_before_a_restart_is_found_by_its_reference(
    world: World, image: File, restart_later: Restart
) -> None:
    first, second = await posted(world, image), await posted(world, image)
    await restart_later()
    await delete(world, first)
    assert not replies(world, first)
    assert replies(world, second)
    assert searches(world) == 1


async def test_one_search_finds_the_replies_to_a_bulk(
    world: World, image: File, restart_later: Restart
) -> None:
    messages = [await posted(world, image) for _ in range(3)]
    await restart_later()
    await delete(world, *messages)
    assert not world.channel.history()
    assert searches(world) == 1


async def test_what_is_deleted_during_a_search_is_searched_for_together(
    world: World, image: File, restart_later: Restart, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = [await posted(world, image) for _ in range(4)]
    await restart_later()
    http, all_deleted = world.client.http, asyncio.Event()
    logs_from = http.logs_from

    async def logs_from_later(*arguments: object, **keywords: object) -> object:
        await all_deleted.wait()
        return await logs_from(*arguments, **keywords)

    monkeypatch.setattr(http, "logs_from", logs_from_later)
    for message in messages:
        await world.delete(message)
    all_deleted.set()
    await world.env.settle()
    assert not world.channel.history()
    assert searches(world) == 2


@pytest.mark.parametrize("by_bot", [False, True])
async def test_other_messages_stay(
    world: World, image: File, restart_later: Restart, *, by_bot: bool
) -> None:
    message = await posted(world, image)
    person = world.add_member("bob", bot=by_bot)
    await person.send(world.channel, "nice", reply_to=message)
    await restart_later()
    await delete(world, message)
    assert [each.content for each in world.channel.history()] == ["nice"]


@pytest.mark.parametrize("age", [MAX_AGE - timedelta(minutes=1), MAX_AGE])
async def test_only_recent_messages_are_searched_for(
    world: World, image: File, restart_later: Restart, age: timedelta
) -> None:
    message = await posted(world, image)
    await restart_later()
    await world.env.advance_time(age.total_seconds() - 1)
    await delete(world, message)
    assert searches(world) == (age < MAX_AGE)
    assert bool(replies(world, message)) is (age >= MAX_AGE)


async def test_messages_from_after_the_start_are_not_searched_for(
    world: World, restart_later: Restart
) -> None:
    await restart_later()
    await world.env.advance_time(1)
    await delete(world, await world.alice.send(world.channel, "never mind"))
    assert not searches(world)


async def test_without_the_history_nothing_is_searched_for(
    world: World, image: File, restart_later: Restart
) -> None:
    channel = world.channel_with_bot_permissions(read_message_history=False)
    message = await world.alice.send(channel, attachments=[image])
    await restart_later()
    await delete(world, message)
    assert not searches(world)


async def test_a_search_that_discord_refuses_is_a_line_in_the_log(
    world: World, image: File, restart_later: Restart, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    message = await posted(world, image)
    await restart_later()
    world.env.inject_error("GET", "/channels/*/messages", status=403, message="Missing Access")
    await delete(world, message)
    line = f"could not search for replies in channel {world.channel.id}: Missing Access"
    assert line in caplog.messages
    assert replies(world, message)
