"""Images that nobody asked about: who did not ask is not bothered."""

import logging
from collections.abc import Callable

import pytest
import simcord
from discord import ChannelType
from simcord.backend.models import channel as simcord_channel

from bot.services import Services
from bot.turns import BusyError
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = ("text.png", b"just text")


async def test_what_is_no_image_is_a_line_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    assert await world.post(TEXT) is None
    assert sum("NotAnImageError" in line for line in caplog.messages) == 1


async def test_a_busy_bot_says_so_only_to_those_who_asked(
    world: World, flower: File, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise BusyError(4)

    monkeypatch.setattr(Services, "process", refuse)
    caplog.set_level(logging.INFO, "bot")
    assert await world.post(flower) is None
    assert sum("BusyError" in line for line in caplog.messages) == 1
    sentence = "I have a lot to do right now. Please try again in 4 s."
    asked = await world.post(flower, content=world.client.user.mention)
    assert asked is not None
    assert asked.texts == [sentence]
    direct = await world.post_directly(flower, "image/png")
    assert direct is not None
    assert direct.texts == [sentence]


async def test_of_several_images_those_that_work_are_shown_and_the_others_not_mentioned(
    world: World, stripes: Callable[..., bytes]
) -> None:
    files = [TEXT, ("a.png", stripes(RED)), TEXT, ("b.png", stripes(GREEN))]
    reply = await world.post(*files, ("c.png", stripes(BLUE)))
    assert reply is not None
    assert reply.codes == hex_codes(RED, GREEN)
    assert [text.partition("\n")[0] for text in reply.texts] == ["-# 1/2 · a.png", "-# 2/2 · b.png"]


async def test_only_who_asked_is_notified(world: World, flower: File) -> None:
    unasked = await world.post(flower)
    asked = await world.post(flower, content=world.client.user.mention)
    direct = await world.post_directly(flower, "image/png")
    assert unasked is not None
    assert asked is not None
    assert direct is not None
    assert unasked.message.flags.suppress_notifications
    assert not asked.message.flags.suppress_notifications
    assert not direct.message.flags.suppress_notifications


@pytest.mark.parametrize("in_thread", [False, True])
async def test_announcements_are_answered_only_where_a_server_chooses_them(
    world: World, flower: File, monkeypatch: pytest.MonkeyPatch, *, in_thread: bool
) -> None:
    news = channel = world.env.guild.create_news_channel("news")
    if in_thread:
        kind = ChannelType.news_thread.value
        monkeypatch.setattr(simcord_channel, "THREAD_TYPES", {kind})  # SimCord lacks that one
        world.env.backend.create_thread(news.id, "thread", world.alice.id, type=kind)
        (channel,) = news.threads
    assert await world.post(flower, where=channel) is None
    assert await world.post(flower, content=world.client.user.mention, where=channel) is not None
    await world.choose("channels", [news.id])
    assert await world.post(flower, where=channel) is not None


@pytest.mark.parametrize("chosen", [False, True])
@pytest.mark.parametrize("kind", [ChannelType.media, ChannelType.forum])
async def test_what_a_media_channel_shows_as_a_thumbnail_is_not_answered(
    world: World, flower: File, kind: ChannelType, *, chosen: bool
) -> None:
    backend, alice = world.env.backend, world.alice.id
    parent = backend.create_channel(world.env.guild.id, "works", type=kind.value)
    if chosen:
        await world.choose("channels", [parent.id])
    post = backend.create_thread(parent.id, "a work", alice)
    first = backend.prepare_message(
        post.id, alice, attachments=backend.store_attachments(post.id, [flower])
    )
    first.id = post.id  # as Discord does
    backend.commit_message(first)
    await world.env.settle()
    assert len(backend.messages[post.id]) == (1 if kind is ChannelType.media else 2)
    comments = simcord.ChannelHandle(world.env, world.env.guild, post)
    assert await world.post(flower, where=comments) is not None
