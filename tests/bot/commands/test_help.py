"""``/help``, as people read it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest
import simcord

from bot.client import HueHarvest
from bot.launch.invitation import PERMISSIONS
from bot.settings import Listen
from tests.bot.world import World, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


def help_text(result: simcord.InteractionResult) -> str:
    assert result.ephemeral
    return "\n".join(texts_in(result.response.message))


async def help_in(world: World, channel: simcord.ChannelHandle) -> str:
    return help_text(await world.alice.slash(channel, "help"))


async def test_it_describes_the_bot_in_this_channel(world: World) -> None:
    text = await help_in(world, world.channel)
    assert "Post images here and I'll reply with their colours." in text
    assert "`/palette`" in text
    assert "`/palette-of-many`" in text
    assert "`/color`" in text
    assert "**Apps → Palette**" in text
    assert "Reply automatically to: Every image" in text
    assert "Colours in a palette: 10 colours" in text
    assert "I have everything I need." in text
    assert "Only servers' settings, until I leave the server; the ids of people" in text
    assert "`/palette-ignore-me` makes me ignore the images you post" in text
    assert "I store no images, palettes or messages" in text
    assert "`/palette-settings`" in text
    assert "MIT licence. Ask the bot's host for the source code." in text


async def test_it_links_to_the_source_code(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> None:
    async with open_world(source_url="https://example.org/hueharvest") as world:
        text = await help_in(world, world.channel)
        assert "My source code: https://example.org/hueharvest" in text


async def test_it_links_to_the_privacy_policy(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> None:
    async with open_world(privacy_url="https://example.org/privacy") as world:
        text = await help_in(world, world.channel)
        assert "in that message itself. My privacy policy: https://example.org/privacy" in text
    async with open_world() as world:
        assert "privacy policy" not in await help_in(world, world.channel)


async def test_it_lists_the_settings_of_the_server(world: World) -> None:
    artists = world.env.guild.create_role("artists")
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    for name, value in {"channels": [elsewhere.id], "roles": [artists.id], "colors": 3}.items():
        await world.choose(name, value)
    text = await help_in(world, world.channel)
    assert "I ignore images posted in this channel unless you mention me." in text
    assert f"In these channels: {elsewhere.mention}" in text
    assert "Colours in a palette: 3 colours" in text
    assert artists.mention in text  # people without that role may read it too
    assert "Post images here" in await help_in(world, elsewhere)


async def test_it_says_that_announcement_channels_have_to_be_chosen(world: World) -> None:
    news = world.env.guild.create_news_channel("news")
    text = await help_in(world, news)
    assert "I ignore images posted in this channel unless you mention me." in text
    assert "In these channels: All channels except announcements" in text
    await world.choose("channels", [news.id])
    assert "Post images here" in await help_in(world, news)


@pytest.mark.parametrize(
    ("listen", "way"),
    [
        (Listen.MENTIONS, "Mention me in a message with images, or in a reply to one"),
        (Listen.OFF, "Here I only answer commands."),
    ],
)
async def test_it_says_when_posted_images_are_not_answered(
    open_world: Callable[..., AbstractAsyncContextManager[World]], listen: Listen, way: str
) -> None:
    async with open_world(listen=listen) as world:
        text = await help_in(world, world.channel)
        assert way in text
        assert "Post images here" not in text


async def test_it_says_that_discord_refused_the_content_of_messages(world: World) -> None:
    assert "Message Content Intent" not in await help_in(world, world.channel)
    manager = world.add_manager()
    await world.choose("listen", Listen.EVERYWHERE)
    old = world.client.services
    await world.env.restart_bot(
        HueHarvest(
            old.settings,
            fetcher=old.fetcher,
            engine=old.engine,
            store=old.store,
            is_content_refused=True,
        )
    )
    text = help_text(await manager.slash(world.channel, "help"))
    assert "Mention me in a message with images" in text
    assert "Discord doesn't let me read other messages (Message Content Intent)." in text
    assert "Reply automatically to: Images in messages that mention me" in text


@pytest.mark.parametrize(
    ("permission", "cost"),
    [
        ("view_channel", "so I miss what is posted here."),
        ("send_messages", "so I only answer commands."),
        ("attach_files", "you get the codes, but no card and no files."),
        ("read_message_history", "so I can't reply to a message or find the newest image."),
    ],
)
async def test_it_says_what_a_missing_permission_costs(
    world: World, permission: str, cost: str
) -> None:
    channel = world.channel_with_bot_permissions(**{permission: False})
    text = await help_in(world, channel)
    assert cost in text
    assert "I have everything I need." not in text


async def test_it_mentions_every_permission_in_the_invitation(world: World) -> None:
    none = {name: False for name, is_needed in PERMISSIONS if is_needed}
    text = await help_in(world, world.channel_with_bot_permissions(**none))
    (section,) = (part for part in text.split("### ") if part.startswith("Permissions"))
    assert section.count("- I can't ") == len(none) - 1  # one of them is about threads


async def test_threads_have_a_permission_of_their_own(world: World) -> None:
    channel = world.channel_with_bot_permissions(send_messages=False)
    thread = await world.client.get_channel(channel.id).create_thread(
        name="a thread", type=discord.ChannelType.public_thread
    )
    (handle,) = (handle for handle in channel.threads if handle.id == thread.id)
    assert "I have everything I need." in await help_in(world, handle)


async def test_in_direct_messages(world: World) -> None:
    text = help_text(await world.alice.user.slash("help"))
    assert "Send me images and I'll reply with their colours." in text
    assert "User Settings → Authorised Apps" in text
    assert "manage this server" not in text
    assert "Permissions in this channel" not in text
