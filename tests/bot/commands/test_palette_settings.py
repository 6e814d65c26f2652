"""``/palette-settings``: what the panel shows, and what it changes."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
import simcord

from bot.guilds.store import Store
from bot.settings import Listen
from tests.bot.commands.settings_panel import SettingsPanel
from tests.bot.world import File, World, codes_in, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVERY_FIELD = {
    "listen",
    "channels",
    "proxied",
    "colors",
    "style",
    "order",
    "brief",
    "show_source",
    "language",
    "roles",
}


async def test_the_panel_shows_the_current_settings(
    world: World, manager: simcord.MemberActor
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    assert panel.chosen == {
        "listen": "Every image",
        "channels": set(),
        "proxied": "Ignore them",
        "colors": "10 colours",
        "style": "Colours people notice",
        "order": "Smooth blend",
        "brief": "Full: codes to copy and every button",
        "show_source": "Thumbnail",
        "language": "Same as the server: English",
        "roles": set(),
    }
    assert panel.menus["channels"].placeholder == "All channels except announcements"
    assert panel.menus["roles"].placeholder == "Everyone"
    assert len(panel.options("colors")) == 21
    assert panel.options("colors")[0] == "As many as the image needs"
    assert panel.options("style") == ["Colours people notice", "Closest to the pixels"]


@pytest.mark.parametrize(
    ("locale", "name"), [("en-US", "English"), ("de", "Deutsch"), ("zh-CN", "English")]
)
async def test_the_panel_names_the_servers_own_language(
    open_world: Callable[..., AbstractAsyncContextManager[World]], locale: str, name: str
) -> None:
    async with open_world(locale=locale) as world:
        panel = await SettingsPanel.opened_by(world.add_manager(), world)
        assert panel.chosen["language"].endswith(f": {name}")


async def test_each_change_is_shown_and_kept(world: World, manager: simcord.MemberActor) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    role = world.env.guild.create_role("artists")
    forum = world.env.guild.create_forum_channel("art")
    await panel.choose("channels", world.channel, forum)
    await panel.choose("roles", role)
    await panel.choose("colors", "1 colour")
    await panel.choose("style", "Closest to the pixels")
    await panel.choose("order", "By hue")
    await panel.choose("proxied", "Treat them like posts of people (PluralKit, Tupperbox)")
    await panel.choose("brief", "Compact: the card and one row of buttons")
    await panel.choose("show_source", "Attached file")
    await panel.choose("language", "日本語")
    chosen = {
        "listen": "Every image",
        "channels": {world.channel.id, forum.id},
        "proxied": "Treat them like posts of people (PluralKit, Tupperbox)",
        "colors": "1 colour",
        "style": "Closest to the pixels",
        "order": "By hue",
        "brief": "Compact: the card and one row of buttons",
        "show_source": "Attached file",
        "language": "日本語",
        "roles": {role.id},
    }
    assert panel.chosen == chosen
    await panel.choose("listen", "Images in messages that mention me")
    assert panel.menus.keys() == EVERY_FIELD - {"channels"}  # those where every image is answered
    await panel.choose("listen", "Every image")
    assert panel.chosen == chosen
    assert (await SettingsPanel.opened_by(manager, world)).chosen == chosen


async def test_an_open_panel_works_after_a_restart(
    world: World, manager: simcord.MemberActor
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    await panel.choose("colors", "4 colours")
    await world.restart()
    await panel.choose("order", "Most used first")
    assert panel.chosen["colors"] == "4 colours"
    assert panel.chosen["order"] == "Most used first"


async def test_nothing_is_remembered_of_an_open_panel(
    world: World, manager: simcord.MemberActor
) -> None:
    for _ in range(3):
        await SettingsPanel.opened_by(manager, world)
    assert not world.client.persistent_views


async def test_a_reset_takes_every_choice_back_once_it_is_confirmed(
    world: World, manager: simcord.MemberActor
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    before = panel.chosen
    await panel.choose("colors", "4 colours")
    await panel.choose("listen", "Nothing (commands only)")
    changed = panel.chosen
    await panel.press("reset")
    assert panel.chosen == changed != before
    assert "Really forget everything that was chosen here?" in panel.text
    await panel.press("cancel")
    assert panel.chosen == changed
    assert "Really" not in panel.text
    await panel.press("reset")
    await panel.press("confirm")
    assert panel.chosen == before


async def test_choices_apply_to_palettes(
    world: World, manager: simcord.MemberActor, flower: File
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    await panel.choose("colors", "3 colours")
    result = await world.palette(flower)
    assert len(codes_in(result.response.message)) == 3
    await panel.choose("listen", "Nothing (commands only)")
    assert await world.post(flower) is None


async def test_posts_are_answered_in_the_chosen_channels_only(
    world: World, manager: simcord.MemberActor, flower: File
) -> None:
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    panel = await SettingsPanel.opened_by(manager, world)
    await panel.choose("channels", elsewhere)
    assert await world.post(flower) is None
    assert await world.post(flower, where=elsewhere) is not None


async def test_roles_and_channels_that_were_deleted(
    world: World, manager: simcord.MemberActor
) -> None:
    artists = world.env.guild.create_role("artists")
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    panel = await SettingsPanel.opened_by(manager, world)
    await panel.choose("roles", artists)
    await panel.choose("channels", elsewhere)
    guild = world.client.get_guild(world.env.guild.id)
    await guild.get_role(artists.id).delete()
    await guild.get_channel(elsewhere.id).delete()
    panel = await SettingsPanel.opened_by(manager, world)
    assert panel.menus["roles"].placeholder == "These roles are gone: choose others"
    assert panel.menus["channels"].placeholder == "These channels are gone: choose others"


@pytest.mark.parametrize(
    ("listen", "offered", "reason"),
    [
        (Listen.EVERYWHERE, 3, ""),
        (Listen.MENTIONS, 2, "I only see images in messages that mention me: my host "),
        (Listen.OFF, 1, "I can't see messages, so I only answer commands: my host "),
    ],
)
async def test_only_what_the_host_allows_is_offered(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
    listen: Listen,
    offered: int,
    reason: str,
) -> None:
    async with open_world(listen=listen) as world:
        panel = await SettingsPanel.opened_by(world.add_manager(), world)
        assert len(panel.options("listen")) == offered
        assert reason in panel.text
        assert ("my host" in panel.text) is bool(reason)


async def test_a_change_that_cannot_be_saved_is_reported_and_not_shown(
    world: World, manager: simcord.MemberActor, broken_store: Store, flower: File
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    before = panel.chosen
    await world.restart(broken_store)
    requests = len(world.env.http_requests)
    result = await panel.choose("colors", "2 colours")
    assert private_text(result) == "I couldn't save that. Please try again in a minute."
    # Discord shows what was chosen until the message is edited.
    assert "PATCH" in {request.method for request in world.env.http_requests[requests:]}
    assert panel.chosen == before
    assert (await SettingsPanel.opened_by(manager, world)).chosen == before
    assert await world.post(flower) is not None
