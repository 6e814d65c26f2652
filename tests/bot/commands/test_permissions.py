"""Who may change the settings, and who may use the bot."""

import discord
import pytest
import simcord

from tests.bot.commands.settings_panel import SettingsPanel
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

MANAGERS_ONLY = "Only people who manage this server can change my settings."


async def test_people_who_do_not_manage_the_server_are_not_offered_the_command(
    world: World,
) -> None:
    assert "palette-settings" not in world.alice.available_commands(world.channel)


async def test_others_whom_a_server_lets_use_the_command_still_change_nothing(
    world: World,
) -> None:
    (command,) = (
        command
        for command in await world.client.tree.fetch_commands()
        if command.name == "palette-settings"
    )
    world.env.guild.set_command_permissions(command, {world.alice: True})
    result = await world.alice.slash(world.channel, "palette-settings")
    assert private_text(result) == MANAGERS_ONLY
    assert len(world.errors()) == 1


async def test_people_who_no_longer_manage_the_server_change_nothing_in_an_open_panel(
    world: World, manager: simcord.MemberActor
) -> None:
    panel = await SettingsPanel.opened_by(manager, world)
    before = panel.chosen
    guild = world.client.get_guild(world.env.guild.id)
    (managers,) = (role for role in guild.roles if role.name == "managers")
    await managers.edit(permissions=discord.Permissions.none())
    assert private_text(await panel.choose("colors", "2 colours")) == MANAGERS_ONLY
    assert private_text(await panel.press("reset")) == MANAGERS_ONLY
    assert panel.chosen == before
    assert (await world.client.services.guild_settings(world.env.guild.id)).colors == 10


async def test_only_people_with_a_chosen_role_may_use_the_bot(
    world: World, manager: simcord.MemberActor, flower: File
) -> None:
    artists = world.env.guild.create_role("artists")
    painter = world.add_member("painter", roles=[artists])
    panel = await SettingsPanel.opened_by(manager, world)
    await panel.choose("roles", artists)

    assert private_text(await world.palette(flower)) == (
        f"In this server, only people with one of these roles can use me: {artists.mention}"
    )
    assert len(world.errors()) == 1
    assert await world.post(flower) is None
    for person in (painter, manager):
        allowed = await person.slash(world.channel, "palette", image=flower)
        assert allowed.response is not None
        assert not allowed.ephemeral
    assert (await world.alice.slash(world.channel, "help")).response is not None

    await panel.choose("roles", world.env.guild.default_role)  # @everyone
    assert panel.chosen["roles"] == set()
    assert not (await world.palette(flower)).ephemeral
