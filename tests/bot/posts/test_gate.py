"""Posts while Discord refuses requests."""

import logging
from collections.abc import Callable

import pytest

from bot.gate import MANY_REFUSED, GateClosedError
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def refuse_much(world: World) -> None:
    for _ in range(MANY_REFUSED):
        world.client.services.gate.note(403, {"Via": "1.1"})
        world.client.services.gate.note(200, {"Via": "1.1"})


async def test_only_those_who_ask_are_answered(world: World, flower: File) -> None:
    refuse_much(world)
    assert await world.post(flower) is None
    assert await world.post(flower, content=world.client.user.mention)
    assert (await world.palette(flower)).response.attachments


async def test_an_unasked_reply_is_dropped_if_it_comes_too_late(
    world: World, flower: File, during_processing: Callable[..., None]
) -> None:
    async def ban() -> None:
        world.client.services.gate.note(429, {"Retry-After": "60"})

    during_processing(after=ban)
    assert await world.post(flower) is None


async def test_an_unasked_reply_that_meets_a_closed_gate_does_not_wait(
    world: World, flower: File, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "bot")

    async def send_message(*_: object, **__: object) -> None:
        raise GateClosedError(60)

    monkeypatch.setattr(world.client.http, "send_message", send_message)
    assert await world.post(flower) is None
    assert f"could not reply in channel {world.channel.id}: no requests are sent" in caplog.text
