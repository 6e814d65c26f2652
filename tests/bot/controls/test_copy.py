"""Copy all: the codes as text."""

import pytest
import simcord

import palette
from palette import NOTATIONS
from tests.bot.controls.pressed import Ask
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_code_is_copied_one_a_line_in_private(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flower)
    copied = await reply.seen_by(bob).click("copy")
    assert copied.private
    codes = "\n".join(palette.extract(flower[1], 10).hex)
    assert copied.message.content == f"```\n{codes}\n```"


async def test_the_notation_is_changed_in_place(post: Ask, flower: File) -> None:
    copied = await (await post(flower)).click("copy")
    expected = palette.extract(flower[1], 10)
    for key, notation in NOTATIONS.items():
        written = await copied.select("notation", key)
        assert written.message.id == copied.message.id
        assert written.message.content == f"```\n{notation.write(expected)}```"
        options = written.controls["notation:1"].options
        assert [option.label for option in options if option.default] == [notation.label]
