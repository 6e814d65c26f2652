"""Who may not post images in a channel cannot have the bot post them there."""

from collections.abc import Callable

import discord
import pytest
import simcord

from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import File, World, codes_in, texts_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

CDN = "https://cdn.discordapp.com"
EMOJI = "123456789012345678"
REASON = "-# Only you see this, because you can't post images here."


def channel_for_words(world: World, *missing: str) -> simcord.ChannelHandle:
    """Return a channel in which people with the role "newcomers" lack permissions."""
    newcomers = world.env.guild.create_role("newcomers")
    world.alice = world.add_member("newcomer", roles=[newcomers])
    overwrite = discord.PermissionOverwrite(**dict.fromkeys(missing, False))
    return world.env.guild.create_text_channel("words", overwrites={newcomers: overwrite})


def images(world: World, stripes: Callable[..., bytes]) -> dict[str, object]:
    """Return what ``/palette`` can be pointed at; a link, an avatar and an emoji."""
    bob = world.add_member("bob", avatar="b")
    world.serve(f"{CDN}/avatars/{bob.id}/b.png?size=1024", stripes(GREEN))
    world.serve(f"{CDN}/emojis/{EMOJI}.png", stripes(BLUE))
    link = world.serve("https://example.org/cat", stripes(RED))
    return {"link": link, "user": bob, "emoji": EMOJI}


@pytest.mark.parametrize("missing", [["attach_files"], ["embed_links"]])
async def test_what_they_point_at_is_answered_to_them_alone(
    world: World, stripes: Callable[..., bytes], missing: list[str]
) -> None:
    world.channel = channel_for_words(world, *missing)
    for (option, value), color in zip(
        images(world, stripes).items(), (RED, GREEN, BLUE), strict=True
    ):
        result = await world.palette(**{option: value})
        assert result.ephemeral
        assert codes_in(result.response.message) == hex_codes(color)
        assert texts_in(result.response.message)[0] == REASON
    assert not world.channel.history()


async def test_a_person_they_point_at_is_answered_to_them_alone(
    world: World, stripes: Callable[..., bytes]
) -> None:
    world.channel = channel_for_words(world, "attach_files")
    bob = images(world, stripes)["user"]
    assert isinstance(bob, simcord.MemberActor)
    result = await world.apps_palette(bob)
    assert result.ephemeral
    assert texts_in(result.response.message)[0] == REASON
    assert not world.channel.history()


async def test_what_everyone_sees_there_already_is_answered_to_everyone(
    world: World, flower: File
) -> None:
    world.channel = channel_for_words(world, "attach_files", "embed_links")
    await world.add_member("bob").send(world.channel, attachments=[flower])
    for result in (await world.palette(), await world.apps_palette(world.channel.history()[0])):
        assert not result.ephemeral
        assert REASON not in texts_in(result.response.message)


async def test_others_are_answered_for_everyone_to_see(
    world: World, stripes: Callable[..., bytes]
) -> None:
    channel_for_words(world, "attach_files")
    shown = images(world, stripes)
    for option, value in shown.items():
        result = await world.palette(**{option: value})
        assert not result.ephemeral
        assert REASON not in texts_in(result.response.message)
    link = shown["link"]
    result = await world.alice.user.slash("palette", link=link)
    assert not result.ephemeral


async def test_a_private_answer_they_asked_for_needs_no_reason(
    world: World, stripes: Callable[..., bytes]
) -> None:
    world.channel = channel_for_words(world, "attach_files")
    result = await world.palette(link=images(world, stripes)["link"], private=True)
    assert REASON not in texts_in(result.response.message)
