"""One colour of a palette by itself."""

from collections.abc import Callable

import pytest
import simcord

import palette
from bot.controls.copy import codes_message
from bot.language import language_of
from bot.reply.control import Control
from palette import Palette, Swatch, hex_code, render_scale
from tests.bot.controls.pressed import Ask
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_each_color_can_be_chosen_and_is_shown_in_private(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    copied = await (await post(flower)).seen_by(bob).click("copy")
    found = palette.extract(flower[1], 10)
    options = copied.controls["one:1"].options
    assert [each.value for each in options] == list(found.hex)
    assert [each.label for each in options] == [f"{each.hex} {each.name}" for each in found]
    shown = await copied.select("one", found.hex[3])
    assert shown.private
    assert shown.message.id != copied.message.id
    assert f"Hex: {found.hex[3]}" in shown.text
    assert f"color-{found.hex[3][1:]}.png" in shown.attached


async def test_it_works_after_a_restart_and_once_the_notation_was_changed(
    world: World, post: Ask, flower: File
) -> None:
    copied = await (await (await post(flower)).click("copy")).select("notation", "css")
    await world.restart()
    code = palette.extract(flower[1], 10).hex[0]
    assert f"Hex: {code}" in (await copied.select("one", code)).text


async def test_a_color_alone_needs_no_number(post: Ask, stripes: Callable[..., bytes]) -> None:
    greys = [(level, level, level) for level in (86, 90, 94)]
    copied = await (await post(("greys.png", stripes(*greys)))).click("copy")
    labels = {each.value: each.label for each in copied.controls["one:1"].options}
    assert labels["#5a5a5a"] == "#5a5a5a dark grey 2"
    shown = await copied.select("one", "#5a5a5a")
    assert shown.file("color-5a5a5a.png") == render_scale((90, 90, 90), "dark grey")


async def test_a_color_that_is_not_offered_is_refused(post: Ask, flower: File) -> None:
    copied = await (await post(flower)).click("copy")
    assert "older version" in (await copied.forge("one", "#123456")).text


async def test_the_menu_is_in_the_language_of_the_person_and_holds_every_palette() -> None:
    rgbs = [(12 * number, 255 - number, 9) for number in range(20)]
    full = Palette(tuple(Swatch(rgb, 0.05, f"dark green {n}") for n, rgb in enumerate(rgbs, 2)))
    _, view = codes_message(full, "hex", 1, language_of("de"), themes=True)
    notations, colors, theme = [item.item for item in view.children if isinstance(item, Control)]
    assert colors.placeholder == "Eine Farbe für sich allein"
    assert [each.label for each in colors.options] == [
        f"{hex_code(rgb)} Dunkelgrün {n}" for n, rgb in enumerate(rgbs, 2)
    ]
    assert max(len(each.custom_id) for each in (notations, colors, theme)) <= 100
