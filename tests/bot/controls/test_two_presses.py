"""Two quick presses: the second, made on the message as it was, adds to what the first changed."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

import pytest
import simcord
from PIL import Image

from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass(frozen=True)
class Shown:
    """What somebody sees of a palette: how many colours, and what its menus show as chosen."""

    count: int
    style: str = "seen"
    order: str = "path"
    kept: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()


# What each press does to what is shown; {0} and {1} are codes of the palette that was pressed.
PRESSES: dict[str, tuple[tuple[str, ...], Callable[[Shown, list[str]], Shown]]] = {
    "fewer": ((), lambda shown, _: replace(shown, count=shown.count - 1)),
    "more": ((), lambda shown, _: replace(shown, count=shown.count + 1)),
    "number": (("5",), lambda shown, _: replace(shown, count=5)),
    "style": (("faithful",), lambda shown, _: replace(shown, style="faithful")),
    "order": (("hue",), lambda shown, _: replace(shown, order="hue")),
    "keep": (("{0}",), lambda shown, codes: replace(shown, kept=shown.kept | {codes[0]})),
    "leave": (("{1}",), lambda shown, codes: replace(shown, left_out=shown.left_out | {codes[1]})),
}


@pytest.fixture(scope="module")
def ramps() -> File:
    """Return an image of more colours than any palette has."""
    ramp = Image.linear_gradient("L").resize((48, 48))
    turned = ramp.transpose(Image.Transpose.ROTATE_90)
    file = io.BytesIO()
    Image.merge("RGB", (ramp, turned, ramp.transpose(Image.Transpose.ROTATE_180))).save(file, "PNG")
    return "ramps.png", file.getvalue()


async def prepared(reply: Pressed, action: str, codes: list[str]) -> Callable[[], None]:
    """Return what presses a control of the message as it is now, or submits the open form."""
    values, _ = PRESSES[action]
    if values:
        return await reply.prepare_adjust(action, *(value.format(*codes) for value in values))
    return reply.prepare_click(action)


async def observe(reply: Pressed) -> Shown:
    """Look at a reply as a person does, and into its form."""
    reply = reply.now()
    (style,), (order,) = await reply.chosen("style"), await reply.chosen("order")
    kept, left_out = await reply.chosen("keep"), await reply.chosen("leave")
    return Shown(len(reply.codes), style, order, kept, left_out)


@pytest.mark.parametrize("late", [False, True], ids=["at once", "late"])
@pytest.mark.parametrize(("first", "second"), [*product(PRESSES, repeat=2)])
async def test_of_two_presses_on_the_same_message_both_count(
    post: Ask, ramps: File, first: str, second: str, *, late: bool
) -> None:
    """A late press is made on the message as it was before the first one changed it."""
    reply = await post(ramps)
    codes = reply.codes
    expected = Shown(len(codes))
    for press in (first, second):
        expected = PRESSES[press][1](expected, codes)
    press_first, press_second = [await prepared(reply, each, codes) for each in (first, second)]
    press_first()
    if late:
        await reply.env.settle()
    press_second()
    await reply.env.settle()
    assert await observe(reply) == expected


@pytest.mark.parametrize(
    ("clicks", "count"), [(["fewer"] * 4, 6), (["more"] * 3, 13), (["more", "fewer"] * 2, 10)]
)
async def test_as_many_presses_as_there_are_count(
    slash: Ask, ramps: File, clicks: list[str], count: int
) -> None:
    reply = await slash(ramps)
    for press in [reply.prepare_click(action) for action in clicks]:
        press()
    await reply.env.settle()
    assert len(reply.now().codes) == count


async def test_quick_presses_stop_at_one_colour(post: Ask, stripes: Callable[..., bytes]) -> None:
    reply = await post(("two.png", stripes((200, 30, 40), (20, 40, 180))))
    for press in [reply.prepare_click("fewer") for _ in range(3)]:
        press()
    await reply.env.settle()
    assert len(reply.now().codes) == 1


async def test_two_people_who_leave_out_a_colour_each_both_get_their_way(
    post: Ask, ramps: File, moderator: simcord.MemberActor
) -> None:
    reply = await post(ramps)
    one, other = reply.codes[0], reply.codes[5]
    for press in (
        await reply.prepare_adjust("leave", one),
        await reply.seen_by(moderator).prepare_adjust("leave", other),
    ):
        press()
    await reply.env.settle()
    assert (await observe(reply)).left_out == {one, other}


async def test_deselecting_a_color_undoes_no_choice_made_meanwhile(post: Ask, ramps: File) -> None:
    reply = await post(ramps)
    one = reply.codes[2]
    reply = (await reply.adjust("keep", one)).now()
    other = next(code for code in reply.codes if code != one)
    for press in (
        await reply.prepare_adjust("keep", one, other),
        await reply.prepare_adjust("keep"),
    ):
        press()
    await reply.env.settle()
    assert (await observe(reply)).kept == {other}


async def test_a_late_choice_for_someone_else_is_a_private_copy_of_what_they_saw(
    post: Ask, ramps: File, bob: simcord.MemberActor
) -> None:
    reply = await post(ramps)
    await reply.click("fewer")
    copy = await reply.now().seen_by(bob).click("fewer")
    assert copy.private
    assert (len(copy.codes), len(reply.now().codes)) == (8, 9)
