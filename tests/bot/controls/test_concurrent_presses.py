"""Presses that come while the bot is at work on another one."""

import asyncio
from collections.abc import Callable

import pytest

import palette
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture
def press_during_processing(during_processing: Callable[..., None]) -> Callable[..., None]:
    """Return a function that has a control pressed while the bot works on the next press."""

    def set_press(reply: Pressed, action: str, number: int = 1) -> None:
        async def press() -> None:
            reply.prepare_click(action, number)()
            await asyncio.sleep(0)

        during_processing(press)

    return set_press


async def test_presses_at_the_same_time_do_not_undo_each_other(
    post: Ask, flower: File, flag: File, press_during_processing: Callable[..., None]
) -> None:
    reply = await post(flower, flag)
    press_during_processing(reply, "fewer", 2)
    await reply.click("fewer", 1)
    now = reply.now()
    assert now.blocks[0] == list(palette.extract(flower[1], 9).hex)
    assert len(now.blocks[1]) == 2


async def test_menus_opened_meanwhile_are_those_of_the_new_palette(
    post: Ask, flag: File, press_during_processing: Callable[..., None]
) -> None:
    reply = await post(flag)
    press_during_processing(reply, "adjust")
    await reply.click("fewer")
    now = reply.now()
    assert len(now.codes) == 2
    assert [option.value for option in now.controls["keep:1"].options] == now.codes


async def test_menus_stay_open_when_an_earlier_press_arrives_late(
    world: World, post: Ask, flag: File
) -> None:
    reply = await post(flag)
    click = reply.prepare_click("fewer")
    await reply.click("adjust")
    click()
    await world.env.settle()
    now = reply.now()
    assert len(now.codes) == 2
    assert "keep:1" in now.controls
