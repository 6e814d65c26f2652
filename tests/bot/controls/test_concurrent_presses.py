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
    post: Ask, flower: File, press_during_processing: Callable[..., None]
) -> None:
    reply = await post(flower)
    press_during_processing(reply, "fewer")
    await reply.click("fewer")
    assert reply.now().codes == list(palette.extract(flower[1], 8).hex)


async def test_a_form_filled_in_meanwhile_counts(world: World, post: Ask, flower: File) -> None:
    reply = await post(flower)
    submit = await reply.prepare_adjust("order", "hue")
    await reply.click("fewer")
    submit()
    await world.env.settle()
    now = reply.now()
    assert now.codes == list(palette.extract(flower[1], 9).sorted_by("hue").hex)
