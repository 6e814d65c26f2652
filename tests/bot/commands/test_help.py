"""``/help``, as people read it."""

from typing import TYPE_CHECKING

import discord
import pytest
import simcord
from discord import ui

from bot.launch.invitation import PERMISSIONS
from bot.settings import Listen

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.bot.conftest import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def read(result: simcord.InteractionResult) -> str:
    """Return what it says, and make sure that nobody else can see it."""
    assert result.ephemeral
    view = ui.LayoutView.from_message(result.response.message)
    return "\n".join(item.content for item in view.walk_children() if hasattr(item, "content"))


async def help_in(world: "World", channel: simcord.ChannelHandle) -> str:
    return read(await world.alice.slash(channel, "help"))


async def test_it_tells_what_holds_where_it_is_asked(world: "World") -> None:
    said = await help_in(world, world.channel)
    assert "Post images here" in said
    assert "`/palette`" in said
    assert "**Apps → Palette**" in said
    assert "Images that I answer without a command: Every image" in said
    assert "Colours in a palette: 10 colours" in said
    assert "Everything I need." in said
    assert "until I leave them, and nothing else" in said
    assert "`/palette-settings`" in said
    assert "MIT licence. Whoever runs me can show you my source." in said


async def test_it_tells_where_its_source_is(
    open_world: "Callable[..., AbstractAsyncContextManager[World]]",
) -> None:
    async with open_world(source_url="https://example.org/hueharvest") as world:
        said = await help_in(world, world.channel)
        assert "My source is at https://example.org/hueharvest" in said


async def test_it_tells_what_the_server_has_chosen(world: "World") -> None:
    artists = world.env.guild.create_role("artists")
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    here = world.env.guild.id
    for name, value in {"channels": [elsewhere.id], "roles": [artists.id], "colors": 3}.items():
        await world.client.services.guilds.choose(here, name, value)
    said = await help_in(world, world.channel)
    assert "I ignore images posted in this channel." in said
    assert f"In which channels: {elsewhere.mention}" in said
    assert "Colours in a palette: 3 colours" in said
    assert artists.mention in said  # and it is for those too who have no such role
    assert "Post images here" in await help_in(world, elsewhere)


@pytest.mark.parametrize(
    ("listen", "way"),
    [
        (Listen.MENTIONS, "Mention me in a message with images, or in a reply to one"),
        (Listen.OFF, "Here I answer commands only."),
    ],
)
async def test_it_tells_when_images_are_not_answered(
    open_world: "Callable[..., AbstractAsyncContextManager[World]]", listen: Listen, way: str
) -> None:
    async with open_world(listen=listen) as world:
        said = await help_in(world, world.channel)
        assert way in said
        assert "Post images here" not in said


@pytest.mark.parametrize(
    ("permission", "cost"),
    [
        ("view_channel", "I do not see what is posted here."),
        ("send_messages", "I answer commands only."),
        ("attach_files", "you get the codes, but no card and no files."),
        ("read_message_history", "I cannot reply to a message, nor find the newest image."),
    ],
)
async def test_it_tells_what_a_missing_permission_costs(
    world: "World", permission: str, cost: str
) -> None:
    channel = world.channel_where_the_bot(**{permission: False})
    said = await help_in(world, channel)
    assert cost in said
    assert "Everything I need." not in said


async def test_it_tells_of_every_permission_that_is_asked_for(world: "World") -> None:
    none = {name: False for name, asked_for in PERMISSIONS if asked_for}
    said = await help_in(world, world.channel_where_the_bot(**none))
    assert said.count("I may not") == len(none) - 1  # one of them is about threads


async def test_threads_have_a_permission_of_their_own(world: "World") -> None:
    channel = world.channel_where_the_bot(send_messages=False)
    thread = await world.client.get_channel(channel.id).create_thread(
        name="a thread", type=discord.ChannelType.public_thread
    )
    (opened,) = (handle for handle in channel.threads if handle.id == thread.id)
    assert "Everything I need." in await help_in(world, opened)


async def test_in_direct_messages(world: "World") -> None:
    said = read(await world.alice.user.slash("help"))
    assert "Send me images" in said
    assert "User Settings → Authorised Apps" in said
    assert "server change my settings" not in said
    assert "What I may do" not in said
