"""Recolour: the image redrawn in the palette's colours."""

import io
from collections.abc import Callable

import pytest
import simcord
from PIL import Image

import palette
from tests.bot.colors import GREEN, RED
from tests.bot.controls.pressed import Ask
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


def colors_in(data: bytes) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {color for _, color in image.getcolors(1 << 24) or ()}


async def test_the_image_is_shown_before_and_after_with_both_sizes(
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


async def test_of_an_animation_the_first_frame_is_redrawn(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    first, *others = (Image.open(io.BytesIO(stripes(color))) for color in (RED, GREEN))
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others, duration=100)
    redrawn = await (await slash(("a.gif", file.getvalue()))).click("recolor")
    assert colors_in(redrawn.file("redrawn-1.png")) == {RED}
    assert "This is the first frame of the animation." in redrawn.text
