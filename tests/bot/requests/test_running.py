"""A bot that stops finishes what it has begun."""

import asyncio
from collections.abc import Callable

import pytest

from tests.bot.controls.pressed import Pressed
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_it_sends_the_reply_it_is_working_on_and_begins_nothing_new(
    world: World,
    flower: File,
    during_processing: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    backend, channel = world.env.backend, world.channel
    stopping: list[asyncio.Task[None]] = []
    stopped_too_early: list[bool] = []

    async def stop_and_post_another() -> None:
        stopping.append(asyncio.create_task(world.client.close()))
        await asyncio.sleep(0)
        upload = backend.store_attachments(channel.id, [flower])
        backend.create_message(channel.id, world.alice.id, attachments=upload)

    async def check() -> None:
        stopped_too_early.append(stopping[0].done())

    during_processing(stop_and_post_another, after=check)
    caplog.set_level("INFO", "bot")
    reply = await world.post(flower)
    assert reply is not None
    assert reply.message.reference.message_id == channel.history()[0].id
    assert len(channel.history()) == 3
    assert stopped_too_early == [False]
    assert stopping[0].done()
    assert any("StoppingError" in message for message in caplog.messages)
    assert len(world.errors()) == 1


async def test_it_finishes_a_press(
    world: World, flower: File, during_processing: Callable[..., None]
) -> None:
    reply = await world.post(flower)
    pressed = Pressed(world.env, world.alice, reply.message)
    closing: list[asyncio.Task[None]] = []

    async def stop() -> None:
        closing.append(asyncio.create_task(world.client.close()))
        await asyncio.sleep(0)

    during_processing(stop)
    fewer = await pressed.click("fewer")
    assert len(fewer.codes) == 9
    await asyncio.gather(*closing)
