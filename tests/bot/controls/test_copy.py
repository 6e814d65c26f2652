"""Copy all: the codes as text."""

import pytest
import simcord
from discord import ui

import palette
from bot.controls.copy import codes_message
from bot.language import language_of
from bot.reply.control import Control
from bot.reply.notations import TEXTS
from palette import NOTATIONS, Palette, Swatch
from tests.bot.colors import RED
from tests.bot.controls.pressed import Ask
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_code_is_copied_one_a_line_in_private(
    post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    reply = await post(flower)
    copied = await reply.seen_by(bob).click("copy")
    assert copied.private
    codes = "\n".join(palette.extract(flower[1], 10).hex)
    assert copied.message.content == f"```\n{codes}\n```"


async def test_the_notation_is_changed_in_place(post: Ask, flower: File) -> None:
    copied = await (await post(flower)).click("copy")
    expected = palette.extract(flower[1], 10)
    for key, notation in NOTATIONS.items():
        written = await copied.select("notation", key)
        assert written.message.id == copied.message.id
        assert written.message.content == f"```\n{notation.write(expected)}```"
        options = written.controls["notation:1"].options
        assert [option.label for option in options if option.default] == [notation.label]


async def test_a_link_opens_the_colors_elsewhere(post: Ask, flower: File) -> None:
    copied = await (await post(flower)).click("copy")
    written = await copied.select("notation", "css")
    codes = "-".join(code[1:] for code in palette.extract(flower[1], 10).hex)
    for message in (copied, written):
        (link,) = [item for item in message.items if isinstance(item, ui.Button) and item.url]
        assert link.url == f"https://coolors.co/{codes}"


async def test_notations_are_called_in_words_that_are_translated_or_by_names() -> None:
    labels = {each.label for each in NOTATIONS.values()}
    names = {"rgb()", "hsl()", "HSV", "oklch()", "Swift (SwiftUI)", "Kotlin (Jetpack Compose)"}
    assert labels - TEXTS == names
    assert labels > TEXTS
    _, view = codes_message(
        Palette((Swatch(RED, 1.0, "red"),)), "hex", 1, language_of("de"), themes=False
    )
    menu, _ = [item.item for item in view.children if isinstance(item, Control)]
    assert menu.options[1].label == "Hex in Großbuchstaben"
