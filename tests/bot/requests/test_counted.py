"""What counts as which kind of request."""

from collections.abc import Callable

import pytest

from bot import metrics
from tests.bot.controls.pressed import Pressed
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_request_is_counted_by_its_kind_and_timed(
    world: World, flower: File, stripes: Callable[..., bytes]
) -> None:
    requests = metrics.REQUESTS.copy()
    answers = {kind: sum(metrics.ANSWERS[kind].counts) for kind in metrics.REQUEST_KINDS}
    for _ in range(4):
        await world.post(("notes.txt", b"not wanted"))
    reply = await world.post(flower)
    for _ in range(2):
        await world.palette(flower)
    for _ in range(2):
        await Pressed(world.env, world.alice, reply.message).click("copy")
    opened = await world.alice.slash(world.channel, "palette-of-many")
    files = [("red.png", stripes((255, 0, 0)))]
    await world.alice.submit_modal(opened, {"images": files, "colors": ["10"]})
    counted = metrics.REQUESTS - requests
    assert counted == {"post": 1, "command": 3, "press": 2, "form": 1}
    for kind, count in answers.items():
        assert sum(metrics.ANSWERS[kind].counts) == count + counted[kind]
