"""Which image is meant when none is named: the newest one, or that of a message replied to."""

from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING

import discord
import pytest
import pytest_asyncio
from discord import ui

from bot.language import language_of
from bot.settings import Listen

if TYPE_CHECKING:
    from tests.bot.conftest import Seen, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)
RED_CODE, GREEN_CODE = "#c81e28", "#1e963c"


@pytest_asyncio.fixture(loop_scope="session")
async def quiet(
    open_world: "Callable[..., World]",
) -> AsyncGenerator["World"]:
    """Open a world where the bot answers when it is mentioned only, but may see all messages."""
    async with open_world(listen=Listen.MENTIONS) as world:
        yield world


async def newest(world: "World", see: "Callable[..., Seen]", **options: object) -> "Seen":
    result = await world.palette(**options)
    return await see(result.response.message)


async def test_the_newest_image_of_the_channel_is_taken_and_named(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.post(("old.png", stripes(GREEN)))
    await quiet.post(("new.png", stripes(RED)))
    posted = quiet.channel.last_message
    await quiet.post(content="nice <:kek:123456789012345678>")
    reply = await newest(quiet, see)
    assert reply.codes == [RED_CODE]
    assert reply.texts[0] == f"-# The [newest image]({posted.jump_url}) I can see here, by alice."


async def test_it_is_named_in_the_language_of_those_who_read_it(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.client.services.guilds.choose(quiet.env.guild.id, "language", "fr")
    await quiet.post(("a.png", stripes(RED)))
    values = {"link": quiet.channel.last_message.jump_url, "name": "alice"}
    for private, code in ((False, "fr"), (True, "en")):
        reply = await newest(quiet, see, private=private)
        assert reply.texts[0] == language_of(code).say(
            "-# The [newest image]({link}) I can see here, by {name}.", **values
        )


async def test_the_bots_own_pictures_do_not_count(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.post(("a.png", stripes(RED)), content=quiet.client.user.mention)
    assert len(quiet.channel.history()) == 2
    assert (await newest(quiet, see)).codes == [RED_CODE]


async def test_whoever_posted_it_is_not_notified_whatever_they_are_called(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    user = quiet.env.create_user("eve", global_name="@everyone **[x](https://example.org)**")
    eve = quiet.env.guild.add_member(user)
    await eve.send(quiet.channel, attachments=[("a.png", stripes(RED))])
    reply = await newest(quiet, see)
    assert "@\N{ZERO WIDTH SPACE}everyone \\*\\*\\[x]" in reply.texts[0]
    assert not reply.message.mentions
    assert not reply.message.mention_everyone


async def test_a_channel_without_images_gets_a_sentence(quiet: "World") -> None:
    await quiet.post(content="hello")
    (told,) = (await quiet.palette()).followups
    assert told.ephemeral
    assert "no image in the last 50 messages" in told.content


async def test_only_fifty_messages_are_looked_at(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.post(("a.png", stripes(RED)))
    for _ in range(49):
        quiet.env.backend.create_message(quiet.channel.id, quiet.alice.id, "chat")
    assert (await newest(quiet, see, private=True)).codes == [RED_CODE]
    quiet.env.backend.create_message(quiet.channel.id, quiet.alice.id, "chat")
    assert "no image" in (await quiet.palette(private=True)).followups[0].content


async def test_without_the_history_there_is_a_sentence(
    quiet: "World", stripes: Callable[..., bytes]
) -> None:
    channel = quiet.channel_where_the_bot(read_message_history=False)
    await quiet.post(("a.png", stripes(RED)), where=channel)
    (told,) = (await quiet.alice.slash(channel, "palette")).followups
    assert told.content.startswith("I cannot see the messages here")


async def test_nobody_is_shown_an_image_of_a_history_they_cannot_read(
    quiet: "World", stripes: Callable[..., bytes]
) -> None:
    forbidden = discord.PermissionOverwrite(read_message_history=False)
    channel = quiet.env.guild.create_text_channel("other", overwrites={quiet.alice: forbidden})
    bob = quiet.env.guild.add_member(quiet.env.create_user("bob"))
    await bob.send(channel, attachments=[("a.png", stripes(RED))])
    (told,) = (await quiet.alice.slash(channel, "palette")).followups
    assert told.content.startswith("I cannot see the messages here")


async def test_where_discord_empties_the_messages_there_is_a_sentence(
    open_world: "Callable[..., World]", stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        await world.post(("a.png", stripes(RED)))
        (told,) = (await world.palette()).followups
        assert "right-click" in told.content


async def test_the_newest_image_of_a_direct_message(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.post_directly(("a.png", stripes(RED)), "image/png")
    result = await quiet.alice.user.slash("palette")
    assert (await see(result.response.message)).codes == [RED_CODE]


async def test_naming_the_bot_in_a_reply_to_a_picture(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    assert await quiet.post(("a.png", stripes(RED))) is None
    picture = quiet.channel.last_message
    bob = quiet.env.guild.add_member(quiet.env.create_user("bob"))
    asked = await bob.send(quiet.channel, f"{quiet.client.user.mention} please", reply_to=picture)
    reply = await see(quiet.channel.last_message)
    assert reply.codes == [RED_CODE]
    assert reply.message.reference.message_id == asked.id


async def test_naming_the_bot_with_pictures_of_ones_own(
    quiet: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await quiet.post(("a.png", stripes(RED)))
    await quiet.alice.send(
        quiet.channel,
        quiet.client.user.mention,
        reply_to=quiet.channel.last_message,
        attachments=[("b.png", stripes(GREEN))],
    )
    assert (await see(quiet.channel.last_message)).codes == [GREEN_CODE]


async def test_answering_the_bot_is_not_naming_it(
    quiet: "World", stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("a.png", stripes(RED)), content=quiet.client.user.mention)
    thanks = await quiet.alice.send(quiet.channel, "thanks!", reply_to=quiet.channel.last_message)
    assert quiet.channel.last_message.id == thanks.id


async def test_a_picture_deleted_meanwhile_is_not_brought_back_for_a_reply(
    world: "World", stripes: Callable[..., bytes], meanwhile: Callable[..., None]
) -> None:
    await world.post(("a.png", stripes(RED)))
    picture = world.channel.history()[0]
    backend, channel = world.env.backend, world.channel.id
    meanwhile("raw_message_delete", lambda _: backend.delete_message(channel, picture.id))
    await world.alice.send(world.channel, world.client.user.mention, reply_to=picture)
    (told,) = ui.LayoutView.from_message(world.channel.last_message).children
    assert isinstance(told, ui.TextDisplay)
    assert told.content == "The message or channel this was about is gone."


async def test_naming_the_bot_in_a_reply_to_words_is_chat(quiet: "World") -> None:
    await quiet.post(content="which bot was it?")
    named = await quiet.alice.send(
        quiet.channel, quiet.client.user.mention, reply_to=quiet.channel.last_message
    )
    assert quiet.channel.last_message.id == named.id


async def test_a_picture_that_discord_hides_from_the_bot_gets_a_sentence(
    open_world: "Callable[..., World]", stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        await world.post(("a.png", stripes(RED)))
        picture = world.channel.last_message
        await world.alice.send(world.channel, world.client.user.mention, reply_to=picture)
        (told,) = ui.LayoutView.from_message(world.channel.last_message).children
        assert isinstance(told, ui.TextDisplay)
        assert "right-click its message" in told.content
