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
from palette import STYLES
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.limits import ACTION_ROW, MENU
from tests.bot.world import File, World

ONE_ROW = ("adjust", "copy", "file", "recolor", "check")

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
    """Return what those read who cannot see the card."""
    alt = reply.images[0].description
    assert alt
    return set(alt.removeprefix("Palette: ").split(", "))


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
    copy = await reply.seen_by(bob).adjust("order", "share")
    assert copy.private
    assert set(copy.codes) == set(palette.extract(copy.file("picture-1.webp"), 10).hex)
    assert reply.now().codes == reply.codes
    fewer = await copy.adjust("number", "3")
    assert fewer.message.id == copy.message.id
    assert len(fewer.codes) == 3


async def test_a_private_copy_keeps_the_style(
    slash: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await slash(flower)
    faithful = await reply.adjust("style", "faithful")
    copied = faithful.file("picture-1.webp")
    for action, count in (("fewer", 9), ("more", 11)):
        copy = await faithful.seen_by(bob).click(action)
        assert copy.private
        assert copy.codes == list(palette.extract(copied, count, style="faithful").hex)
        assert await copy.chosen("style") == {"faithful"}
    by_hue = await faithful.seen_by(bob).adjust("order", "hue")
    assert await by_hue.chosen("style") == {"faithful"}
    seen = await by_hue.adjust("style", "seen")
    assert seen.message.id == by_hue.message.id
    assert seen.codes == list(palette.extract(copied, 10).sorted_by("hue").hex)
    assert await seen.chosen("style") == {"seen"}
    assert await faithful.now().chosen("style") == {"faithful"}


async def test_others_choose_the_style_in_private(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flower)
    copy = await reply.seen_by(bob).adjust("style", "faithful")
    assert copy.private
    assert copy.codes == list(palette.extract(flower[1], 10, style="faithful").hex)
    assert await copy.chosen("style") == {"faithful"}
    assert await reply.now().chosen("style") == {"seen"}


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
    german = language_of("de").say("Copy")
    changed = await reply.click("fewer")
    copy = await changed.seen_by(bob).click("fewer")
    for public in (reply, changed):
        assert public.controls["copy:1"].label == german
    assert copy.controls["copy:1"].label == "Copy" != german


# Messages of several palettes.


async def test_one_of_several_palettes_changes_and_the_others_stay(
    post: Ask, flower: File, flag: File, stripes: Callable[..., bytes]
) -> None:
    third = "a.png", stripes(RED, GREEN, BLUE)
    reply = await post(flower, flag, third, ("b.png", b"not an image"), flag)
    before = {name: reply.file(name) for name in reply.sent}
    changed = await (await reply.adjust("number", "2", number=2)).adjust("number", "2", number=3)
    assert changed.message.id == reply.message.id
    assert [len(block) for block in changed.blocks] == [10, 2, 2]
    assert changed.text.count("/3 · ") == 3
    assert set(changed.sent) == changed.attached == set(before)
    assert changed.card() == before["flower-palette-1.png"]
    assert changed.card(2) != before["flag-palette-2.png"]
    again = await changed.adjust("number", "11")
    assert again.blocks[0] == list(palette.extract(flower[1], 11).hex)
    assert again.blocks[1:] == changed.blocks[1:]


async def test_every_control_of_each_of_several_palettes_works(
    post: Ask, flower: File, flag: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flower, flag)
    assert list(reply.controls) == [
        *(f"{action}:{number}" for number in (1, 2) for action in ONE_ROW),
        "delete:1",
    ]
    copy = await reply.seen_by(bob).adjust("number", "2", number=2)
    assert copy.private
    assert len(copy.codes) == 2
    codes = set(hex_codes(RED, GREEN, BLUE))
    assert set((await reply.click("copy", 2)).codes) == codes
    assert (await (await reply.click("file", 2)).select("program", "gpl", number=2)).sent
    assert "redrawn-2.png" in (await reply.click("recolor", 2)).sent
    assert "Protanopia" in (await reply.click("check", 2)).text


# The image, and what was noted about it.


async def test_a_photo_has_one_palette_however_it_was_sent(
    slash: Ask, post: Ask, large: File, bob: simcord.MemberActor
) -> None:
    expected = list(palette.extract(large[1], 10).hex)
    answer, reply = await slash(large), await post(large)
    assert answer.codes == reply.codes == expected
    for shown in (answer, reply):
        by_share = await shown.seen_by(bob).adjust("order", "share")
        assert set(by_share.codes) == set(expected)
        assert names_and_shares(by_share) == names_and_shares(answer)


async def test_another_order_changes_nothing_but_the_order(
    slash: Ask, large: File, bob: simcord.MemberActor
) -> None:
    reply = await slash(large)
    expected = palette.extract(large[1], 10)
    for shown in (reply.seen_by(bob), reply):
        by_hue = await shown.adjust("order", "hue")
        assert by_hue.codes == list(expected.sorted_by("hue").hex)
        again = await by_hue.adjust("order", "path")
        assert again.codes == list(expected.hex)
        assert names_and_shares(by_hue) == names_and_shares(again) == names_and_shares(reply)
        assert again.file("picture-1.jpg") == reply.file("picture-1.jpg")
        assert again.card() != by_hue.card()


async def test_the_order_can_be_changed_when_the_image_is_gone(
    post: Ask, flower: File, world: World
) -> None:
    reply = await post(("SPOILER_flower.jpg", flower[1]))
    world.delete_unseen(reply.message.reference.resolved)
    by_hue = await reply.adjust("order", "hue")
    assert by_hue.message.id == reply.message.id
    assert by_hue.codes == list(palette.extract(flower[1], 10).sorted_by("hue").hex)
    assert set(by_hue.sent) == {"SPOILER_flower-palette-1.png"}
    assert list(by_hue.controls) == list(reply.controls)


async def test_when_the_image_is_gone_its_palette_stays_and_the_rest_still_works(
    post: Ask, flag: File, world: World
) -> None:
    reply = await post(flag)
    world.delete_unseen(reply.message.reference.resolved)
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
    by_share = await fewer.adjust("order", "share")
    for shown in (animated, fewer, by_share):
        assert "Animation: colours from 24 of 30 frames." in shown.text


async def test_a_spoiler_stays_a_spoiler(slash: Ask, flag: File, bob: simcord.MemberActor) -> None:
    reply = await slash(("SPOILER_flag.png", flag[1]))
    hidden = {"SPOILER_flag-palette-1.png", "SPOILER_picture-1.webp"}
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
        assert set(shown.sent) == {"flag-palette-1.png", "picture-1.webp"}
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


def with_menus(reply: Pressed, actions: list[str]) -> Pressed:
    """Turn a reply into one from when menus were part of it; without "style", from before that."""
    state = state_in(reply.message, 1)
    assert state.origin
    stored = reply.env.backend.get_message(reply.message.channel.id, reply.message.id)
    (container,) = stored.components
    options = {
        "number": [str(count) for count in range(1, 21)],
        "style": list(STYLES),
        "order": ["path", "share", "hue", "lightness"],
        "keep": reply.codes,
        "leave": reply.codes,
    }
    for action in actions:
        menu = {
            "type": MENU,
            "custom_id": action,
            "options": [{"label": value, "value": value} for value in options[action]],
            "min_values": 0 if action in {"keep", "leave"} else 1,
            "max_values": len(reply.codes) if action in {"keep", "leave"} else 1,
        }
        container["components"].append({"type": ACTION_ROW, "components": [menu]})
    rows = [row for row in container["components"] if row["type"] == ACTION_ROW]
    controls = [control for row in rows for control in row["components"]]
    names = [control["custom_id"] for control in controls]
    shown = [name.split(":")[1] if ":" in name else name for name in names]
    for control, custom_id in zip(controls, state.ids(shown, 1), strict=True):
        control["custom_id"] = custom_id
    return reply.now()


async def test_a_reply_from_before_there_were_styles_stays_faithful(
    post: Ask, world: World, flower: File, bob: simcord.MemberActor
) -> None:
    await world.choose("style", "faithful")
    old = with_menus(await post(flower), ["number", "order", "keep", "leave"])
    await world.choose("style", "seen")
    copy = await old.seen_by(bob).click("more")
    fewer = await old.click("fewer")
    for shown, count in ((copy, 11), (fewer, 9)):
        assert shown.codes == list(palette.extract(flower[1], count, style="faithful").hex)
        assert await shown.chosen("style") == {"faithful"}
    seen = await fewer.adjust("style", "seen")
    assert seen.codes == list(palette.extract(flower[1], 9).hex)
    assert await seen.chosen("style") == {"seen"}


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("number", "4"),
        ("style", "faithful"),
        ("order", "hue"),
        ("keep", "{code}"),
        ("leave", "{code}"),
    ],
)
async def test_the_menus_of_an_old_reply_still_work(
    post: Ask, flower: File, action: str, value: str
) -> None:
    old = with_menus(await post(flower), ["number", "style", "order", "keep", "leave"])
    chosen = value.format(code=old.codes[4])
    changed = await old.select(action, chosen)
    assert changed.message.id == old.message.id
    assert await changed.chosen(action) == {chosen}
    assert f"{action}:1" not in changed.controls


async def test_the_style_is_remembered_after_a_restart(
    slash: Ask, post: Ask, world: World, flower: File
) -> None:
    replies = [await ask(flower) for ask in (slash, post)]
    faithful = [await reply.adjust("style", "faithful") for reply in replies]
    await world.restart()
    for reply in faithful:
        fewer = await reply.click("fewer")
        data = fewer.file("picture-1.webp") if "picture-1.webp" in fewer.sent else flower[1]
        assert fewer.codes == list(palette.extract(data, 9, style="faithful").hex)
        assert await fewer.chosen("style") == {"faithful"}
