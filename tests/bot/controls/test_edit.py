"""Whose palette changes, in place or in a private copy, and what stays as it was."""

import io
from collections.abc import Callable
from importlib.resources import files

import pytest
import simcord
from discord import ui
from PIL import Image

import palette
from bot.language import language_of
from bot.reply.existing import state_in
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.limits import ACTION_ROW
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="session")
def large() -> File:
    """Return a photo of which a reply carries a smaller copy, whose palette is another."""
    with Image.open(str(files("sklearn.datasets.images").joinpath("china.jpg"))) as china:
        resized = china.resize((2000, 1334))
    file = io.BytesIO()
    resized.save(file, "JPEG")
    return "china.jpg", file.getvalue()


def names_and_shares(reply: Pressed) -> set[str]:
    return set(reply.text.rpartition("-# ")[2].replace(" · ", "· ").split("· "))


# Whose palette it is.


async def test_others_get_a_private_copy_and_go_on_there(
    slash: Ask, flag: File, bob: simcord.MemberActor
) -> None:
    reply = await slash(flag)
    copy = await reply.seen_by(bob).click("fewer")
    assert copy.private
    assert len(copy.codes) == 2
    assert copy.file("picture-1.webp") == reply.file("picture-1.webp")
    assert reply.now().codes == reply.codes
    smaller = await copy.click("fewer")
    assert smaller.message.id == copy.message.id
    assert len(smaller.codes) == 1


async def test_others_adjust_in_private(post: Ask, flower: File, bob: simcord.MemberActor) -> None:
    reply = await post(flower)
    copy = await reply.seen_by(bob).click("adjust")
    assert copy.private
    assert copy.codes == reply.codes
    assert "number:1" in copy.controls
    assert "number:1" not in reply.now().controls
    ordered = await copy.select("order", "share")
    assert ordered.message.id == copy.message.id
    assert set(ordered.codes) == set(palette.extract(copy.file("picture-1.webp"), 10).hex)


async def test_a_private_copy_keeps_the_style(
    slash: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    expanded = await (await slash(flower)).click("adjust")
    faithful = await expanded.select("style", "faithful")
    copied = faithful.file("picture-1.webp")
    for action, count in (("fewer", 9), ("more", 11)):
        copy = await faithful.seen_by(bob).click(action)
        assert copy.private
        assert copy.codes == list(palette.extract(copied, count, style="faithful").hex)
        assert copy.chosen("style") == {"faithful"}
    by_hue = await faithful.seen_by(bob).select("order", "hue")
    assert by_hue.chosen("style") == {"faithful"}
    seen = await by_hue.select("style", "seen")
    assert seen.message.id == by_hue.message.id
    assert seen.codes == list(palette.extract(copied, 10).sorted_by("hue").hex)
    assert seen.chosen("style") == {"seen"}
    assert faithful.now().chosen("style") == {"faithful"}


async def test_others_choose_the_style_in_private(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    expanded = await (await post(flower)).click("adjust")
    copy = await expanded.seen_by(bob).select("style", "faithful")
    assert copy.private
    assert copy.codes == list(palette.extract(flower[1], 10, style="faithful").hex)
    assert copy.chosen("style") == {"faithful"}
    assert expanded.now().chosen("style") == {"seen"}


async def test_people_who_manage_messages_change_it_for_everyone(
    slash: Ask, flag: File, moderator: simcord.MemberActor
) -> None:
    reply = await slash(flag)
    changed = await reply.seen_by(moderator).click("fewer")
    assert changed.message.id == reply.message.id
    assert len(changed.codes) == 2
    # It is still Alice's.
    assert len((await changed.seen_by(reply.actor).click("fewer")).codes) == 1


async def test_the_reply_stays_in_the_servers_language_and_a_copy_is_in_the_readers(
    world: World, post: Ask, flag: File, bob: simcord.MemberActor
) -> None:
    await world.choose("language", "de")
    reply = await post(flag)
    german = language_of("de").say("Copy all")
    changed = await reply.click("fewer")
    expanded = await changed.click("adjust")
    copy = await expanded.seen_by(bob).click("fewer")
    for public in (reply, changed, expanded):
        assert public.controls["copy:1"].label == german
    assert copy.controls["copy:1"].label == "Copy all" != german


# Messages of several palettes.


async def test_one_of_several_palettes_changes_and_the_others_stay(
    post: Ask, flower: File, flag: File, stripes: Callable[..., bytes]
) -> None:
    reply = await post(
        flower, flag, ("a.png", stripes(RED, GREEN, BLUE)), ("b.png", b"not an image")
    )
    before = {name: reply.file(name) for name in reply.sent}
    changed = await (await reply.click("fewer", 2)).click("fewer", 3)
    assert changed.message.id == reply.message.id
    assert [len(block) for block in changed.blocks] == [10, 2, 2]
    assert "Image 4: That isn't an image I can read." in changed.text
    assert set(changed.sent) == changed.attached == set(before)
    assert changed.file("palette-1.png") == before["palette-1.png"]
    assert changed.file("palette-2.png") != before["palette-2.png"]
    again = await changed.click("more", 1)
    assert again.blocks[0] == list(palette.extract(flower[1], 11).hex)
    assert again.blocks[1:] == changed.blocks[1:]


async def test_each_of_several_palettes_is_adjusted_in_private(
    post: Ask, flower: File, flag: File
) -> None:
    reply = await post(flower, flag)
    copy = await reply.click("adjust", 2)
    assert copy.private
    assert set(copy.codes) == set(hex_codes(RED, GREEN, BLUE))
    assert {"recolor:1", "check:1", "number:1"} <= set(copy.controls)
    assert len((await copy.select("number", "2")).codes) == 2


# The image, and what was noted about it.


async def test_a_photo_has_one_palette_however_it_was_sent(
    slash: Ask, post: Ask, large: File, bob: simcord.MemberActor
) -> None:
    expected = list(palette.extract(large[1], 10).hex)
    answer, reply = await slash(large), await post(large)
    assert answer.codes == reply.codes == expected
    for shown in (answer, reply):
        adjusted = await shown.seen_by(bob).click("adjust")
        assert adjusted.codes == expected
        assert names_and_shares(adjusted) == names_and_shares(answer)


async def test_another_order_changes_nothing_but_the_order(
    slash: Ask, large: File, bob: simcord.MemberActor
) -> None:
    expanded = await (await slash(large)).click("adjust")
    expected = palette.extract(large[1], 10)
    for shown in (expanded.seen_by(bob), expanded):
        by_hue = await shown.select("order", "hue")
        assert by_hue.codes == list(expected.sorted_by("hue").hex)
        again = await by_hue.select("order", "path")
        assert again.codes == list(expected.hex)
        assert names_and_shares(by_hue) == names_and_shares(again) == names_and_shares(expanded)
        assert again.file("picture-1.jpg") == expanded.file("picture-1.jpg")
        assert again.file("palette-1.png") != by_hue.file("palette-1.png")


async def test_the_order_can_be_changed_when_the_image_is_gone(
    post: Ask, flower: File, world: World
) -> None:
    expanded = await (await post(("SPOILER_flower.jpg", flower[1]))).click("adjust")
    await world.alice.delete(expanded.message.reference.resolved)
    by_hue = await expanded.select("order", "hue")
    assert by_hue.message.id == expanded.message.id
    assert by_hue.codes == list(palette.extract(flower[1], 10).sorted_by("hue").hex)
    assert set(by_hue.sent) == {"SPOILER_palette-1.png"}
    assert list(by_hue.controls) == list(expanded.controls)


async def test_when_the_image_is_gone_its_palette_stays_and_the_rest_still_works(
    post: Ask, flag: File, world: World
) -> None:
    reply = await post(flag)
    await world.alice.delete(reply.message.reference.resolved)
    for action in ("fewer", "recolor"):
        refusal = await reply.click(action)
        assert refusal.private
        assert "The original image was deleted." in refusal.text
    assert reply.now().codes == reply.codes
    assert set((await reply.click("copy")).codes) == set(hex_codes(RED, GREEN, BLUE))
    assert "Protanopia" in (await reply.click("check")).text
    assert (await (await reply.click("file")).select("program", "gpl")).sent


async def test_notes_about_an_animation_stay_when_its_copy_is_read(slash: Ask) -> None:
    shades = [Image.new("L", (8, 8), 5 * shade) for shade in range(30)]
    file = io.BytesIO()
    shades[0].save(file, "GIF", save_all=True, append_images=shades[1:])
    animated = await slash(("animated.gif", file.getvalue()))
    fewer = await animated.click("fewer")
    by_share = await (await fewer.click("adjust")).select("order", "share")
    for shown in (animated, fewer, by_share):
        assert "Animation: colours from 24 of 30 frames." in shown.text


async def test_a_spoiler_stays_a_spoiler(slash: Ask, flag: File, bob: simcord.MemberActor) -> None:
    reply = await slash(("SPOILER_flag.png", flag[1]))
    hidden = {"SPOILER_palette-1.png", "SPOILER_picture-1.webp"}
    assert set(reply.sent) == hidden
    fewer = await reply.click("fewer")
    copy = await fewer.seen_by(bob).click("fewer")
    redrawn = await copy.click("recolor")
    assert set(fewer.sent) == set(copy.sent) == hidden
    assert set(redrawn.sent) == {"SPOILER_picture-1.webp", "SPOILER_redrawn-1.png"}
    for shown in (reply, fewer, copy, redrawn):
        assert all(image.spoiler for image in shown.images)
        (container,) = (item for item in shown.items if isinstance(item, ui.Container))
        assert container.spoiler


async def test_an_image_that_is_not_shown_is_an_attached_file(
    world: World, slash: Ask, flag: File
) -> None:
    await world.choose("show_source", value=False)
    reply = await slash(flag)
    fewer = await reply.click("fewer")
    for shown in (reply, fewer):
        assert set(shown.sent) == {"palette-1.png", "picture-1.webp"}
        assert not any(isinstance(item, ui.Thumbnail) for item in shown.items)
    assert len(fewer.codes) == 2


async def test_the_controls_work_after_a_restart(
    slash: Ask, post: Ask, world: World, flag: File
) -> None:
    replies = [await slash(flag), await post(flag)]
    await world.restart()
    for reply in replies:
        fewer = await reply.click("fewer")
        assert fewer.message.id == reply.message.id
        assert len(fewer.codes) == 2


def without_style(reply: Pressed) -> Pressed:
    """Turn an expanded faithful reply into one from before there were styles."""
    state = state_in(reply.message, 1)
    stored = reply.env.backend.get_message(reply.message.channel.id, reply.message.id)
    (container,) = stored.components
    rows = [row for row in container["components"] if row["type"] == ACTION_ROW]
    (menu,) = (row for row in rows if ":style:" in row["components"][0]["custom_id"])
    container["components"].remove(menu)
    controls = [control for row in rows if row is not menu for control in row["components"]]
    actions = [control["custom_id"].split(":")[1] for control in controls]
    for control, custom_id in zip(controls, state.ids(actions, 1), strict=True):
        control["custom_id"] = custom_id
    return reply.now()


async def test_a_reply_from_before_there_were_styles_stays_faithful_and_gets_the_menu(
    post: Ask, world: World, flower: File, bob: simcord.MemberActor
) -> None:
    await world.choose("style", "faithful")
    old = without_style(await (await post(flower)).click("adjust"))
    await world.choose("style", "seen")
    assert "style:1" not in old.controls
    copy = await old.seen_by(bob).click("more")
    fewer = await old.click("fewer")
    for shown, count in ((copy, 11), (fewer, 9)):
        assert shown.codes == list(palette.extract(flower[1], count, style="faithful").hex)
        assert shown.chosen("style") == {"faithful"}
    seen = await fewer.select("style", "seen")
    assert seen.codes == list(palette.extract(flower[1], 9).hex)
    assert seen.chosen("style") == {"seen"}


async def test_the_style_is_remembered_after_a_restart(
    slash: Ask, post: Ask, world: World, flower: File
) -> None:
    replies = [await (await ask(flower)).click("adjust") for ask in (slash, post)]
    faithful = [await reply.select("style", "faithful") for reply in replies]
    await world.restart()
    for reply in faithful:
        fewer = await reply.click("fewer")
        data = fewer.file("picture-1.webp") if "picture-1.webp" in fewer.sent else flower[1]
        assert fewer.codes == list(palette.extract(data, 9, style="faithful").hex)
        assert fewer.chosen("style") == {"faithful"}
