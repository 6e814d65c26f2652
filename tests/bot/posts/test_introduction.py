"""The first unasked reply in a server says, once, how to change such replies."""

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
import pytest_asyncio
import simcord

from bot.guilds.store import Store
from bot.language import LANGUAGES, language_of
from tests.bot.colors import RED
from tests.bot.commands.settings_panel import SettingsPanel
from tests.bot.world import File, ReceivedReply, World, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINE = re.compile(
    r"-# I reply to images by myself\. People who manage this server can change that with "
    r"</palette-settings:\d+>\."
)


@pytest_asyncio.fixture(loop_scope="session")
async def world(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncGenerator[World]:
    """Return a server in which the bot is new."""
    async with open_world(introduced=False) as opened:
        yield opened


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED)


def has_line(reply: ReceivedReply | None) -> bool:
    assert reply is not None
    return "-# I reply to images by myself." in "\n".join(reply.texts)


def lines_in(channel: simcord.ChannelHandle) -> int:
    said = "\n".join(text for message in channel.history() for text in texts_in(message))
    return said.count("-# I reply to images by myself.")


async def test_only_the_first_unasked_reply_has_the_line(world: World, image: File) -> None:
    first = await world.post(image)
    assert first is not None
    assert LINE.fullmatch(first.texts[-1])
    assert not has_line(await world.post(image))
    await world.restart()
    assert not has_line(await world.post(image))


async def test_who_asked_is_not_told(world: World, image: File) -> None:
    assert not has_line(await world.post(image, content=world.client.user.mention))
    assert not has_line(await world.post_directly(image, "image/png"))
    result = await world.palette(image)
    assert "by myself" not in "\n".join(texts_in(result.response.message))
    assert has_line(await world.post(image))


async def test_of_first_posts_at_once_one_is_answered_with_the_line(
    world: World, image: File
) -> None:
    backend, channel = world.env.backend, world.channel
    for _ in range(4):
        upload = backend.store_attachments(channel.id, [image])
        backend.create_message(channel.id, world.alice.id, attachments=upload)
    await world.env.settle()
    assert len(channel.history()) == 8
    assert lines_in(channel) == 1


async def test_of_two_processes_one_introduces_the_bot(world: World, image: File) -> None:
    """They share a database, and neither knows what the other has just written."""
    services, here = world.client.services, world.env.guild.id
    assert not (await services.guilds.settings(here)).introduced
    assert await services.store.claim(world.client.application_id, here, "introduced")
    assert not has_line(await world.post(image))


async def test_a_reset_does_not_bring_the_line_back(world: World, image: File) -> None:
    assert has_line(await world.post(image))
    panel = await SettingsPanel.opened_by(world.add_manager(), world)
    await panel.press("reset")
    await panel.press("confirm")
    assert not has_line(await world.post(image))
    await world.restart()
    assert not has_line(await world.post(image))


async def test_a_server_that_the_bot_left_is_told_again(world: World, image: File) -> None:
    guilds, store, here = world.client.services.guilds, world.client.services.store, world.env.guild
    assert has_line(await world.post(image))
    assert await store.guilds(world.client.application_id) == [here.id]
    await guilds.forget(here.id)
    assert await store.guilds(world.client.application_id) == []
    assert has_line(await world.post(image))


async def test_a_reply_that_could_not_be_sent_leaves_the_line_to_the_next(
    world: World, image: File
) -> None:
    refusal = {"status": 403, "code": 50013, "message": "Missing Permissions"}
    world.env.inject_error("POST", "/channels/*/messages", **refusal)
    assert await world.post(image) is None
    assert has_line(await world.post(image))


async def test_without_the_database_there_is_no_line(
    world: World, image: File, broken_store: Store
) -> None:
    working = world.client.services.store
    await world.restart(broken_store)
    for _ in range(2):
        assert not has_line(await world.post(image))
    await world.restart(working)
    assert has_line(await world.post(image))


async def test_a_reply_to_several_images_says_it_beside_how_many_are_shown(
    world: World, stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(*((f"{n}.png", stripes((n, n, n))) for n in range(6)))
    assert reply is not None
    shown, line = reply.texts[-1].split("\n")
    assert shown == "-# The first 4 of 6 images."
    assert LINE.fullmatch(line)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
async def test_it_is_in_the_servers_language(world: World, image: File, code: str) -> None:
    await world.choose("language", code)
    world.client.services.command_mentions.clear()  # as if Discord had not told the ids
    reply = await world.post(image)
    assert reply is not None
    assert f"`/{language_of(code).say('palette-settings')}`" in reply.texts[-1]
    assert not has_line(reply)
