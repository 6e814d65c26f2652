"""People take a palette with them: as text, as a file, as a picture; and have it checked."""

import io
import math
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import palette
from palette.drawing.check_card import render_check
from palette.export.formats import FORMATS, export
from palette.export.notation import NOTATIONS
from palette.vision import check

if TYPE_CHECKING:
    import simcord

    from tests.bot.conftest import File
    from tests.bot.controls.conftest import Pressed

pytestmark = pytest.mark.asyncio(loop_scope="session")

Ask = Callable[..., Awaitable["Pressed"]]


async def test_every_code_is_copied_one_a_line_in_private(
    post: Ask, flower: "File", bob: "simcord.MemberActor"
) -> None:
    reply = await post(flower)
    copied = await reply.seen_by(bob).click("copy")
    assert copied.private
    codes = "\n".join(palette.extract(flower[1], 10).hex)
    assert copied.message.content == f"```\n{codes}\n```"


async def test_the_notation_is_chosen_in_place(post: Ask, flower: "File") -> None:
    copied = await (await post(flower)).click("copy")
    expected = palette.extract(flower[1], 10)
    for key, notation in NOTATIONS.items():
        written = await copied.select("notation", key)
        assert written.message.id == copied.message.id
        assert written.message.content == f"```\n{notation.write(expected)}```"
        chosen = [each.label for each in written.controls["notation:1"].options if each.default]
        assert chosen == [notation.label]


@pytest.mark.parametrize("suffix", FORMATS)
async def test_every_kind_of_file_is_sent_in_private(
    post: Ask, flower: "File", suffix: str
) -> None:
    menus = await (await post(flower)).click("file")
    assert menus.private
    (action,) = [
        key.removesuffix(":1")
        for key, menu in menus.controls.items()
        if suffix in {option.value for option in menu.options}
    ]
    sent = await menus.select(action, suffix)
    assert sent.private
    expected = palette.extract(flower[1], 10)
    name = expected.dominant.name
    (filename,) = sent.sent
    assert filename == f"{name.replace(' ', '-')}-10.{suffix}"
    assert sent.file(filename) == export(expected, suffix, name.capitalize())


def colors_in(data: bytes) -> set[tuple[int, ...]]:
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return {color for _, color in image.getcolors(1 << 24) or ()}


async def test_the_picture_is_redrawn_and_shown_before_and_after(
    post: Ask, flower: "File", bob: "simcord.MemberActor"
) -> None:
    reply = await post(flower)
    redrawn = await reply.seen_by(bob).click("recolor")
    assert redrawn.private
    after = redrawn.file("redrawn-1.png")
    assert colors_in(after) == {swatch.rgb for swatch in palette.extract(flower[1], 10)}
    before = Image.open(io.BytesIO(redrawn.file("picture-1.webp")))
    assert Image.open(io.BytesIO(after)).size == before.size
    png = io.BytesIO()
    before.save(png, "PNG")
    times = len(png.getvalue()) / len(after)
    assert times > 2
    assert f"{times:.1f} times smaller" in redrawn.text
    assert f"{len(after) / 1000:.0f} kB after" in redrawn.text


async def test_dithering_is_switched_on_and_off_in_place(slash: Ask, flower: "File") -> None:
    plain = await (await slash(flower, colors=3)).click("recolor")
    dithered = await plain.click("dither")
    assert dithered.message.id == plain.message.id
    assert dithered.file("redrawn-1.png") != plain.file("redrawn-1.png")
    assert colors_in(dithered.file("redrawn-1.png")) == colors_in(plain.file("redrawn-1.png"))
    assert dithered.file("picture-1.webp") == plain.file("picture-1.webp")
    again = await dithered.click("plain")
    assert again.file("redrawn-1.png") == plain.file("redrawn-1.png")


async def test_of_an_animation_the_first_frame_is_redrawn(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    colors = [(200, 30, 40), (30, 150, 60)]
    first, *others = (Image.open(io.BytesIO(stripes(color))) for color in colors)
    file = io.BytesIO()
    first.save(file, "GIF", save_all=True, append_images=others, duration=100)
    redrawn = await (await slash(("a.gif", file.getvalue()))).click("recolor")
    assert colors_in(redrawn.file("redrawn-1.png")) == {colors[0]}
    assert "first frame" in redrawn.text


async def test_the_check_names_what_was_measured(
    post: Ask, flower: "File", bob: "simcord.MemberActor"
) -> None:
    told = await (await post(flower)).seen_by(bob).click("check")
    assert told.private
    found = palette.extract(flower[1], 10)
    measured = check(found)
    ratios = [measured.contrasts[i][j] for i in range(10) for j in range(i)]
    assert f"{sum(ratio >= 4.5 for ratio in ratios)} pairs reach 4.5 : 1" in told.text
    for simulation in measured.simulations:
        assert simulation.deficiency.value.capitalize() in told.text
        for pair in simulation.confusions:
            difference = math.floor(10 * pair.simulated) / 10
            line = rf"`{pair.one.hex}` .*`{pair.other.hex}` .*: .* → {difference}"
            assert re.search(line, told.text)
    assert told.file("check-1.png") == render_check(found)
    assert "below 10" in told.text
    assert "safe" not in told.text


async def test_one_colour_has_nothing_to_be_compared_with(
    slash: Ask, stripes: Callable[..., bytes]
) -> None:
    told = await (await slash(("a.png", stripes((9, 99, 199))))).click("check")
    assert "only one colour" in told.text
