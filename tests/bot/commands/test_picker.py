"""The question which image of a message is meant."""

from collections.abc import Callable

import discord
import pytest
import simcord
from discord import ui

from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import World, codes_in, items_in, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

EMOJI = "<:kek:123456789012345678>"
EMOJI_URL = "https://cdn.discordapp.com/emojis/123456789012345678.png"


def options_in(question: simcord.InteractionResult) -> list[discord.SelectOption]:
    items = items_in(question.response.message)
    (menu,) = (item for item in items if isinstance(item, ui.Select))
    return menu.options


async def test_the_question_is_private_and_its_answer_public(
    world: World, stripes: Callable[..., bytes]
) -> None:
    world.serve(EMOJI_URL, stripes(GREEN))
    uploads = world.env.backend.store_attachments(world.channel.id, [("red.png", stripes(RED))])
    question = await world.apps_palette(world.post_as_bot(EMOJI, attachments=uploads))
    assert question.ephemeral
    assert [(option.label, option.description) for option in options_in(question)] == [
        ("1. red.png", "Image"),
        ("2. kek", "Emoji"),
    ]
    for number, color in (("2", GREEN), ("1", RED)):
        answer = await world.alice.select(question.response, [number])
        assert not answer.ephemeral
        assert codes_in(answer.response.message) == hex_codes(color)


async def test_it_can_be_answered_after_a_restart_and_without_the_message(
    world: World, stripes: Callable[..., bytes]
) -> None:
    files = [("a.png", stripes(RED)), ("b.png", stripes(GREEN))]
    uploads = world.env.backend.store_attachments(world.channel.id, files)
    message = world.post_as_bot(attachments=uploads)
    question = await world.apps_palette(message)
    world.env.backend.delete_message(message.channel.id, message.id)
    await world.restart()
    answer = await world.alice.select(question.response, ["2"])
    assert codes_in(answer.response.message) == hex_codes(GREEN)


async def test_it_offers_25_images_and_says_how_many_there_are(world: World) -> None:
    text = " ".join(f"<:{'e' * 32}:{number}>" for number in range(10**17, 10**17 + 30))
    question = await world.apps_palette(world.post_as_bot(text))
    assert len(options_in(question)) == 25
    assert texts_in(question.response.message) == ["-# The first 25 of 30 images."]
