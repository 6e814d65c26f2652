"""The controls where the bot may not do everything, and in direct messages."""

from collections.abc import Callable

import pytest

import palette
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_where_the_history_is_hidden_the_reply_carries_the_image(
    world: World, post: Ask, flag: File
) -> None:
    channel = world.channel_with_bot_permissions(read_message_history=False)
    reply = await post(flag, where=channel)
    smaller = await reply.click("fewer")
    assert len(smaller.codes) == len(reply.codes) - 1


async def test_without_files_a_posted_image_can_still_be_adjusted(
    world: World, post: Ask, flag: File
) -> None:
    reply = await post(flag, where=world.channel_with_bot_permissions(attach_files=False))
    assert list(reply.controls) == [
        f"{action}:1" for action in ("fewer", "more", "adjust", "copy", "check", "delete")
    ]
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 2
    assert not fewer.sent
    assert not (await fewer.click("check")).sent


async def test_without_files_a_command_still_has_copy_and_check(
    world: World, slash: Ask, flag: File
) -> None:
    reply = await slash(flag, where=world.channel_with_bot_permissions(attach_files=False))
    assert list(reply.controls) == ["copy:1", "check:1", "delete:1"]
    assert (await reply.click("copy")).message.content.count("#") == 3
    assert "Tritanopia" in (await reply.click("check")).text


async def test_files_allowed_later_have_the_true_shares(
    world: World, post: Ask, stripes: Callable[..., bytes]
) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    image = stripes(RED, RED, RED, BLUE)
    reply = await post(("uneven.png", image), where=channel)
    assert "file:1" not in reply.controls
    world.env.backend.channels[channel.id].overwrites.clear()
    files = await (await reply.adjust("order", "share")).click("file")
    sent = await files.select("sheet", "png")
    (card,) = sent.sent
    assert sent.file(card) == palette.render_card(palette.extract(image, 10).sorted_by("share"))


async def test_in_direct_messages_everything_works(world: World, flag: File) -> None:
    alice = world.alice.user
    result = await alice.slash("palette", image=flag)
    result = await alice.click(result.response.message, label="\N{MINUS SIGN}")
    shown = str(result.response.components)
    assert sum(code in shown for code in hex_codes(RED, GREEN, BLUE)) == 2
    result = await alice.click(result.response.message, label="Recolour")
    assert len(result.response.attachments) == 0
    assert "redrawn-1.png" in str(result.response.components)
