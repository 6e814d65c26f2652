"""Earlier replies are read again."""

from collections.abc import Callable

import pytest

from bot.reply.existing import panel_in
from bot.reply.uploads import files_of
from tests.bot.colors import BLUE, RED
from tests.bot.world import World


@pytest.mark.asyncio(loop_scope="session")
async def test_reading_a_panel_leaves_the_message_unchanged(
    world: World, stripes: Callable[..., bytes]
) -> None:
    result = await world.palette(("a.png", stripes(RED, BLUE)))
    message = result.response.message
    before = files_of(message)
    assert before
    view, _ = panel_in(message, 1)
    assert "attachment://a-palette-1.png" in str(view.to_components())
    assert files_of(message) == before
