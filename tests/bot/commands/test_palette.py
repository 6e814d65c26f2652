"""``/palette``, as people use it."""

import logging
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
import simcord

import palette
from tests.bot.world import File, ReceivedReply, World, codes_in, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_palette_in_a_server(world: World, flower: File) -> None:
    result = await world.palette(flower)
    assert not result.ephemeral
    reply = await ReceivedReply.of(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], 10).hex)
    assert reply.cards


async def test_a_palette_in_a_direct_message(world: World, flower: File) -> None:
    result = await world.alice.user.slash("palette", image=flower)
    reply = await ReceivedReply.of(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], 10).hex)
    assert reply.cards


async def test_it_is_offered_everywhere(world: World) -> None:
    (sync,) = (request for request in world.env.http_requests if request.method == "PUT")
    (command,) = (command for command in sync.json if command["name"] == "palette")
    assert command["contexts"] == [0, 1, 2]
    assert command["integration_types"] == [0, 1]


async def test_it_is_acknowledged_before_anything_else(
    world: World, flower: File, during_processing: Callable[..., None]
) -> None:
    requests_before_the_work: list[str] = []

    async def record() -> None:
        requests_before_the_work.extend(request.path for request in world.env.http_requests)

    during_processing(record)
    await world.palette(flower)
    assert requests_before_the_work[-1].endswith("/callback")


async def test_without_attachments_the_codes_are_text(world: World, flower: File) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    result = await world.alice.slash(channel, "palette", image=flower)
    reply = await ReceivedReply.of(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], 10).hex)
    assert not reply.cards


# Its options.


@pytest.mark.parametrize("colors", [1, 7, 20])
async def test_the_number_of_colours_can_be_chosen(world: World, flower: File, colors: int) -> None:
    result = await world.palette(flower, colors=colors)
    expected = palette.extract(flower[1], colors)
    assert codes_in(result.response.message) == list(expected.hex)


async def test_the_default_number_of_colours_is_a_setting(
    open_world: Callable[..., AbstractAsyncContextManager[World]], flower: File
) -> None:
    async with open_world(colors=3) as world:
        result = await world.palette(flower)
        assert len(codes_in(result.response.message)) == 3


@pytest.mark.parametrize("colors", [0, 21])
async def test_discord_refuses_other_numbers(world: World, flower: File, colors: int) -> None:
    with pytest.raises(simcord.OptionError):
        await world.palette(flower, colors=colors)


async def test_the_order_can_be_chosen(world: World, flower: File) -> None:
    result = await world.palette(flower, order="lightness")
    expected = palette.extract(flower[1], 10).sorted_by("lightness")
    assert codes_in(result.response.message) == list(expected.hex)


async def test_an_answer_can_be_private(world: World, flower: File) -> None:
    result = await world.palette(flower, private=True)
    assert result.ephemeral
    assert codes_in(result.response.message)
    assert not world.channel.history(viewer=world.add_member("bob"))


# What goes wrong.


async def test_only_the_person_who_asked_reads_what_went_wrong(world: World) -> None:
    result = await world.palette(("photo.png", b"just text"))
    assert result.response is None
    assert private_text(result) == "That isn't an image I can read."
    (message,) = world.channel.history(viewer=world.alice)
    assert message.content == private_text(result)
    assert not world.channel.history(viewer=world.add_member("bob"))


async def test_a_private_answer_that_fails_is_private(world: World) -> None:
    await world.palette(("photo.png", b"just text"), private=True)
    (message,) = world.channel.history(viewer=world.alice)
    assert message.content == "That isn't an image I can read."
    assert not world.channel.history(viewer=world.add_member("bob"))


async def test_an_unexpected_error_has_a_code_that_is_in_the_log_too(
    world: World,
    flower: File,
    during_processing: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    during_processing(fail)
    result = await world.palette(flower)
    code = re.search("`([0-9a-f]{6})`", private_text(result))
    assert code is not None
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert code[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    assert len(world.errors()) == 1


async def test_nothing_is_raised_when_even_the_error_cannot_be_sent(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error("*", "/webhooks/*", status=404, code=10015, message="Gone", times=None)
    await world.palette(("photo.png", b"just text"))
    assert "NotAnImageError" in caplog.text
    assert "error code: 10015" in caplog.text
    assert not any(record.exc_info for record in caplog.records)
