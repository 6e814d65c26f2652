"""Check: what was measured of the palette."""

import math
import re
from collections.abc import Callable

import pytest
import simcord

import palette
from bot.controls.check import findings
from bot.language import language_of
from palette import Palette, Swatch
from palette.drawing.check_card import render_check
from palette.vision import check
from tests.bot.controls.pressed import Ask
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_it_states_what_was_measured_and_promises_nothing(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    checked = await (await post(flower)).seen_by(bob).click("check")
    assert checked.private
    found = palette.extract(flower[1], 10)
    measured = check(found)
    ratios = [measured.contrasts[i][j] for i in range(10) for j in range(i)]
    assert f"{sum(ratio >= 4.5 for ratio in ratios)} pairs reach 4.5 : 1" in checked.text
    for simulation in measured.simulations:
        assert simulation.deficiency.value.capitalize() in checked.text
        for pair in simulation.confusions:
            difference = math.floor(10 * pair.simulated) / 10
            line = rf"`{pair.one.hex}` .*`{pair.other.hex}` .*: .* → {difference}"
            assert re.search(line, checked.text)
    assert checked.file("check-1.png") == render_check(found)
    assert "below 10" in checked.text
    assert "safe" not in checked.text


async def test_one_colour_has_nothing_to_be_compared_with(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    checked = await (await slash(("a.png", stripes((9, 99, 199))))).click("check")
    assert checked.text == "There is only one colour: nothing to compare it with."


async def test_colours_have_their_names_in_the_language_of_the_person_who_pressed() -> None:
    similar = Palette((Swatch((190, 80, 60), 0.5, "red"), Swatch((118, 120, 50), 0.5, "olive 2")))
    text = "\n".join(findings(check(similar), similar, language_of("de")))
    assert "`#be503c` Rot / `#767832` Oliv 2: " in text
