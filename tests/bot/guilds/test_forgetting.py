"""The settings of servers that the bot has left are erased."""

import pytest

from tests.bot.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def stored_guilds(world: World) -> list[int]:
    return await world.client.services.store.guilds(world.client.application_id)


async def test_a_server_that_removes_the_bot_is_forgotten(world: World) -> None:
    await world.choose("colors", 4)
    guild = world.client.get_guild(world.env.guild.id)
    assert await stored_guilds(world) == [guild.id]
    await guild.leave()
    await world.env.settle()
    assert await stored_guilds(world) == []


async def test_a_server_that_removed_the_bot_while_it_was_off_is_forgotten_too(
    world: World,
) -> None:
    await world.choose("colors", 4)
    here = world.env.guild.id
    await world.client.services.store.write(world.client.application_id, 2**60, "colors", 4)
    await world.restart()
    await world.env.advance_time(10)
    assert await stored_guilds(world) == [here]


async def test_a_server_that_is_unavailable_is_not_forgotten(world: World) -> None:
    await world.choose("colors", 4)
    guild = {"id": str(world.env.guild.id), "unavailable": True}
    world.env.backend.emit("GUILD_DELETE", guild)
    await world.env.settle()
    assert await stored_guilds(world) == [world.env.guild.id]
