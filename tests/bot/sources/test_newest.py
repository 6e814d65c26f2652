"""``/palette`` without an image takes the newest one."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest

from bot.language import language_of
from bot.settings import Listen
from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import World, codes_in, private_text, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNREADABLE = (
    "I can't read messages here. Attach the image, or right-click its message → Apps → Palette."
)


async def newest_palette(world: World, **options: object) -> discord.Message:
    result = await world.palette(**options)
    return result.response.message


async def test_the_newest_image_of_the_channel_is_taken_and_named(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("old.png", stripes(GREEN)))
    await quiet.post(("new.png", stripes(RED)))
    posted = quiet.channel.last_message
    await quiet.post(content="nice <:kek:123456789012345678>")
    answer = await newest_palette(quiet)
    assert codes_in(answer) == hex_codes(RED)
    line = f"-# The [newest image]({posted.jump_url}) I can see here, by alice."
    assert texts_in(answer)[0] == line


async def test_it_is_named_in_the_language_of_those_who_read_it(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.choose("language", "fr")
    await quiet.post(("a.png", stripes(RED)))
    values = {"link": quiet.channel.last_message.jump_url, "name": "alice"}
    for private, code in ((False, "fr"), (True, "en")):
        answer = await newest_palette(quiet, private=private)
        assert texts_in(answer)[0] == language_of(code).say(
            "-# The [newest image]({link}) I can see here, by {name}.", **values
        )


async def test_a_file_of_which_nothing_says_that_it_is_an_image_is_the_last_resort(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("IMG_0001", stripes(RED)))
    assert codes_in(await newest_palette(quiet, private=True)) == hex_codes(RED)
    await quiet.post(("old.png", stripes(GREEN)))
    await quiet.post(("Makefile", b"all:"))
    assert codes_in(await newest_palette(quiet, private=True)) == hex_codes(GREEN)


async def test_the_bots_own_images_do_not_count(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("a.png", stripes(RED)), content=quiet.client.user.mention)
    assert len(quiet.channel.history()) == 2
    assert codes_in(await newest_palette(quiet)) == hex_codes(RED)


async def test_nobody_is_notified_whatever_the_person_who_posted_it_is_called(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    eve = quiet.add_member("eve", global_name="@everyone **[x](https://example.org)**")
    await eve.send(quiet.channel, attachments=[("a.png", stripes(RED))])
    answer = await newest_palette(quiet)
    assert "@\N{ZERO WIDTH SPACE}everyone \\*\\*\\[x]" in texts_in(answer)[0]
    assert not answer.mentions
    assert not answer.mention_everyone


async def test_the_newest_image_of_a_direct_message(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post_directly(("a.png", stripes(RED)), "image/png")
    result = await quiet.alice.user.slash("palette")
    assert codes_in(result.response.message) == hex_codes(RED)


async def test_a_channel_without_images(quiet: World) -> None:
    await quiet.post(content="hello")
    assert private_text(await quiet.palette()) == (
        "I couldn't find an image in the last 50 messages. Attach one or paste a link."
    )


async def test_the_last_fifty_messages_are_searched(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    await quiet.post(("a.png", stripes(RED)))
    for _ in range(49):
        quiet.env.backend.create_message(quiet.channel.id, quiet.alice.id, "chat")
    assert codes_in(await newest_palette(quiet, private=True)) == hex_codes(RED)
    quiet.env.backend.create_message(quiet.channel.id, quiet.alice.id, "chat")
    assert "I couldn't find an image" in private_text(await quiet.palette(private=True))


async def test_a_bot_that_may_not_read_the_history_says_so(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    channel = quiet.channel_with_bot_permissions(read_message_history=False)
    await quiet.post(("a.png", stripes(RED)), where=channel)
    assert private_text(await quiet.alice.slash(channel, "palette")) == UNREADABLE


async def test_nobody_is_shown_an_image_of_a_history_they_may_not_read(
    quiet: World, stripes: Callable[..., bytes]
) -> None:
    forbidden = discord.PermissionOverwrite(read_message_history=False)
    channel = quiet.env.guild.create_text_channel("other", overwrites={quiet.alice: forbidden})
    await quiet.add_member("bob").send(channel, attachments=[("a.png", stripes(RED))])
    assert private_text(await quiet.alice.slash(channel, "palette")) == UNREADABLE


async def test_a_bot_from_which_discord_withholds_messages_says_so(
    open_world: Callable[..., AbstractAsyncContextManager[World]], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        await world.post(("a.png", stripes(RED)))
        assert private_text(await world.palette()) == UNREADABLE
