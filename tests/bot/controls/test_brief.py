"""Compact replies: the card and one row of buttons, also after every press."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager

import pytest
import pytest_asyncio
import simcord
from discord import ui

import palette
from bot.reply.existing import state_in
from palette import extract
from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROW = ["adjust:1", "copy:1", "file:1", "delete:1"]


@pytest_asyncio.fixture(loop_scope="session")
async def world(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncGenerator[World]:
    """Return a server that has chosen compact replies."""
    async with open_world() as opened:
        await opened.choose("brief", value=True)
        yield opened


def codes_of(image: File) -> list[str]:
    return list(extract(image[1]).hex)


def check_brief(reply: Pressed) -> None:
    assert list(reply.controls) == ROW
    assert sum(isinstance(item, ui.ActionRow) for item in reply.items) == 1
    assert reply.blocks == []


async def test_a_posted_image_gets_its_card_and_one_row(post: Ask, flower: File) -> None:
    reply = await post(flower)
    check_brief(reply)
    assert reply.text == ""
    assert reply.card() == palette.render_card(extract(flower[1]))
    kinds = [type(item) for item in reply.items]
    assert kinds == [ui.Container, ui.MediaGallery, ui.ActionRow, *[ui.Button] * 4]


async def test_a_copy_of_the_image_is_beside_how_many_colours_there_are(
    world: World, slash: Ask, flower: File
) -> None:
    reply = await slash(flower)
    check_brief(reply)
    assert reply.text == "-# 10 colours"
    assert reply.sent.keys() == {"flower-palette-1.png", "picture-1.webp"}
    await world.choose("show_source", value=False)
    as_file = await slash(flower)
    check_brief(as_file)
    assert as_file.text == ""
    assert as_file.sent.keys() == reply.sent.keys()


async def test_codes_are_still_copied(post: Ask, flag: File) -> None:
    copied = await (await post(flag)).click("copy")
    assert copied.codes == codes_of(flag)


@pytest.mark.parametrize("ask", ["post", "slash"])
async def test_it_stays_brief_when_it_is_adjusted(
    world: World, flower: File, ask: str, request: pytest.FixtureRequest
) -> None:
    reply = await request.getfixturevalue(ask)(flower)
    fewer = await reply.adjust("number", "4")
    check_brief(fewer)
    assert fewer.card() == palette.render_card(extract(flower[1], 4))
    await world.choose("brief", value=False)
    await world.restart()
    by_hue = await fewer.adjust("order", "hue")
    check_brief(by_hue)
    assert by_hue.card() == palette.render_card(extract(flower[1], 4).sorted_by("hue"))


async def test_what_was_kept_and_left_out_is_said(post: Ask, flag: File) -> None:
    reply = await post(flag)
    kept = await reply.adjust("keep", *hex_codes(RED))
    check_brief(kept)
    assert kept.text == f"-# Kept: {' '.join(hex_codes(RED))}"


async def test_a_reply_from_before_stays_full(world: World, post: Ask, flag: File) -> None:
    await world.choose("brief", value=False)
    reply = await post(flag)
    await world.choose("brief", value=True)
    fewer = await reply.click("fewer")
    assert len(fewer.codes) == 2
    assert list(fewer.controls) == list(reply.controls)


async def test_what_only_one_person_sees_is_full(
    slash: Ask, flag: File, bob: simcord.MemberActor
) -> None:
    private = await slash(flag, private=True)
    assert private.codes == codes_of(flag)
    copy = await (await slash(flag)).seen_by(bob).adjust("number", "2")
    assert len(copy.codes) == 2
    assert "recolor:1" in copy.controls


async def test_several_images_have_a_small_panel_each(
    post: Ask, stripes: Callable[..., bytes]
) -> None:
    images = [(f"{name}.png", stripes(RED, GREEN)) for name in "abcd"]
    reply = await post(*images)
    assert reply.text.splitlines() == [f"-# {n}/4 · {images[n - 1][0]}" for n in (1, 2, 3, 4)]
    assert list(reply.controls) == [
        *(f"{action}:{n}" for n in (1, 2, 3, 4) for action in ("adjust", "copy", "file")),
        "delete:1",
    ]
    one = await reply.adjust("number", "1", number=3)
    assert list(one.controls) == list(reply.controls)
    assert one.text == reply.text
    assert [len(state_in(one.message, n).palette) for n in (1, 2, 3, 4)] == [2, 2, 1, 2]


async def test_without_files_the_codes_are_there(
    world: World, post: Ask, slash: Ask, flag: File, stripes: Callable[..., bytes]
) -> None:
    channel = world.channel_with_bot_permissions(attach_files=False)
    posted, asked = await post(flag, where=channel), await slash(flag, where=channel)
    assert posted.codes == asked.codes == codes_of(flag)
    assert list(posted.controls) == ["adjust:1", "copy:1", "check:1", "delete:1"]
    assert list(asked.controls) == ["copy:1", "check:1", "delete:1"]
    several = await post(flag, ("b.png", stripes(RED)), where=channel)
    assert several.blocks == [codes_of(flag), hex_codes(RED)]


async def test_it_can_be_deleted_and_an_error_is_said(world: World, post: Ask, flag: File) -> None:
    reply = await post(flag)
    await reply.click("delete")
    assert len(world.channel.history()) == 1
    result = await world.palette(("a.png", b"words"))
    assert private_text(result) == "That isn't an image I can read."
