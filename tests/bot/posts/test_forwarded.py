"""A picture counts wherever a message has it: forwarded, or at the start of a thread."""

from collections.abc import Callable

import discord
import pytest
import simcord

from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Pressed
from tests.bot.world import ReceivedReply, World, codes_in, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def elsewhere(world: World) -> simcord.ChannelHandle:
    """Return a channel in which the bot sees nothing."""
    return world.channel_with_bot_permissions(view_channel=False)


async def newest_reply(channel: simcord.ChannelHandle) -> ReceivedReply:
    assert channel.last_message is not None
    return await ReceivedReply.of(channel.last_message)


async def test_a_forwarded_picture_is_answered_like_a_posted_one(
    world: World, stripes: Callable[..., bytes], elsewhere: simcord.ChannelHandle
) -> None:
    files = [("a.png", stripes(RED)), ("notes.txt", b"words"), ("b", stripes(GREEN))]
    posted = await world.alice.send(elsewhere, "look", attachments=files)
    forwarded = await world.alice.forward(posted, world.channel)
    reply = await newest_reply(world.channel)
    assert reply.codes == hex_codes(RED, GREEN)
    assert reply.message.reference.message_id == forwarded.id


async def test_the_buttons_find_a_forwarded_picture_again(
    world: World, stripes: Callable[..., bytes], elsewhere: simcord.ChannelHandle
) -> None:
    picture = ("a.png", stripes(RED, GREEN, BLUE))
    posted = await world.alice.send(elsewhere, attachments=[picture])
    await world.alice.forward(posted, world.channel)
    reply = Pressed(world.env, world.alice, world.channel.last_message)
    fewer = await reply.click("fewer")
    assert len(codes_in(fewer.message)) == 2


async def test_forwarded_words_and_files_are_left_in_peace(
    world: World, elsewhere: simcord.ChannelHandle
) -> None:
    for files in ([], [("all.zip", b"PK\3\4")]):
        posted = await world.alice.send(elsewhere, "words", attachments=files)
        forwarded = await world.alice.forward(posted, world.channel)
        assert world.channel.last_message.id == forwarded.id


async def test_the_first_message_of_a_forum_post_is_answered(
    world: World, stripes: Callable[..., bytes]
) -> None:
    backend, alice = world.env.backend, world.alice.id
    forum = world.env.guild.create_forum_channel("art")
    post = backend.create_thread(forum.id, "a work", alice)
    files = backend.store_attachments(post.id, [("a.png", stripes(RED))])
    first = backend.prepare_message(post.id, alice, attachments=files)
    first.id = post.id  # as Discord does
    backend.commit_message(first)
    await world.env.settle()
    (channel,) = forum.threads
    assert (await newest_reply(channel)).codes == hex_codes(RED)


async def test_the_picture_that_a_thread_is_about_is_the_newest_there(
    world: World, stripes: Callable[..., bytes]
) -> None:
    await world.choose("listen", "mentions")
    posted = await world.alice.send(world.channel, attachments=[("a.png", stripes(RED))])
    thread = start_thread(world, posted)
    result = await world.alice.slash(thread, "palette")
    assert codes_in(result.response.message) == hex_codes(RED)
    assert f"{posted.id}) I can see here, by alice." in texts_in(result.response.message)[0]


@pytest.mark.parametrize("is_gone", [False, True])
async def test_a_thread_about_words_or_what_is_gone_has_no_picture(
    world: World, *, is_gone: bool
) -> None:
    posted = await world.alice.send(world.channel, "let us talk")
    thread = start_thread(world, posted)
    if is_gone:
        await world.delete(posted)
    result = await world.alice.slash(thread, "palette")
    assert "I couldn't find an image" in result.followups[0].content


def start_thread(world: World, about: discord.Message) -> simcord.ChannelHandle:
    """Start a thread on a message, with what Discord puts first in it."""
    backend = world.env.backend
    backend.create_thread(world.channel.id, "thread", world.alice.id, message_id=about.id)
    first = backend.create_system_message(
        about.id,
        discord.MessageType.thread_starter_message.value,
        world.alice.id,
        referenced_channel_id=about.channel.id,
        referenced_message_id=about.id,
    )
    first.content = ""  # as at Discord
    (thread,) = world.channel.threads
    return thread
