"""``/palette-of-many``: one palette of several images."""

import io
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pytest
import simcord
from discord import ui
from PIL import Image

from bot.settings import Rate
from palette import extract, extract_many
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Pressed
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

OpenWorld = Callable[..., AbstractAsyncContextManager[World]]


async def open_form(
    world: World, where: simcord.ChannelHandle | None = None
) -> simcord.InteractionResult:
    opened = await world.alice.slash(where or world.channel, "palette-of-many")
    assert opened.modal is not None
    return opened


async def ask(
    world: World, *files: File, where: simcord.ChannelHandle | None = None, **choices: object
) -> simcord.InteractionResult:
    """Fill in the form as Alice; what she does not choose is as the form shows it."""
    opened = await open_form(world, where)
    colors = {"colors": [str(choices.pop("colors", 10))]}
    return await world.alice.submit_modal(opened, {"images": list(files)} | colors | choices)


def answer_of(world: World, result: simcord.InteractionResult) -> Pressed:
    assert result.response is not None
    return Pressed(world.env, world.alice, result.response.message, result)


@pytest.fixture
def files(stripes: Callable[..., bytes]) -> list[File]:
    """Return images of one, two and three colours."""
    colors = [(RED,), (GREEN, RED), (BLUE, GREEN, RED)]
    return [(f"{n}.png", stripes(*each)) for n, each in enumerate(colors, start=1)]


async def test_everyone_sees_one_palette_of_all(world: World, files: list[File]) -> None:
    answer = answer_of(world, await ask(world, *files))
    assert not answer.private
    found = extract_many([data for _, data in files])
    assert answer.codes == list(found.hex)
    assert {swatch.rgb: round(swatch.share, 3) for swatch in found} == {
        RED: round((1 + 1 / 2 + 1 / 3) / 3, 3),
        GREEN: round((1 / 2 + 1 / 3) / 3, 3),
        BLUE: round(1 / 9, 3),
    }
    assert "One palette of 3 images" in answer.text
    (gallery, card) = (item for item in answer.items if isinstance(item, ui.MediaGallery))
    assert gallery.items[0].description == "The images"
    assert "#" in str(card.items[0].description)
    with Image.open(io.BytesIO(answer.file("pictures-3.webp"))) as sheet:
        assert sheet.size == (3 * 210 + 2 * 12, 210)


async def test_the_controls_are_those_that_need_no_image(world: World, files: list[File]) -> None:
    answer = answer_of(world, await ask(world, *files))
    assert list(answer.controls) == ["copy:1", "file:1", "check:1", "delete:1"]
    assert sum(isinstance(item, ui.ActionRow) for item in answer.items) == 1
    assert (await answer.click("copy")).codes == answer.codes
    assert (await answer.click("check")).private
    saving = await answer.click("file")
    saved = await saving.select("sheet", "svg")
    assert saved.attached
    await answer.click("delete")
    assert not world.channel.history()


async def test_the_form_works_after_a_restart(world: World, files: list[File]) -> None:
    opened = await open_form(world)
    await world.restart()
    filled = {"images": files, "colors": ["2"], "private": True}
    answer = answer_of(world, await world.alice.submit_modal(opened, filled))
    assert answer.private
    assert len(answer.codes) == 2


async def test_the_form_shows_the_number_that_the_server_has_chosen(world: World) -> None:
    await world.choose("colors", "auto")
    opened = await open_form(world)
    _, menu, box = (label["component"] for label in opened.modal["components"])
    assert [each["value"] for each in menu["options"] if each.get("default")] == ["auto"]
    assert not box.get("default")


async def test_only_image_files_are_offered(world: World) -> None:
    opened = await open_form(world)
    upload = opened.modal["components"][0]["component"]
    assert upload["required"]
    assert (upload["min_values"], upload["max_values"]) == (1, 10)
    assert "image" in upload["file_types"]
    assert len(upload["file_types"]) <= 10


async def test_what_cannot_be_read_is_named_and_the_others_have_their_palette(
    world: World, files: list[File]
) -> None:
    answer = answer_of(world, await ask(world, files[0], ("a*b.png", b"text"), files[1]))
    assert set(answer.codes) == set(hex_codes(RED, GREEN))
    assert r"-# Image 2, a\*b.png: That isn't an image I can read." in answer.text
    assert "One palette of 2 images" in answer.text


async def test_who_sends_nothing_that_can_be_read_is_told_so_alone(world: World) -> None:
    alike = await ask(world, ("a.png", b"text"), ("b.png", b"text"))
    assert private_text(alike) == "That isn't an image I can read."
    mixed = await ask(world, ("a.png", b"text"), ("b.png", b"\x89PNG\r\n\x1a\n"))
    assert private_text(mixed) == "I can't read any of these images."
    assert not world.channel.history()


async def test_a_spoiler_among_them_hides_all_that_is_shown(
    world: World, files: list[File]
) -> None:
    hidden = f"SPOILER_{files[0][0]}", files[0][1]
    answer = answer_of(world, await ask(world, hidden, files[1]))
    assert all(name.startswith("SPOILER_") for name in answer.sent)
    assert all(image.spoiler for image in answer.images)


async def test_who_may_not_show_images_there_is_answered_alone(
    world: World, files: list[File]
) -> None:
    newcomers = world.env.guild.create_role("newcomers")
    world.alice = world.add_member("newcomer", roles=[newcomers])
    overwrite = discord.PermissionOverwrite(attach_files=False)
    words = world.env.guild.create_text_channel("words", overwrites={newcomers: overwrite})
    opened = await open_form(world, words)
    assert opened.modal["components"][2]["component"]["default"]
    answer = answer_of(world, await ask(world, *files, where=words, private=False))
    assert answer.private
    assert "because you can't post images here" in answer.text


async def test_where_the_bot_may_send_no_files_there_are_codes(
    world: World, files: list[File]
) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    answer = answer_of(world, await ask(world, *files, where=channel))
    assert set(answer.codes) == set(hex_codes(RED, GREEN, BLUE))
    assert not answer.attached


async def test_ten_images_count_as_three_requests(open_world: OpenWorld, files: list[File]) -> None:
    async with open_world(user_limit=Rate(4, 60)) as world:
        assert not (await ask(world, *files[:1] * 10)).ephemeral
        assert not (await ask(world, *files[:1] * 10)).ephemeral  # one is left, and it is enough
        refused = await ask(world, *files[:1])
        assert private_text(refused).startswith("That was quick!")


async def test_ten_photos_are_taken_and_one_alone_has_its_own_palette(
    world: World, flower: File
) -> None:
    for count, title in ((10, "One palette of 10 images"), (1, "The palette of one image")):
        answer = answer_of(world, await ask(world, *[flower] * count, colors=6))
        assert answer.codes == list(extract(flower[1], 6).hex)
        assert title in answer.text
