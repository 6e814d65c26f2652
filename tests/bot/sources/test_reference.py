"""Mentioning the bot in a reply to an image asks for its palette."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest

from bot.settings import Listen
from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import World, codes_in, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_mention_in_a_reply_to_an_image(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    assert await quiet.post(("a.png", stripes(RED))) is None
    image = quiet.channel.last_message
    bob = quiet.add_member("bob")
    asked = await bob.send(quiet.channel, f"{quiet.client.user.mention} please", reply_to=image)
    answer = quiet.channel.last_message
    assert codes_in(answer) == hex_codes(RED)
    assert answer.reference.message_id == asked.id


async def test_images_of_ones_own_come_before_those_replied_to(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("a.png", stripes(RED)))
    await quiet.alice.send(
        quiet.channel,
        quiet.client.user.mention,
        reply_to=quiet.channel.last_message,
        attachments=[("b.png", stripes(GREEN))],
    )
    assert codes_in(quiet.channel.last_message) == hex_codes(GREEN)


async def test_a_reply_to_the_bot_is_not_a_mention(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("a.png", stripes(RED)), content=quiet.client.user.mention)
    thanks = await quiet.alice.send(quiet.channel, "thanks!", reply_to=quiet.channel.last_message)
    assert quiet.channel.last_message.id == thanks.id


async def test_a_mention_in_a_reply_to_words_is_chat(quiet: World) -> None:
    await quiet.post(content="which bot was it?")
    mention = await quiet.alice.send(
        quiet.channel, quiet.client.user.mention, reply_to=quiet.channel.last_message
    )
    assert quiet.channel.last_message.id == mention.id


async def test_an_image_deleted_in_the_meantime_is_not_brought_back(
    world: World, stripes: Callable[..., bytes], during_processing: Callable[..., None]
) -> None:
    await world.post(("a.png", stripes(RED)))
    image = world.channel.history()[0]
    during_processing(lambda: world.delete(image))
    await world.alice.send(world.channel, world.client.user.mention, reply_to=image)
    assert texts_in(world.channel.last_message) == ["That message or channel is gone."]


async def test_a_bot_from_which_discord_withholds_the_image_says_so(
    open_world: Callable[..., AbstractAsyncContextManager[World]], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        await world.post(("a.png", stripes(RED)))
        image = world.channel.last_message
        await world.alice.send(world.channel, world.client.user.mention, reply_to=image)
        (text,) = texts_in(world.channel.last_message)
        assert "right-click its message" in text
