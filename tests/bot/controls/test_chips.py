"""The chips of colours in the form that Adjust opens."""

import asyncio
from typing import Any

import pytest

from bot.chips.grid import nearest
from palette import hex_code
from tests.bot.colors import BLUE, GREEN, RED
from tests.bot.controls.pressed import Ask, Pressed, menus_of
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

CREATE = ("POST", "/applications/*/emojis")
NAMES = {
    hex_code(rgb): f"hue_{hex_code(chip)[1:]}"
    for rgb, chip in zip((RED, GREEN, BLUE), nearest([RED, GREEN, BLUE]), strict=True)
}


def chips_in(menu: dict[str, Any]) -> dict[str, str]:
    """Return the names of the emoji in a menu, by the values of their options."""
    return {
        option["value"]: option["emoji"]["name"] for option in menu["options"] if "emoji" in option
    }


def emojis_of(world: World) -> list[str]:
    return [emoji.name for emoji in world.env.backend.application_emojis.values()]


async def test_the_second_form_shows_the_chips_that_the_first_had_made(
    post: Ask, flag: File, world: World
) -> None:
    reply = await post(flag)
    assert not emojis_of(world)
    assert not chips_in(await reply.menu("keep"))
    assert sorted(emojis_of(world)) == sorted(NAMES.values())
    for action in ("keep", "leave"):
        assert chips_in(await reply.menu(action)) == NAMES
    for action in ("number", "style", "order"):
        assert not chips_in(await reply.menu(action))
    assert len(emojis_of(world)) == len(NAMES)


async def test_a_color_left_out_keeps_its_chip(post: Ask, flag: File) -> None:
    reply = await post(flag)
    await reply.menu("leave")
    after = await reply.adjust("leave", hex_code(RED))
    assert chips_in(await after.menu("leave")) == NAMES
    assert hex_code(RED) not in chips_in(await after.menu("keep"))


async def test_a_restart_finds_the_chips(post: Ask, flag: File, world: World) -> None:
    reply = await post(flag)
    await reply.menu("keep")
    await world.restart()
    await world.env.settle()
    assert chips_in(await reply.menu("keep")) == NAMES
    assert len(emojis_of(world)) == len(NAMES)


async def test_without_the_right_there_are_no_chips(
    post: Ask, flag: File, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error(*CREATE, status=403, code=50013, times=None)
    reply = await post(flag)
    for _ in range(3):
        assert not chips_in(await reply.menu("keep"))
    assert caplog.text.count("Discord refuses chips") == 1
    assert not emojis_of(world)


async def test_the_form_opens_while_a_chip_is_being_made(
    post: Ask, flag: File, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def hang(**_: object) -> None:
        begun.set()
        await world.env.external_wait(never.wait(), reason="Discord takes its time")

    reply = await post(flag)
    monkeypatch.setattr(world.client, "create_application_emoji", hang)
    opened = await reply.click("adjust")
    assert begun.is_set()
    assert opened.result is not None
    assert menus_of(opened.result)
    assert not chips_in(await reply.menu("keep"))


async def test_a_form_whose_chips_were_deleted_opens_without_them(
    post: Ask, flag: File, world: World
) -> None:
    reply: Pressed = await post(flag)
    await reply.menu("keep")
    world.env.backend.application_emojis.clear()
    world.env.inject_error("POST", "/interactions/*/callback", status=400, code=50035)
    assert not chips_in(await reply.menu("keep"))
    await reply.menu("keep")
    assert chips_in(await reply.menu("keep")) == NAMES
    assert sorted(emojis_of(world)) == sorted(NAMES.values())
