"""Recolour: the image redrawn in the palette's colours."""

import io
from collections.abc import Callable
from pathlib import PurePosixPath

import discord
import pytest
import simcord
from discord import ui
from PIL import Image
from yarl import URL

import palette
from tests.bot.colors import GREEN, RED
from tests.bot.controls.pressed import Ask
from tests.bot.world import File, items_in

pytestmark = pytest.mark.asyncio(loop_scope="session")


def colors_in(data: bytes) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {color for _, color in image.getcolors(1 << 24) or ()}


def texts_and_images(message: discord.Message) -> list[str]:
    """Return the first line of each text, and the names of the images in each gallery."""
    return [
        item.content.splitlines()[0]
        if isinstance(item, ui.TextDisplay)
        else " ".join(PurePosixPath(URL(image.media.url).path).name for image in item.items)
        for item in items_in(message)
        if isinstance(item, ui.TextDisplay | ui.MediaGallery)
    ]


async def test_the_image_is_shown_before_and_after_each_whole(post: Ask, flower: File) -> None:
    redrawn = await (await post(flower)).click("recolor")
    for shown in (redrawn, await redrawn.click("dither")):
        assert texts_and_images(shown.message) == [
            "**Before**",
            "picture-1.webp",
            "**In 10 colours**",
            "redrawn-1.png",
        ]
        (container,) = [item for item in shown.items if isinstance(item, ui.Container)]
        dominant = palette.extract(flower[1], 10).dominant
        assert str(container.accent_color) == dominant.hex


async def test_a_smaller_file_is_shown_with_both_sizes(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flower)
    redrawn = await reply.seen_by(bob).click("recolor")
    assert redrawn.private
    after = redrawn.file("redrawn-1.png")
    assert colors_in(after) == {swatch.rgb for swatch in palette.extract(flower[1], 10)}
    copy = Image.open(io.BytesIO(redrawn.file("picture-1.webp")))
    assert Image.open(io.BytesIO(after)).size == copy.size
    before = io.BytesIO()
    copy.save(before, "PNG")
    saved = 1 - len(after) / len(before.getvalue())
    assert saved > 0.5
    sizes = (f"{len(data) / 1000:.0f} kB" for data in (before.getvalue(), after))
    assert f"PNG size: {' → '.join(sizes)} (\N{MINUS SIGN}{saved:.0%})" in redrawn.text


async def test_dithering_is_switched_on_and_off_in_place(slash: Ask, flower: File) -> None:
    plain = await (await slash(flower, colors=3)).click("recolor")
    dithered = await plain.click("dither")
    assert dithered.message.id == plain.message.id
    assert dithered.file("redrawn-1.png") != plain.file("redrawn-1.png")
    assert colors_in(dithered.file("redrawn-1.png")) == colors_in(plain.file("redrawn-1.png"))
    assert dithered.file("picture-1.webp") == plain.file("picture-1.webp")
    again = await dithered.click("plain")
    assert again.file("redrawn-1.png") == plain.file("redrawn-1.png")


async def test_a_double_press_does_not_switch_dithering_off_again(slash: Ask, flower: File) -> None:
    redrawn = await (await slash(flower, colors=3)).click("recolor")
    for press in [redrawn.prepare_click("dither") for _ in range(2)]:
        press()
    await redrawn.env.settle()
    shown = redrawn.now()
    assert list(shown.controls) == ["plain:1"]
    assert shown.file("redrawn-1.png") == palette.recolor(
        shown.file("picture-1.webp"), palette.extract(flower[1], 3), dither=True
    )


async def test_a_file_that_is_not_noticeably_smaller_is_shown_without_sizes(slash: Ask) -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "PNG")
    redrawn = await (await slash(("gradient.png", file.getvalue()))).click("recolor")
    dithered = await redrawn.click("dither")
    before = io.BytesIO()
    Image.open(io.BytesIO(dithered.file("picture-1.webp"))).save(before, "PNG")
    assert len(dithered.file("redrawn-1.png")) > 2 * len(before.getvalue())
    for shown in (redrawn, dithered):  # 0.8 kB become 0.3 kB, and 2.5 kB
        assert "In 10 colours" in shown.text
        assert "kB" not in shown.text


async def test_dithering_is_offered_only_where_it_changes_the_image(
    slash: Ask, stripes: Callable[..., bytes], flag: File, flower: File
) -> None:
    one_color = "red.png", stripes(RED)
    photo_in_one_color = await slash(flower, colors=1)
    for reply in (await slash(one_color), await slash(flag), photo_in_one_color):
        assert list((await reply.click("recolor")).controls) == []
    mixed = await slash(
        ("two.png", stripes(*[(0, 0, 0), (255, 255, 255)] * 9, (90, 90, 90))), colors=2
    )
    assert list((await mixed.click("recolor")).controls) == ["dither:1"]


async def test_of_an_animation_the_first_frame_is_redrawn(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    first, *others = (Image.open(io.BytesIO(stripes(color))) for color in (RED, GREEN))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others, duration=100)
    redrawn = await (await slash(("a.gif", file.getvalue()))).click("recolor")
    assert colors_in(redrawn.file("redrawn-1.png")) == {RED}
    assert "This is the first frame of the animation." in redrawn.text
