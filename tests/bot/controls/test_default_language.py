"""Where nobody has chosen a language, an answer is in that of who asks, and stays in it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest
import pytest_asyncio
import simcord
from simcord.backend import serializers

import palette
from bot.color_names import label
from bot.language import language_of
from palette import extract
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def world(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncGenerator[World]:
    """Return a server with the language that Discord gives a new one, and a German in it."""
    async with open_world(locale="en-US") as opened:
        opened.locale = "de"
        yield opened


def card(image: File, code: str, colors: int = 10) -> bytes:
    in_language = partial(label, language=language_of(code))
    return palette.render_card(extract(image[1], colors), in_language)


def button_of(reply: Pressed) -> str:
    return reply.controls["delete:1"].label


async def make_community(world: World) -> None:
    guild = world.env.backend.get_guild(world.env.guild.id)
    payload = serializers.guild_create_payload(world.env.backend, guild) | {
        "features": ["COMMUNITY"]
    }
    await world.change("guild_update", lambda: world.env.backend.emit("GUILD_UPDATE", payload))


async def test_an_answer_to_a_command_is_in_the_language_of_who_asked(
    world: World, slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    assert not reply.private
    assert reply.card() == card(flower, "de")
    assert button_of(reply) == "Löschen"
    one = await world.alice.slash(world.channel, "color", color="#c0392b")
    assert button_of(Pressed(world.env, world.alice, one.response.message)) == "Löschen"


async def test_an_answer_to_a_post_is_in_english(post: Ask, flower: File) -> None:
    reply = await post(flower)
    assert reply.card() == card(flower, "en_US")
    fewer = await reply.click("fewer")  # although the language of who posted it is known by now
    assert fewer.card() == card(flower, "en_US", 9)


async def test_who_else_presses_a_button_does_not_change_the_language(
    world: World, slash: Ask, flower: File, moderator: simcord.MemberActor
) -> None:
    reply = await slash(flower)
    world.locale = "ja"
    fewer = await reply.seen_by(moderator).click("fewer")
    assert not fewer.private
    assert fewer.card() == card(flower, "de", 9)
    assert button_of(fewer) == "Löschen"
    await world.restart()
    again = await fewer.click("fewer")
    assert again.card() == card(flower, "de", 8)


async def test_a_server_that_chose_a_language_is_answered_in_it(
    world: World, slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    await world.choose("language", "fr")
    assert (await slash(flower)).card() == card(flower, "fr")
    assert (await reply.click("fewer")).card() == card(flower, "de", 9)
    await world.choose("language", "en")
    assert (await slash(flower)).card() == card(flower, "en_US")


async def test_a_community_server_has_chosen_english(
    world: World, slash: Ask, flower: File
) -> None:
    await make_community(world)
    assert (await slash(flower)).card() == card(flower, "en_US")


async def test_a_server_with_another_language_on_discord_has_chosen_it(
    open_world: Callable[..., AbstractAsyncContextManager[World]], flower: File
) -> None:
    async with open_world(locale="fr") as world:
        world.locale = "de"
        result = await world.palette(flower)
        reply = Pressed(world.env, world.alice, result.response.message)
        assert reply.card() == card(flower, "fr")
