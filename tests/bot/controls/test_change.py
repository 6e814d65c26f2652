"""The controls that change a palette: how many colours, chosen how, which ones, in which order."""

from collections.abc import Callable

import pytest

import palette
from palette import STYLES, Order, Style, render_card
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, menus_of
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

YELLOW, WHITE, BLACK = (240, 220, 40), (255, 255, 255), (0, 0, 0)
COLORS = {RED, GREEN, BLUE, YELLOW, WHITE, BLACK}


@pytest.fixture
def flag(stripes: Callable[..., bytes]) -> File:
    """Return an image of six colours."""
    return "flag.png", stripes(*COLORS)


async def test_more_and_fewer_extract_the_palette_of_a_command_again_in_place(
    slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    copy = reply.file("picture-1.webp")
    larger = await reply.click("more")
    assert larger.message.id == reply.message.id
    assert larger.codes == list(palette.extract(copy, 11).hex)
    smaller = await (await larger.click("fewer")).click("fewer")
    assert smaller.codes == list(palette.extract(copy, 9).hex)
    assert smaller.card() == render_card(palette.extract(copy, 9))
    assert smaller.file("picture-1.webp") == copy
    assert set(smaller.sent) == smaller.attached == {"flower-palette-1.png", "picture-1.webp"}


async def test_a_posted_photo_is_read_again_from_its_message(post: Ask, flower: File) -> None:
    reply = await post(flower)
    larger = await reply.click("more")
    assert larger.message.id == reply.message.id
    assert larger.codes == list(palette.extract(flower[1], 11).hex)
    assert set(larger.sent) == {"flower-palette-1.png"}


async def test_more_is_disabled_when_the_image_has_no_more_colours(slash: Ask, flag: File) -> None:
    reply = await slash(flag)
    assert len(reply.codes) == 6
    assert reply.controls["more:1"].disabled
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 5
    assert not fewer.controls["more:1"].disabled


async def test_one_colour_cannot_be_fewer_and_twenty_cannot_be_more(
    slash: Ask, flower: File
) -> None:
    assert (await slash(flower, colors=1)).controls["fewer:1"].disabled
    assert (await slash(flower, colors=20)).controls["more:1"].disabled


async def test_adjust_opens_a_form_that_nobody_else_sees(slash: Ask, flag: File) -> None:
    reply = await slash(flag)
    opened = await reply.click("adjust")
    assert opened.result is not None
    assert opened.result.modal is not None
    assert opened.result.modal["title"] == "Adjust the palette"
    assert [label["label"] for label in opened.result.modal["components"]] == [
        "How many colours?",
        "How should I choose them?",
        "Which order?",
        "Keep which colours?",
        "Leave out which colours?",
    ]
    now = reply.now()
    assert list(now.controls) == list(reply.controls)
    assert now.codes == reply.codes


async def test_everything_in_the_form_is_changed_at_once(
    world: World, slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    opened = await world.alice.click(reply.message, custom_id=reply.custom_id("adjust"))
    kept, left_out = reply.codes[2], reply.codes[5]
    chosen = {"number": ["6"], "style": ["faithful"], "order": ["hue"]}
    chosen |= {"keep": [kept], "leave": [left_out]}
    values = {
        menu["custom_id"]: chosen[menu["custom_id"].partition("=")[0]] for menu in menus_of(opened)
    }
    await world.alice.submit_modal(opened, values)
    now = reply.now()
    assert len(now.codes) == 6
    assert kept in now.codes
    assert {action: await now.chosen(action) for action in chosen} == {
        action: set(each) for action, each in chosen.items()
    }


async def test_a_form_that_changes_nothing_changes_nothing(post: Ask, flower: File) -> None:
    reply = await post(flower)
    same = await reply.adjust("number", "10")
    assert same.now().codes == reply.codes


async def test_a_form_that_was_open_during_a_restart_still_counts(
    world: World, slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    submit = await reply.prepare_adjust("number", "4")
    await world.restart()
    submit()
    await world.env.settle()
    assert len(reply.now().codes) == 4


async def test_the_number_of_colours_is_chosen_from_a_menu(post: Ask, flower: File) -> None:
    reply = await post(flower)
    chosen = await reply.adjust("number", "4")
    assert chosen.codes == list(palette.extract(flower[1], 4).hex)
    menu = await chosen.menu("number")
    (default,) = [option for option in menu["options"] if option.get("default")]
    assert default["label"] == "4 colours"


@pytest.mark.parametrize("style", STYLES)
async def test_the_style_is_chosen_and_stays(post: Ask, flower: File, style: Style) -> None:
    reply = await post(flower)
    assert await reply.chosen("style") == {"seen"}
    shown = await reply.adjust("style", style)
    assert shown.message.id == reply.message.id
    assert shown.card() == render_card(palette.extract(flower[1], style=style))
    for count in (10, 9, 8):
        assert shown.codes == list(palette.extract(flower[1], count, style=style).hex)
        assert await shown.chosen("style") == {style}
        shown = await shown.click("fewer")
    by_hue = await shown.adjust("order", "hue")
    assert set(by_hue.codes) == set(shown.codes)
    assert await by_hue.chosen("style") == {style}


async def test_kept_colours_stay_when_the_others_are_chosen_in_another_way(
    post: Ask, flower: File
) -> None:
    reply = await post(flower)
    kept = await reply.adjust("keep", reply.codes[3])
    faithful = await kept.adjust("style", "faithful")
    (rgb,) = (tuple(bytes.fromhex(code[1:])) for code in await faithful.chosen("keep"))
    assert await faithful.chosen("keep") == {reply.codes[3]}
    assert faithful.codes == list(palette.extract(flower[1], 10, style="faithful", keep=[rgb]).hex)


async def test_as_many_colours_as_the_image_needs(post: Ask, flower: File) -> None:
    reply = await post(flower)
    auto = await reply.adjust("number", "auto")
    found = palette.extract(flower[1], "auto")
    assert auto.codes == list(found.hex)
    assert await auto.chosen("number") == {"auto"}
    fewer = await auto.click("fewer")
    assert await fewer.chosen("number") == {str(len(found) - 1)}
    assert len(fewer.codes) == len(found) - 1


async def test_the_full_number_is_chosen_and_stays(post: Ask, shades: File) -> None:
    reply = await post(shades)
    assert len(reply.codes) < 10
    assert reply.controls["more:1"].disabled
    full = await reply.adjust("style", "exactly")
    assert full.codes == list(palette.extract(shades[1], 10, exactly=True).hex)
    assert len(full.codes) == 10
    assert await full.chosen("style") == {"exactly"}
    more = await full.click("more")
    assert len(more.codes) == 11
    assert await more.chosen("style") == {"exactly"}


@pytest.mark.parametrize("order", ["share", "hue", "lightness", "path"])
async def test_the_order_is_chosen_and_stays(post: Ask, flower: File, order: Order) -> None:
    reply = await post(flower)
    ordered = await reply.adjust("order", order)
    assert ordered.codes == list(palette.extract(flower[1], 10).sorted_by(order).hex)
    fewer = await ordered.click("fewer")
    assert fewer.codes == list(palette.extract(flower[1], 9).sorted_by(order).hex)


async def test_kept_colours_stay_while_the_others_change(post: Ask, flower: File) -> None:
    reply = await post(flower)
    chosen = reply.codes[0], reply.codes[6]
    kept = await reply.adjust("keep", *chosen)
    assert "Kept: " + " ".join(chosen) in kept.text
    fewer = await kept.adjust("number", "3")
    assert set(chosen) < set(fewer.codes)
    assert len(fewer.codes) == 3
    assert await fewer.chosen("keep") == set(chosen)
    fewest = await fewer.click("fewer")
    assert set(fewest.codes) == set(chosen)
    assert fewest.controls["fewer:1"].disabled
    numbers = (await fewest.menu("number"))["options"]
    assert [option["value"] for option in numbers[:2]] == ["auto", "2"]
    free = await fewest.adjust("keep")
    assert "Kept" not in free.text


async def test_colours_are_left_out_and_come_back(slash: Ask, flag: File) -> None:
    reply = await slash(flag)
    without = await reply.adjust("leave", *hex_codes(WHITE, BLACK))
    assert set(without.codes) == set(hex_codes(RED, GREEN, BLUE, YELLOW))
    assert "Left out: " in without.text
    assert await without.chosen("leave") == set(hex_codes(WHITE, BLACK))
    back = await without.adjust("leave", *hex_codes(BLACK))
    assert set(back.codes) == set(hex_codes(*COLORS - {BLACK}))


async def test_a_kept_colour_that_is_left_out_is_no_longer_kept(slash: Ask, flag: File) -> None:
    reply = await slash(flag)
    kept = await reply.adjust("keep", *hex_codes(RED))
    without = await kept.adjust("leave", *hex_codes(RED))
    assert set(without.codes) == set(hex_codes(*COLORS - {RED}))
    assert "Kept" not in without.text


async def test_leaving_out_every_colour_is_refused_in_private(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    reply = await slash(("a.png", stripes(RED, BLUE)))
    refusal = await reply.adjust("leave", *hex_codes(RED, BLUE))
    assert refusal.private
    assert "Nothing is left of this image" in refusal.text
    assert reply.now().codes == reply.codes
