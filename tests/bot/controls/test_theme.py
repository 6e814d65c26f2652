"""Use as Discord theme: what Discord is sent, by its own description, and who may send it."""

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import discord
import jsonschema
import pytest
import simcord
from hypothesis import given
from simcord.backend.models.channel import Overwrite
from simcord.enums import OverwriteType

from bot.controls.copy import codes_message
from bot.controls.theme import theme_of
from bot.language import ENGLISH
from palette import RGB, Palette
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.controls.pressed import Ask, Pressed
from tests.bot.local_discord import ALICE, LocalDiscord
from tests.bot.reply.palettes import palette_of, palettes
from tests.bot.world import File, World, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]

DESCRIPTION = json.loads(Path(__file__).with_name("create_message_with_theme.json").read_text())
WHITE, BLACK = (250, 250, 250), (5, 5, 5)


def bare_codes(*colors: RGB) -> list[str]:
    return [code[1:].upper() for code in hex_codes(*colors)]


@pytest.fixture(scope="module")
def seven() -> Palette:
    """Return seven dark colours, of which two are used least."""
    colors = [BLACK, RED, (60, 0, 60), BLUE, (0, 60, 60), GREEN, (70, 50, 20)]
    return palette_of(colors, [40, 20, 1, 10, 9, 2, 18])


@pytest.mark.parametrize("fault", [None, "fails/503", "hangs_up", "accepts_and_hangs_up"])
@pytest.mark.usefixtures("immediate_retries")
async def test_discord_is_sent_the_message_that_it_describes_and_once(
    serving: Serving, local_discord: LocalDiscord, seven: Palette, fault: str | None
) -> None:
    local_discord.faults["POST channels/*/messages"] += [fault] if fault else []
    content, view = codes_message(seven, "hex", 1, ENGLISH, themes=True)
    attempts = 3 if fault == "accepts_and_hangs_up" else 2
    async with serving() as here:
        for _ in range(2):
            await here.press("theme", content, view.to_components())
        await here.wait_until(lambda here: here.accepted == attempts)
    (sent,) = here.sent
    jsonschema.validate(sent.payload, DESCRIPTION)
    assert sent.payload["shared_client_theme"] == {
        "colors": ["050505", *bare_codes(RED, BLUE), "003C3C", "463214"],
        "gradient_angle": 0,
        "base_mix": 58,
        "base_theme": 1,
    }
    assert sent.payload["enforce_nonce"]
    assert f"<@{ALICE}>" in sent.payload["content"]
    assert sent.payload["allowed_mentions"]["parse"] == []


@given(palettes)
async def test_every_palette_makes_a_theme_that_discord_takes(palette: Palette) -> None:
    theme = theme_of(palette)
    jsonschema.validate({"shared_client_theme": theme}, DESCRIPTION)
    codes = [code[1:].upper() for code in palette.hex]
    assert theme["colors"] == [code for code in codes if code in theme["colors"]]
    assert len(theme["colors"]) == min(5, len(palette))


async def test_the_base_is_as_light_as_the_palette() -> None:
    assert theme_of(palette_of([WHITE, BLACK], [3, 1]))["base_theme"] == 2
    assert theme_of(palette_of([WHITE, BLACK], [1, 3]))["base_theme"] == 1


def themes_in(channel: simcord.ChannelHandle) -> list[discord.Message]:
    return [each for each in channel.history() if "made a Discord theme" in each.content]


async def test_it_is_sent_where_the_palette_is_and_after_a_restart(
    world: World, post: Ask, flag: File, bob: simcord.MemberActor
) -> None:
    copied = await (await post(flag)).seen_by(bob).click("copy")
    copied = await copied.select("notation", "css")  # the button stays
    await world.restart()
    await copied.click("theme")
    (sent,) = themes_in(world.channel)
    assert f"<@{bob.id}>" in sent.content


async def test_the_theme_is_in_the_language_of_the_place(
    world: World, post: Ask, flag: File
) -> None:
    reply = await post(flag)
    world.locale = "de"
    await world.choose("language", "fr")
    copied = await reply.click("copy")
    await copied.click("theme")
    assert "thème Discord" in world.channel.last_message.content


async def test_who_may_not_write_there_may_not_have_it_sent(
    world: World, flag: File, slash: Ask
) -> None:
    mute = world.env.guild.create_role("mute")
    world.alice = world.add_member("listener", roles=[mute])
    overwrite = discord.PermissionOverwrite(send_messages=False)
    channel = world.env.guild.create_text_channel("news", overwrites={mute: overwrite})
    refused = await (await (await slash(flag, where=channel)).click("copy")).click("theme")
    assert refused.result is not None
    assert private_text(refused.result) == "You can't post that here, so I don't either."
    assert not themes_in(channel)


async def test_where_the_bot_cannot_write_there_is_no_such_button(
    world: World, flag: File, slash: Ask
) -> None:
    channel = world.channel_with_bot_permissions(send_messages=False)
    copied = await (await slash(flag, where=channel)).click("copy")
    assert list(copied.controls) == ["notation:1", "one:1"]
    assert copied.codes


async def test_if_the_bot_cannot_write_there_any_more_it_says_so(
    world: World, flag: File, slash: Ask
) -> None:
    copied: Pressed = await (await slash(flag)).click("copy")
    denied = discord.Permissions(send_messages=True).value
    overwrite = Overwrite(world.client.user.id, OverwriteType.MEMBER, deny=denied)
    world.env.backend.set_overwrite(world.channel.id, overwrite)
    refused = await copied.click("theme")
    assert refused.result is not None
    assert private_text(refused.result) == "I'm not allowed to do that here."
