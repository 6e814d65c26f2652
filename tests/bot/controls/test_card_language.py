"""In which language a card is: in that of those who see the message."""

from collections.abc import Callable
from functools import partial

import pytest
import simcord

import palette
from bot.color_names import label
from bot.language import LANGUAGES, language_of
from palette import Palette, extract
from tests.bot.colors import RED
from tests.bot.controls.pressed import Ask
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


def card(shown: Palette, code: str) -> bytes:
    return palette.render_card(shown, partial(label, language=language_of(code)))


@pytest.mark.parametrize("code", LANGUAGES)
async def test_a_public_reply_has_a_card_in_the_servers_language(
    world: World, post: Ask, slash: Ask, flower: File, code: str
) -> None:
    await world.choose("language", code)
    expected = card(extract(flower[1]), code)
    assert (await post(flower)).card() == expected
    assert (await slash(flower)).card() == expected


@pytest.mark.parametrize(("locale", "code"), [("ro", "ro"), ("en-US", "en_US")])
async def test_a_private_answer_has_a_card_in_the_readers_language(
    world: World, slash: Ask, stripes: Callable[..., bytes], locale: str, code: str
) -> None:
    await world.choose("language", "de")
    world.locale = locale
    image = stripes(RED, (128, 128, 128))  # red, and either grey or gray
    private = await slash(("image.png", image), private=True)
    expected = card(extract(image), code)
    assert private.card() == expected != palette.render_card(extract(image))


async def test_a_changed_card_stays_in_its_language_and_a_copy_is_in_the_readers(
    world: World, post: Ask, flower: File, bob: simcord.MemberActor
) -> None:
    await world.choose("language", "de")
    world.locale = "ja"
    smaller = await (await post(flower)).click("fewer")
    nine = extract(flower[1], 9)
    assert smaller.card() == card(nine, "de")
    by_share = await smaller.adjust("order", "share")
    assert by_share.card() == card(nine.sorted_by("share"), "de")
    copy = await by_share.seen_by(bob).click("fewer")
    assert copy.card() == card(extract(flower[1], 8).sorted_by("share"), "ja")
    by_hue = await by_share.seen_by(bob).adjust("order", "hue")
    assert by_hue.card() == card(nine.sorted_by("hue"), "ja")


async def test_a_card_to_save_is_in_english(world: World, post: Ask, flower: File) -> None:
    await world.choose("language", "de")
    world.locale = "de"
    reply = await post(flower)
    saved = await (await reply.click("file")).select("sheet", "png")
    (name,) = saved.sent
    assert saved.file(name) == palette.render_card(extract(flower[1]))
    assert saved.file(name) != reply.card()
