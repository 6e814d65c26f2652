"""Images that nobody asked about: who did not ask is not bothered."""

import logging
from collections.abc import Callable

import pytest

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
