"""The controls that change a palette: how many colours, chosen how, which ones, in which order."""

from collections.abc import Callable

import pytest

import palette
from palette import STYLES, Order, Style, render_card
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask
from tests.bot.world import File

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
    assert smaller.file("palette-1.png") == render_card(palette.extract(copy, 9))
    assert smaller.file("picture-1.webp") == copy
    assert set(smaller.sent) == smaller.attached == {"palette-1.png", "picture-1.webp"}


async def test_a_posted_photo_is_read_again_from_its_message(post: Ask, flower: File) -> None:
    reply = await post(flower)
    larger = await reply.click("more")
    assert larger.message.id == reply.message.id
    assert larger.codes == list(palette.extract(flower[1], 11).hex)
    assert set(larger.sent) == {"palette-1.png"}


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


async def test_adjust_shows_the_menus_and_hides_them_again(slash: Ask, flag: File) -> None:
    reply = await slash(flag)
    menus = {"number:1", "style:1", "order:1", "keep:1", "leave:1"}
    assert not menus & set(reply.controls)
    expanded = await reply.click("adjust")
    assert expanded.message.id == reply.message.id
    assert menus <= set(expanded.controls)
    assert expanded.codes == reply.codes
    assert expanded.file("palette-1.png") == reply.file("palette-1.png")
    collapsed = await expanded.click("adjust")
    assert list(collapsed.controls) == list(reply.controls)
    assert collapsed.file("picture-1.webp") == reply.file("picture-1.webp")


async def test_the_number_of_colours_is_chosen_from_a_menu(post: Ask, flower: File) -> None:
    expanded = await (await post(flower)).click("adjust")
    chosen = await expanded.select("number", "4")
    assert chosen.codes == list(palette.extract(flower[1], 4).hex)
    (default,) = [option for option in chosen.controls["number:1"].options if option.default]
    assert default.label == "4 colours"


@pytest.mark.parametrize("style", STYLES)
async def test_the_style_is_chosen_and_stays(post: Ask, flower: File, style: Style) -> None:
    expanded = await (await post(flower)).click("adjust")
    assert expanded.chosen("style") == {"seen"}
    chosen = await expanded.select("style", style)
    assert chosen.message.id == expanded.message.id
    fewer = await chosen.click("fewer")
    by_hue = await fewer.select("order", "hue")
    for shown, count in ((chosen, 10), (fewer, 9), (by_hue, 9)):
        expected = palette.extract(flower[1], count, style=style)
        assert set(shown.codes) == set(expected.hex)
        assert shown.chosen("style") == {style}
    assert chosen.file("palette-1.png") == render_card(palette.extract(flower[1], style=style))


async def test_kept_colours_stay_when_the_others_are_chosen_in_another_way(
    post: Ask, flower: File
) -> None:
    expanded = await (await post(flower)).click("adjust")
    kept = await expanded.select("keep", expanded.codes[3])
    faithful = await kept.select("style", "faithful")
    (rgb,) = (tuple(bytes.fromhex(code[1:])) for code in faithful.chosen("keep"))
    assert faithful.chosen("keep") == {expanded.codes[3]}
    assert faithful.codes == list(palette.extract(flower[1], 10, style="faithful", keep=[rgb]).hex)


async def test_as_many_colours_as_the_image_needs(post: Ask, flower: File) -> None:
    expanded = await (await post(flower)).click("adjust")
    auto = await expanded.select("number", "auto")
    found = palette.extract(flower[1], "auto")
    assert auto.codes == list(found.hex)
    assert auto.chosen("number") == {"auto"}
    fewer = await auto.click("fewer")
    assert fewer.chosen("number") == {str(len(found) - 1)}
    assert len(fewer.codes) == len(found) - 1


async def test_the_full_number_is_chosen_and_stays(post: Ask, shades: File) -> None:
    expanded = await (await post(shades)).click("adjust")
    assert len(expanded.codes) < 10
    assert expanded.controls["more:1"].disabled
    full = await expanded.select("style", "exactly")
    assert full.codes == list(palette.extract(shades[1], 10, exactly=True).hex)
    assert len(full.codes) == 10
    assert full.chosen("style") == {"exactly"}
    more = await full.click("more")
    assert len(more.codes) == 11
    assert more.chosen("style") == {"exactly"}


@pytest.mark.parametrize("order", ["share", "hue", "lightness", "path"])
async def test_the_order_is_chosen_and_stays(post: Ask, flower: File, order: Order) -> None:
    expanded = await (await post(flower)).click("adjust")
    ordered = await expanded.select("order", order)
    assert ordered.codes == list(palette.extract(flower[1], 10).sorted_by(order).hex)
    fewer = await ordered.click("fewer")
    assert fewer.codes == list(palette.extract(flower[1], 9).sorted_by(order).hex)


async def test_kept_colours_stay_while_the_others_change(post: Ask, flower: File) -> None:
    expanded = await (await post(flower)).click("adjust")
    chosen = expanded.codes[0], expanded.codes[6]
    kept = await expanded.select("keep", *chosen)
    assert "Kept: " + " ".join(chosen) in kept.text
    fewer = await kept.select("number", "3")
    assert set(chosen) < set(fewer.codes)
    assert len(fewer.codes) == 3
    defaults = {option.value for option in fewer.controls["keep:1"].options if option.default}
    assert defaults == set(chosen)
    fewest = await fewer.click("fewer")
    assert set(fewest.codes) == set(chosen)
    assert fewest.controls["fewer:1"].disabled
    assert [option.value for option in fewest.controls["number:1"].options[:2]] == ["auto", "2"]
    free = await fewest.select("keep")
    assert "Kept" not in free.text


async def test_colours_are_left_out_and_come_back(slash: Ask, flag: File) -> None:
    expanded = await (await slash(flag)).click("adjust")
    without = await expanded.select("leave", *hex_codes(WHITE, BLACK))
    assert set(without.codes) == set(hex_codes(RED, GREEN, BLUE, YELLOW))
    assert "Left out: " in without.text
    options = without.controls["leave:1"].options
    assert {option.value for option in options if option.default} == set(hex_codes(WHITE, BLACK))
    back = await without.select("leave", *hex_codes(BLACK))
    assert set(back.codes) == set(hex_codes(*COLORS - {BLACK}))


async def test_a_kept_colour_that_is_left_out_is_no_longer_kept(slash: Ask, flag: File) -> None:
    expanded = await (await slash(flag)).click("adjust")
    kept = await expanded.select("keep", *hex_codes(RED))
    without = await kept.select("leave", *hex_codes(RED))
    assert set(without.codes) == set(hex_codes(*COLORS - {RED}))
    assert "Kept" not in without.text


async def test_leaving_out_every_colour_is_refused_in_private(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    expanded = await (await slash(("a.png", stripes(RED, BLUE)))).click("adjust")
    refusal = await expanded.select("leave", *hex_codes(RED, BLUE))
    assert refusal.private
    assert "Nothing is left of this image" in refusal.text
    assert expanded.now().codes == expanded.codes


async def test_a_menu_that_shows_something_else_has_another_id(post: Ask, flower: File) -> None:
    expanded = await (await post(flower)).click("adjust")
    fewer = await expanded.click("fewer")
    before, after = ({item.id for item in reply.controls.values()} for reply in (expanded, fewer))
    assert len(before) == len(after) == len(expanded.controls)
    menus = [key for key in fewer.controls if key.partition(":")[0] in {"number", "keep", "leave"}]
    assert len(menus) == 3
    assert not before & {fewer.controls[key].id for key in menus}
