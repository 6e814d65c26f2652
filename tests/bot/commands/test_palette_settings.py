"""``/palette-settings``, as people who manage a server use it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
import pytest
import pytest_asyncio
import simcord
from discord import ui

from bot.client import HueHarvest
from bot.guilds.store import Store
from bot.settings import Listen

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from tests.bot.conftest import File, Seen, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVERY_FIELD = {"listen", "channels", "colors", "order", "show_source", "language", "roles"}


class Panel:
    """The panel as a person sees and uses it."""

    def __init__(self, person: simcord.MemberActor, shown: simcord.InteractionResult) -> None:
        self.person = person
        self.shown = shown

    @property
    def _items(self) -> list[ui.Item[Any]]:
        return list(ui.LayoutView.from_message(self.shown.response.message).walk_children())

    @property
    def text(self) -> str:
        return "\n".join(i.content for i in self._items if isinstance(i, ui.TextDisplay))

    @property
    def menus(self) -> dict[str, Any]:
        return {
            item.custom_id.removeprefix("settings:"): item
            for item in self._items
            if isinstance(item, ui.Select | ui.ChannelSelect | ui.RoleSelect)
        }

    def options(self, field: str) -> list[str]:
        return [option.label for option in self.menus[field].options]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the menus show as chosen: a label, or ids."""
        return {
            field: next(option.label for option in menu.options if option.default)
            if isinstance(menu, ui.Select)
            else {value.id for value in menu.default_values}
            for field, menu in self.menus.items()
        }

    async def choose(self, field: str, *values: Any) -> simcord.InteractionResult:  # noqa: ANN401, labels or handles
        menu = self.menus[field]
        if isinstance(menu, ui.Select):
            of = {option.label: option.value for option in menu.options}
            values = [of[label] for label in values]
        return await self.person.select(self.shown.response, values, custom_id=f"settings:{field}")

    async def reset(self) -> simcord.InteractionResult:
        return await self.person.click(self.shown.response, custom_id="settings:reset")


def told(result: simcord.InteractionResult) -> str:
    """Return what a press was answered with, and make sure that nobody else can see it."""
    messages = result.followups or [result.response]
    assert len(messages) == 1
    assert messages[0].ephemeral
    return messages[0].content


@pytest.fixture
def manager(world: "World") -> simcord.MemberActor:
    return manager_of(world)


def manager_of(world: "World") -> simcord.MemberActor:
    may_manage = discord.Permissions(manage_guild=True)
    role = world.env.guild.create_role("managers", permissions=may_manage)
    return world.env.guild.add_member(world.env.create_user("manager"), roles=[role])


async def open_panel(world: "World", person: simcord.MemberActor) -> Panel:
    shown = await person.slash(world.channel, "palette-settings")
    assert shown.ephemeral
    return Panel(person, shown)


async def restart(world: "World", store: Store | None = None) -> None:
    """Start another process, which has nothing but the database in common with this one."""
    client = world.client
    await world.env.restart_bot(
        HueHarvest(
            client.services.settings,
            fetcher=client.services.fetcher,
            engine=client.services.engine,
            store=store or client.services.store,
        )
    )


@pytest_asyncio.fixture(loop_scope="session")
async def broken_store() -> AsyncIterator[Store]:
    async with Store("sqlite:////nowhere/at/all") as store:
        yield store


async def test_the_panel_shows_what_holds(world: "World", manager: simcord.MemberActor) -> None:
    panel = await open_panel(world, manager)
    assert panel.chosen == {
        "listen": "Every image",
        "channels": set(),
        "colors": "10 colours",
        "order": "Shortest path",
        "show_source": "Small, beside the codes",
        "language": "The server's own: English",
        "roles": set(),
    }
    assert panel.menus["channels"].placeholder == "All channels"
    assert panel.menus["roles"].placeholder == "Everyone"
    assert len(panel.options("colors")) == 20


async def test_each_change_is_shown_and_kept(world: "World", manager: simcord.MemberActor) -> None:
    panel = await open_panel(world, manager)
    role = world.env.guild.create_role("artists")
    forum = world.env.guild.create_forum_channel("art")
    await panel.choose("channels", world.channel, forum)
    await panel.choose("roles", role)
    await panel.choose("colors", "1 colour")
    await panel.choose("order", "Hue")
    await panel.choose("show_source", "Attached as a file")
    await panel.choose("language", "日本語")
    chosen = {
        "listen": "Every image",
        "channels": {world.channel.id, forum.id},
        "colors": "1 colour",
        "order": "Hue",
        "show_source": "Attached as a file",
        "language": "日本語",
        "roles": {role.id},
    }
    assert panel.chosen == chosen
    await panel.choose("listen", "Only where I am mentioned")
    assert panel.menus.keys() == EVERY_FIELD - {"channels"}  # which say where to listen to all
    await panel.choose("listen", "Every image")
    assert panel.chosen == chosen
    assert (await open_panel(world, manager)).chosen == chosen


async def test_the_panel_works_after_a_restart(
    world: "World", manager: simcord.MemberActor
) -> None:
    panel = await open_panel(world, manager)
    await panel.choose("colors", "4 colours")
    await restart(world)
    await panel.choose("order", "Share")
    assert panel.chosen["colors"] == "4 colours"
    assert panel.chosen["order"] == "Share"


async def test_nothing_is_remembered_of_an_open_panel(
    world: "World", manager: simcord.MemberActor
) -> None:
    for _ in range(3):
        await open_panel(world, manager)
    assert not world.client.persistent_views


async def test_reset(world: "World", manager: simcord.MemberActor) -> None:
    panel = await open_panel(world, manager)
    before = panel.chosen
    await panel.choose("colors", "4 colours")
    await panel.choose("listen", "None")
    await panel.reset()
    assert panel.chosen == before


async def test_the_choices_hold_for_palettes(
    world: "World",
    manager: simcord.MemberActor,
    flower: "File",
    see: "Callable[..., Awaitable[Seen]]",
) -> None:
    panel = await open_panel(world, manager)
    await panel.choose("colors", "3 colours")
    reply = await see((await world.palette(flower)).response.message)
    assert len(reply.codes) == 3
    await panel.choose("listen", "None")
    assert await world.post(flower) is None


async def test_only_chosen_channels_are_listened_to(
    world: "World", manager: simcord.MemberActor, flower: "File"
) -> None:
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    await (await open_panel(world, manager)).choose("channels", elsewhere)
    assert await world.post(flower) is None
    assert await world.post(flower, where=elsewhere) is not None


async def test_people_who_do_not_manage_the_server(world: "World") -> None:
    assert "palette-settings" not in world.alice.available_commands(world.channel)


async def test_servers_may_let_others_give_the_command_but_not_change_anything(
    world: "World",
) -> None:
    (command,) = (
        command
        for command in await world.client.tree.fetch_commands()
        if command.name == "palette-settings"
    )
    world.env.guild.set_command_permissions(command, {world.alice: True})
    result = await world.alice.slash(world.channel, "palette-settings")
    assert told(result) == "Only people who manage this server can change my settings."
    assert len(world.errors()) == 1


async def test_who_manages_the_server_no_more_changes_nothing_more(
    world: "World", manager: simcord.MemberActor
) -> None:
    panel = await open_panel(world, manager)
    before = panel.chosen
    guild = world.client.get_guild(world.env.guild.id)
    (managers,) = (role for role in guild.roles if role.name == "managers")
    await managers.edit(permissions=discord.Permissions.none())
    assert "manage this server" in told(await panel.choose("colors", "2 colours"))
    assert "manage this server" in told(await panel.reset())
    assert panel.chosen == before
    assert (await world.client.services.guild_settings(world.env.guild.id)).colors == 10


async def test_only_people_with_a_chosen_role_may_use_the_bot(
    world: "World", manager: simcord.MemberActor, flower: "File"
) -> None:
    artists = world.env.guild.create_role("artists")
    painter = world.env.guild.add_member(world.env.create_user("painter"), roles=[artists])
    panel = await open_panel(world, manager)
    await panel.choose("roles", artists)

    refused = await world.palette(flower)
    assert told(refused) == (
        f"In this server only people with one of these roles may use me: {artists.mention}"
    )
    assert len(world.errors()) == 1
    assert await world.post(flower) is None
    for admitted in (painter, manager):
        allowed = await admitted.slash(world.channel, "palette", image=flower)
        assert allowed.response is not None
        assert not allowed.ephemeral
    assert (await world.alice.slash(world.channel, "help")).response is not None

    await panel.choose("roles", world.env.guild.default_role)  # @everyone
    assert panel.chosen["roles"] == set()
    assert not (await world.palette(flower)).ephemeral


async def test_roles_and_channels_that_are_deleted(
    world: "World", manager: simcord.MemberActor
) -> None:
    artists = world.env.guild.create_role("artists")
    elsewhere = world.env.guild.create_text_channel("elsewhere")
    panel = await open_panel(world, manager)
    await panel.choose("roles", artists)
    await panel.choose("channels", elsewhere)
    guild = world.client.get_guild(world.env.guild.id)
    await guild.get_role(artists.id).delete()
    await guild.get_channel(elsewhere.id).delete()
    panel = await open_panel(world, manager)
    assert panel.menus["roles"].placeholder == "Roles that are gone: choose others"
    assert panel.menus["channels"].placeholder == "Channels that are gone: choose others"


@pytest.mark.parametrize(
    ("listen", "offered", "why"),
    [
        (Listen.EVERYWHERE, 3, None),
        (Listen.MENTIONS, 2, "I cannot see images in messages that do not mention me"),
        (Listen.OFF, 1, "I cannot see messages"),
    ],
)
async def test_what_the_environment_rules_out_is_not_offered(
    open_world: "Callable[..., AbstractAsyncContextManager[World]]",
    listen: Listen,
    offered: int,
    why: str | None,
) -> None:
    async with open_world(listen=listen) as world:
        panel = await open_panel(world, manager_of(world))
        assert len(panel.options("listen")) == offered
        assert (why or "") in panel.text
        assert ("I cannot see" in panel.text) == (why is not None)


async def test_a_change_that_cannot_be_saved_is_told(
    world: "World",
    manager: simcord.MemberActor,
    broken_store: Store,
    flower: "File",
) -> None:
    panel = await open_panel(world, manager)
    before = panel.chosen
    await restart(world, broken_store)
    requests = len(world.env.http_requests)
    assert told(await panel.choose("colors", "2 colours")) == (
        "I could not save this: please try again in a minute."
    )
    # Discord shows what was chosen until the message is edited.
    assert "PATCH" in {request.method for request in world.env.http_requests[requests:]}
    assert panel.chosen == before
    assert (await open_panel(world, manager)).chosen == before
    assert await world.post(flower) is not None


async def test_a_server_that_removes_the_bot_is_forgotten(
    world: "World", manager: simcord.MemberActor
) -> None:
    await (await open_panel(world, manager)).choose("colors", "4 colours")
    me = world.client.application_id
    guild = world.client.get_guild(world.env.guild.id)
    assert await world.client.services.store.guilds(me) == [guild.id]
    await guild.leave()
    await world.env.settle()
    assert await world.client.services.store.guilds(me) == []


async def test_a_server_that_removed_the_bot_while_it_was_off_is_forgotten_too(
    world: "World", manager: simcord.MemberActor
) -> None:
    await (await open_panel(world, manager)).choose("colors", "4 colours")
    me, here = world.client.application_id, world.env.guild.id
    await world.client.services.store.write(me, 2**60, "colors", 4)
    await restart(world)
    await world.env.advance_time(10)
    assert await world.client.services.store.guilds(me) == [here]


async def test_an_outage_forgets_nothing(world: "World", manager: simcord.MemberActor) -> None:
    panel = await open_panel(world, manager)
    await panel.choose("colors", "4 colours")
    guild = {"id": str(world.env.guild.id), "unavailable": True}
    world.env.backend.emit("GUILD_DELETE", guild)
    await world.env.settle()
    me = world.client.application_id
    assert await world.client.services.store.guilds(me) == [world.env.guild.id]
