"""While the bot is at work, its channel shows that it is typing."""

import asyncio
from collections.abc import Callable
from time import perf_counter

import pytest

from bot.posts import channel as posts_channel
from bot.posts.channel import Typing
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def typing_requests(world: World) -> int:
    return sum(request.path.endswith("/typing") for request in world.env.http_requests)


async def until_typing(world: World, *, times: int) -> None:
    deadline = perf_counter() + 30
    while typing_requests(world) < times:
        assert perf_counter() < deadline
        await asyncio.sleep(0)


async def test_typing_is_shown_again_and_again_until_the_work_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without a message: the simulation's clock would stand still for the bot.
    monkeypatch.setattr(posts_channel, "TYPING_DELAY", 0.01)
    monkeypatch.setattr(posts_channel, "TYPING_INTERVAL", 0.01)
    typing, channel = Typing(), world.client.get_channel(world.channel.id)
    with typing.during(channel):
        with typing.during(channel):
            await until_typing(world, times=2)
        await until_typing(world, times=typing_requests(world) + 2)
    shown = typing_requests(world)
    await asyncio.sleep(0.1)
    assert typing_requests(world) == shown


async def test_two_messages_in_one_channel_are_typed_for_once(
    world: World,
    flower: File,
    during_processing: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posts_channel, "TYPING_DELAY", 0)

    async def post_another() -> None:
        await until_typing(world, times=1)
        backend = world.env.backend
        upload = backend.store_attachments(world.channel.id, [flower])
        backend.create_message(world.channel.id, world.alice.id, attachments=upload)
        while len(world.channel.history()) < 3:  # noqa: ASYNC110, the other one's reply
            await asyncio.sleep(0.01)

    during_processing(post_another)
    assert await world.post(flower) is not None
    assert len(world.channel.history()) == 4
    assert typing_requests(world) == 1


async def test_an_immediate_reply_needs_no_typing(world: World, flower: File) -> None:
    assert await world.post(flower) is not None
    assert typing_requests(world) == 0


async def test_a_reply_comes_although_typing_fails(
    world: World,
    flower: File,
    during_processing: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(posts_channel, "TYPING_DELAY", 0)
    world.env.inject_error("POST", "/channels/*/typing", status=403)
    during_processing(lambda: until_typing(world, times=1))
    assert await world.post(flower) is not None
