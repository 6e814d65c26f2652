"""Check: what was measured of the palette."""

import math
import re
from collections.abc import Callable

import pytest
import simcord

import palette
from bot.controls.findings import findings
from bot.language import language_of
from palette import RGB, Palette, Swatch
from palette.drawing.check_card import render_check
from palette.vision import check
from tests.bot.catalogues import LOCALES
from tests.bot.controls.pressed import Ask
from tests.bot.reply.palettes import palette_of
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


def tenths(value: float) -> float:
    """Round down to one decimal."""
    return math.floor(10 * value) / 10


async def test_it_states_what_was_measured_and_promises_nothing(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    checked = await (await post(flower)).seen_by(bob).click("check")
    assert checked.private
    found = palette.extract(flower[1], 10)
    measured = check(found)
    ratios = [measured.contrasts[i][j] for i in range(10) for j in range(i)]
    assert f"{sum(ratio >= 4.5 for ratio in ratios)} pairs reach 4.5 : 1" in checked.text
    assert f"{len(measured.close)} of 45 pairs" in checked.text
    for pair in measured.close:
        names = rf"`{pair.one.hex}` {pair.one.name} / `{pair.other.hex}` {pair.other.name}"
        assert f"{names}: {tenths(pair.difference)}" in checked.text
    for simulation in measured.simulations:
        assert simulation.deficiency.value.capitalize() in checked.text
        for pair in simulation.confusions[:3]:
            line = rf"`{pair.one.hex}` .*`{pair.other.hex}` .*: .* → {tenths(pair.simulated)}"
            assert re.search(line, checked.text)
    for pair in measured.text_pairs:
        line = f"`{pair.text.hex}` on `{pair.background.hex}`: {tenths(pair.ratio)} : 1"
        assert line in checked.text
    assert checked.file("check-1.png") == render_check(found)
    assert "below 10" in checked.text
    assert "safe" not in checked.text


async def test_one_colour_has_nothing_to_be_compared_with(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    checked = await (await slash(("a.png", stripes((9, 99, 199))))).click("check")
    assert checked.text == "There is only one colour: nothing to compare it with."


def words(colors: list[RGB], code: str = "en") -> str:
    named = palette_of(colors, [1] * len(colors))
    return "\n".join(findings(check(named), named, language_of(code)))


async def test_what_is_close_anyway_comes_first_and_only_the_closest_are_listed() -> None:
    text = words([(value,) * 3 for value in range(20, 250, 12)])
    first, *lines = text.splitlines()
    close = len(check(palette_of([(v,) * 3 for v in range(20, 250, 12)], [1] * 20)).close)
    assert first == f"**Hard to tell apart even with typical vision** · {close} of 190 pairs"
    assert [line[:2] for line in lines[:6]] == ["- "] * 5 + ["… "]
    assert lines[5] == f"… and {close - 5} more"


@pytest.mark.parametrize("code", LOCALES)
async def test_deficiencies_that_add_nothing_are_told_of_once(code: str) -> None:
    language = language_of(code)
    greys = words([(value,) * 3 for value in (20, 25, 120, 240)], code)
    assert greys.count(language.say("no more pairs")) == 1
    confused = words([(190, 80, 60), (118, 120, 50)], code)
    assert confused.count(language.say("no more pairs")) == 1
    assert language.plural("{count} more pair", "{count} more pairs", 1) in confused


async def test_colours_that_are_legible_on_none_are_told_of() -> None:
    text = words([(8, 8, 8), (20, 20, 20), (30, 30, 30)])
    assert "Of 3 pairs, the highest contrast is 1.2 : 1, `#080808` with `#1e1e1e`." in text
    assert "0 pairs reach 3 : 1 (AA for large text)" in text


async def test_colours_have_their_names_in_the_language_of_the_person_who_pressed() -> None:
    similar = Palette((Swatch((190, 80, 60), 0.5, "red"), Swatch((118, 120, 50), 0.5, "olive 2")))
    text = "\n".join(findings(check(similar), similar, language_of("de")))
    assert "`#be503c` Rot / `#767832` Oliv 2: " in text
