"""Which presses are accepted, and what people read about the others."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import discord
import pytest
from discord import ui

from bot.reply.control import Control
from bot.requests.cooldowns import PRESSES_PER_REQUEST
from bot.settings import Rate
from tests.bot.controls.pressed import Ask
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNKNOWN = "These buttons are from an older version of me. Please ask for the palette again."


@pytest.mark.parametrize(
    "custom_id", ["hh9:fewer:1:AAAA", "hh1:fewer:1:AAAA", "hh1:unheard:1:AAECAwQF", "hh1:more:1:"]
)
async def test_controls_of_another_version_are_refused(world: World, custom_id: str) -> None:
    view = ui.LayoutView(timeout=None)
    button = ui.Button[Any](label="Old", custom_id=custom_id)
    view.add_item(ui.ActionRow[Any](Control(button)))
    channel = world.client.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(view=view)
    assert private_text(await world.alice.click(message, label="Old")) == UNKNOWN


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("number", ["x"]),
        ("number", ["0"]),
        ("number", []),
        ("number", ["1", "2"]),
        ("style", ["zzz"]),
        ("order", ["zzz"]),
        ("keep", ["#zz"]),
        ("leave", ["#12345"]),
        ("fewer", ["1"]),
        ("unheard", ["1"]),
    ],
)
async def test_a_choice_that_the_form_does_not_offer_is_refused(
    post: Ask, flag: File, action: str, values: list[str]
) -> None:
    reply = await post(flag)
    refusal = await reply.forge_form(action, *values)
    assert refusal.private
    assert refusal.text == UNKNOWN
    assert reply.now().codes == reply.codes


@pytest.mark.parametrize(("opener", "action"), [("copy", "notation"), ("file", "program")])
async def test_a_choice_that_a_private_menu_does_not_offer_is_refused(
    post: Ask, flag: File, opener: str, action: str
) -> None:
    opened = await (await post(flag)).click(opener)
    refusal = await opened.forge(action, "zzz")
    assert refusal.private
    assert refusal.text == UNKNOWN


async def test_only_people_who_may_use_the_bot_may_press(
    world: World, post: Ask, flag: File
) -> None:
    reply = await post(flag)
    await world.choose("roles", [1])
    refusal = await reply.click("fewer")
    assert refusal.private
    assert "<@&1>" in refusal.text
    assert reply.now().codes == reply.codes


async def test_somebody_who_presses_without_end_has_to_wait(
    open_world: Callable[..., AbstractAsyncContextManager[World]], flag: File
) -> None:
    async with open_world(user_limit=Rate(2, 60)) as world:
        reply = await world.post(flag)
        for _ in range(2 * PRESSES_PER_REQUEST):
            result = await world.alice.click(reply.message, label="Copy")
            assert "```" in result.response.content
        result = await world.alice.click(reply.message, label="Copy")
        assert private_text(result) == "That was quick! Please try again in 60 s."
