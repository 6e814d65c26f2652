"""People change a palette: in place if it is theirs, else as their own private copy."""

import io
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import palette
from palette import render_card

if TYPE_CHECKING:
    import simcord

    from palette import Order
    from tests.bot.conftest import File, World
    from tests.bot.controls.conftest import Pressed

pytestmark = pytest.mark.asyncio(loop_scope="session")

Ask = Callable[..., Awaitable["Pressed"]]

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)
YELLOW, WHITE, BLACK = (240, 220, 40), (255, 255, 255), (0, 0, 0)
COLORS = (RED, GREEN, BLUE, YELLOW, WHITE, BLACK)


@pytest.fixture
def flag(stripes: Callable[..., bytes]) -> "File":
    """Return a picture of six colours."""
    return "flag.png", stripes(*COLORS)


def hexes(*colors: tuple[int, int, int]) -> set[str]:
    return {"#{:02x}{:02x}{:02x}".format(*color) for color in colors}


async def test_more_and_fewer_make_the_palette_of_a_command_anew_in_place(
    slash: Ask, flower: "File"
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


async def test_a_posted_photo_is_read_again_where_it_was_posted(post: Ask, flower: "File") -> None:
    reply = await post(flower)
    larger = await reply.click("more")
    assert larger.message.id == reply.message.id
    assert larger.codes == list(palette.extract(flower[1], 11).hex)
    assert set(larger.sent) == {"palette-1.png"}


async def test_there_are_no_more_colours_than_can_be_told_apart(slash: Ask, flag: "File") -> None:
    reply = await slash(flag)
    assert len(reply.codes) == 6
    assert reply.controls["more:1"].disabled
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 5
    assert not fewer.controls["more:1"].disabled


async def test_one_colour_cannot_be_fewer_and_twenty_cannot_be_more(
    slash: Ask, flower: "File"
) -> None:
    assert (await slash(flower, colors=1)).controls["fewer:1"].disabled
    assert (await slash(flower, colors=20)).controls["more:1"].disabled


async def test_the_menus_come_and_go(slash: Ask, flag: "File") -> None:
    reply = await slash(flag)
    menus = {"number:1", "order:1", "keep:1", "leave:1"}
    assert not menus & set(reply.controls)
    expanded = await reply.click("adjust")
    assert expanded.message.id == reply.message.id
    assert menus <= set(expanded.controls)
    assert expanded.codes == reply.codes
    assert expanded.file("palette-1.png") == reply.file("palette-1.png")
    collapsed = await expanded.click("adjust")
    assert list(collapsed.controls) == list(reply.controls)
    assert collapsed.file("picture-1.webp") == reply.file("picture-1.webp")


async def test_the_number_of_colours_is_chosen(post: Ask, flower: "File") -> None:
    expanded = await (await post(flower)).click("adjust")
    chosen = await expanded.select("number", "4")
    assert chosen.codes == list(palette.extract(flower[1], 4).hex)
    (default,) = [each for each in chosen.controls["number:1"].options if each.default]
    assert default.label == "4 colours"


@pytest.mark.parametrize("order", ["share", "hue", "lightness", "path"])
async def test_the_order_is_chosen_and_kept(post: Ask, flower: "File", order: "Order") -> None:
    expanded = await (await post(flower)).click("adjust")
    ordered = await expanded.select("order", order)
    assert ordered.codes == list(palette.extract(flower[1], 10).sorted_by(order).hex)
    fewer = await ordered.click("fewer")
    assert fewer.codes == list(palette.extract(flower[1], 9).sorted_by(order).hex)


async def test_colours_are_kept_while_the_others_are_found_anew(post: Ask, flower: "File") -> None:
    expanded = await (await post(flower)).click("adjust")
    chosen = expanded.codes[0], expanded.codes[6]
    kept = await expanded.select("keep", *chosen)
    assert "Kept: " + " ".join(chosen) in kept.text
    fewer = await kept.select("number", "3")
    assert set(chosen) < set(fewer.codes)
    assert len(fewer.codes) == 3
    defaults = {each.value for each in fewer.controls["keep:1"].options if each.default}
    assert defaults == set(chosen)
    fewest = await fewer.click("fewer")
    assert set(fewest.codes) == set(chosen)
    assert fewest.controls["fewer:1"].disabled
    assert fewest.controls["number:1"].options[0].value == "2"
    free = await fewest.select("keep")
    assert "Kept" not in free.text


async def test_colours_are_left_out_and_come_back(slash: Ask, flag: "File") -> None:
    expanded = await (await slash(flag)).click("adjust")
    without = await expanded.select("leave", *hexes(WHITE, BLACK))
    assert set(without.codes) == hexes(RED, GREEN, BLUE, YELLOW)
    assert "Left out: " in without.text
    options = without.controls["leave:1"].options
    assert {each.value for each in options if each.default} == hexes(WHITE, BLACK)
    back = await without.select("leave", *hexes(BLACK))
    assert set(back.codes) == hexes(*COLORS) - hexes(BLACK)


async def test_a_colour_left_out_is_kept_no_more(slash: Ask, flag: "File") -> None:
    expanded = await (await slash(flag)).click("adjust")
    kept = await expanded.select("keep", *hexes(RED))
    without = await kept.select("leave", *hexes(RED))
    assert set(without.codes) == hexes(*COLORS) - hexes(RED)
    assert "Kept" not in without.text


async def test_what_cannot_be_done_is_told_in_private_and_changes_nothing(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    expanded = await (await slash(("a.png", stripes(RED, BLUE)))).click("adjust")
    told = await expanded.select("leave", *hexes(RED, BLUE))
    assert told.private
    assert "nothing remains" in told.text
    assert expanded.now().codes == expanded.codes


async def test_others_get_a_private_copy_on_which_they_go_on(
    slash: Ask, flag: "File", bob: "simcord.MemberActor"
) -> None:
    reply = await slash(flag)
    copy = await reply.seen_by(bob).click("fewer")
    assert copy.private
    assert len(copy.codes) == 5
    assert copy.file("picture-1.webp") == reply.file("picture-1.webp")
    assert reply.now().codes == reply.codes
    smaller = await copy.click("fewer")
    assert smaller.message.id == copy.message.id
    assert len(smaller.codes) == 4


async def test_others_adjust_in_private(
    post: Ask, flower: "File", bob: "simcord.MemberActor"
) -> None:
    reply = await post(flower)
    copy = await reply.seen_by(bob).click("adjust")
    assert copy.private
    assert copy.codes == reply.codes
    assert "number:1" in copy.controls
    assert "number:1" not in reply.now().controls
    ordered = await copy.select("order", "share")
    assert ordered.message.id == copy.message.id
    assert set(ordered.codes) == set(palette.extract(copy.file("picture-1.webp"), 10).hex)


async def test_those_who_manage_messages_change_it_for_all(
    slash: Ask, flag: "File", moderator: "simcord.MemberActor"
) -> None:
    reply = await slash(flag)
    changed = await reply.seen_by(moderator).click("fewer")
    assert changed.message.id == reply.message.id
    assert len(changed.codes) == 5
    # It is still Alice's.
    assert len((await changed.seen_by(reply.actor).click("fewer")).codes) == 4


async def test_the_controls_outlive_the_bot(
    slash: Ask, post: Ask, world: "World", flag: "File"
) -> None:
    replies = [await slash(flag), await post(flag)]
    old = world.client
    new = type(old)(
        old.services.settings,
        fetcher=old.services.fetcher,
        engine=old.services.engine,
        store=old.services.store,
    )
    await world.env.restart_bot(new)
    for reply in replies:
        fewer = await reply.click("fewer")
        assert fewer.message.id == reply.message.id
        assert len(fewer.codes) == 5


async def test_of_several_palettes_one_changes(
    post: Ask, flower: "File", flag: "File", stripes: Callable[..., bytes]
) -> None:
    reply = await post(flower, flag, ("a.png", stripes(RED, GREEN, BLUE)), ("b.png", b"no image"))
    before = {name: reply.file(name) for name in reply.sent}
    changed = await (await reply.click("fewer", 2)).click("fewer", 3)
    assert changed.message.id == reply.message.id
    assert [len(block) for block in changed.blocks] == [10, 5, 2]
    assert "no image" in changed.text
    assert set(changed.sent) == changed.attached == set(before)
    assert changed.file("palette-1.png") == before["palette-1.png"]
    assert changed.file("palette-2.png") != before["palette-2.png"]
    again = await changed.click("more", 1)
    assert again.blocks[0] == list(palette.extract(flower[1], 11).hex)
    assert again.blocks[1:] == changed.blocks[1:]


async def test_of_several_palettes_each_is_adjusted_in_private(
    post: Ask, flower: "File", flag: "File"
) -> None:
    reply = await post(flower, flag)
    copy = await reply.click("adjust", 2)
    assert copy.private
    assert set(copy.codes) == hexes(*COLORS)
    assert {"recolor:1", "check:1", "number:1"} <= set(copy.controls)
    assert len((await copy.select("number", "3")).codes) == 3


async def test_without_its_picture_a_palette_does_not_change_and_says_so(
    post: Ask, flag: "File", world: "World"
) -> None:
    reply = await post(flag)
    await world.alice.delete(reply.message.reference.resolved)
    for action in ("fewer", "recolor"):
        told = await reply.click(action)
        assert told.private
        assert "is gone" in told.text
    assert reply.now().codes == reply.codes
    assert set((await reply.click("copy")).codes) == hexes(*COLORS)
    assert "Protanopia" in (await reply.click("check")).text
    assert (await (await reply.click("file")).select("program", "gpl")).sent


@pytest.fixture
def large() -> "File":
    """Return a photo of which a reply carries a reduced copy, whose palette is another."""
    with Image.open(str(files("sklearn.datasets.images").joinpath("china.jpg"))) as china:
        resized = china.resize((2000, 1334))
    file = io.BytesIO()
    resized.save(file, "JPEG")
    return "china.jpg", file.getvalue()


def told(reply: "Pressed") -> set[str]:
    """Return the names and shares of a palette, whatever their order."""
    return set(reply.text.rpartition("-# ")[2].replace(" · ", "· ").split("· "))


async def test_a_photo_gives_one_palette_however_it_is_sent(
    slash: Ask, post: Ask, large: "File", bob: "simcord.MemberActor"
) -> None:
    expected = list(palette.extract(large[1], 10).hex)
    answer, reply = await slash(large), await post(large)
    assert answer.codes == reply.codes == expected
    for shown in (answer, reply):
        adjusted = await shown.seen_by(bob).click("adjust")
        assert (adjusted.codes, told(adjusted)) == (expected, told(answer))


async def test_another_order_changes_nothing_but_the_order(
    slash: Ask, large: "File", bob: "simcord.MemberActor"
) -> None:
    expanded = await (await slash(large)).click("adjust")
    expected = palette.extract(large[1], 10)
    for shown in (expanded.seen_by(bob), expanded):
        by_hue = await shown.select("order", "hue")
        assert by_hue.codes == list(expected.sorted_by("hue").hex)
        again = await by_hue.select("order", "path")
        assert again.codes == list(expected.hex)
        assert told(by_hue) == told(again) == told(expanded)
        assert again.file("picture-1.jpg") == expanded.file("picture-1.jpg")
        assert again.file("palette-1.png") != by_hue.file("palette-1.png")


async def test_the_order_is_changed_without_the_picture(
    post: Ask, flower: "File", world: "World"
) -> None:
    expanded = await (await post(("SPOILER_flower.jpg", flower[1]))).click("adjust")
    await world.alice.delete(expanded.message.reference.resolved)
    by_hue = await expanded.select("order", "hue")
    assert by_hue.message.id == expanded.message.id
    assert by_hue.codes == list(palette.extract(flower[1], 10).sorted_by("hue").hex)
    assert set(by_hue.sent) == {"SPOILER_palette-1.png"}
    assert list(by_hue.controls) == list(expanded.controls)


async def test_what_is_said_of_a_picture_is_still_true_of_its_copy(slash: Ask) -> None:
    shades = [Image.new("L", (8, 8), 5 * shade) for shade in range(30)]
    file = io.BytesIO()
    shades[0].save(file, "GIF", save_all=True, append_images=shades[1:])
    moving = await slash(("moving.gif", file.getvalue()))
    fewer = await moving.click("fewer")
    by_share = await (await fewer.click("adjust")).select("order", "share")
    for shown in (moving, fewer, by_share):
        assert "24 of its 30 frames" in shown.text


async def test_a_menu_that_shows_something_else_is_another_menu(post: Ask, flower: "File") -> None:
    expanded = await (await post(flower)).click("adjust")
    fewer = await expanded.click("fewer")
    shown, then = ({item.id for item in reply.controls.values()} for reply in (expanded, fewer))
    assert len(shown) == len(then) == len(expanded.controls)
    menus = [key for key in fewer.controls if key.partition(":")[0] in {"number", "keep", "leave"}]
    assert len(menus) == 3
    assert not shown & {fewer.controls[key].id for key in menus}
