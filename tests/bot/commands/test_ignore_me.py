"""``/palette-ignore-me``: who wants no unasked replies gets none, and everything they ask for."""

from collections.abc import Callable, Collection

import pytest
import simcord

from bot.guilds.store import Store
from tests.bot.colors import RED
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

IGNORED = "From now on I ignore the images you post, in all servers, unless you mention me."
ANSWERED = "I reply to the images you post again, wherever I reply to images."


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED)


async def toggle(world: World, person: simcord.MemberActor | None = None) -> str:
    return private_text(await (person or world.alice).slash(world.channel, "palette-ignore-me"))


async def test_unasked_replies_stop_and_begin_again(world: World, image: File) -> None:
    assert (await toggle(world)).startswith(IGNORED)
    assert await world.post(image) is None
    await world.restart()
    assert await world.post(image) is None
    assert await toggle(world) == ANSWERED
    assert await world.post(image) is not None


async def test_who_asks_is_answered_all_the_same(world: World, image: File) -> None:
    await toggle(world)
    assert await world.post(image, content=world.client.user.mention) is not None
    assert await world.post_directly(image, "image/png") is not None
    assert (await world.palette(image)).response.attachments


async def test_nobody_else_is_ignored(world: World, image: File) -> None:
    await toggle(world)
    bob = world.add_member("bob")
    await bob.send(world.channel, attachments=[image])
    assert world.channel.last_message.author == world.client.user


async def test_it_applies_to_all_servers(world: World, image: File) -> None:
    await toggle(world)
    elsewhere = world.env.create_guild("elsewhere")
    channel = elsewhere.create_text_channel("photos")
    await elsewhere.add_member(world.alice.user).send(channel, attachments=[image])
    assert len(channel.history()) == 1


async def test_it_works_in_direct_messages(world: World, image: File) -> None:
    assert private_text(await world.alice.user.slash("palette-ignore-me")).startswith(IGNORED)
    assert await world.post(image) is None


async def test_it_works_for_those_who_may_not_use_the_bot(world: World, image: File) -> None:
    await world.choose("roles", [world.env.guild.create_role("artists").id])
    assert (await toggle(world)).startswith(IGNORED)
    await world.choose("roles", [])
    assert await world.post(image) is None


async def test_it_is_for_servers_direct_messages_and_people_with_the_app(world: World) -> None:
    (command,) = (each for each in world.client.tree.get_commands() if "ignore" in each.name)
    assert command.allowed_contexts.to_array() == [0, 1, 2]
    assert command.allowed_installs.to_array() == [0, 1]


async def test_without_the_database_it_says_so_and_nothing_changes(
    world: World, image: File, broken_store: Store
) -> None:
    working = world.client.services.store
    await world.restart(broken_store)
    assert await toggle(world) == "I couldn't save that. Please try again in a minute."
    assert len(world.errors()) == 1
    assert await world.post(image) is not None
    await world.restart(working)
    assert (await toggle(world)).startswith(IGNORED)


async def test_a_burst_of_posts_is_looked_up_once(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[Collection[int]] = []
    ignored = Store.ignored

    async def counting(self: Store, bot_id: int, people: Collection[int]) -> set[int]:
        looked_up.append(people)
        return await ignored(self, bot_id, people)

    monkeypatch.setattr(Store, "ignored", counting)
    for _ in range(3):
        assert await world.post(image) is not None
    assert len(looked_up) == 1


async def test_messages_without_images_are_not_looked_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Store, "ignored")
    assert await world.post(content="hello") is None
