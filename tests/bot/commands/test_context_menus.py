"""Right-click → Apps → Palette, on messages and on people."""

from collections.abc import Callable

import pytest

from tests.bot.colors import GREEN, RED, hex_codes
from tests.bot.world import File, World, codes_in, private_text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_with_one_image(world: World, stripes: Callable[..., bytes]) -> None:
    uploads = world.env.backend.store_attachments(world.channel.id, [("a.png", stripes(RED))])
    result = await world.apps_palette(world.post_as_bot(attachments=uploads))
    assert not result.ephemeral
    assert codes_in(result.response.message) == hex_codes(RED)


async def test_a_person(world: World, stripes: Callable[..., bytes]) -> None:
    bob = world.add_member("bob", avatar="b")
    world.serve(f"https://cdn.discordapp.com/avatars/{bob.id}/b.png?size=1024", stripes(GREEN))
    result = await world.apps_palette(bob)
    assert codes_in(result.response.message) == hex_codes(GREEN)


async def test_a_message_without_images(world: World) -> None:
    result = await world.apps_palette(world.post_as_bot("hello https://example.org/a.png"))
    assert private_text(result) == "There's no image in that message."


async def test_a_message_with_a_lottie_sticker(world: World) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=3)
    result = await world.apps_palette(world.post_as_bot(stickers=[sticker]))
    assert "Lottie" in private_text(result)


async def test_an_image_deleted_in_the_meantime_is_not_brought_back(
    world: World, flower: File, during_processing: Callable[..., None]
) -> None:
    posted = await world.alice.send(world.channel, attachments=[flower])
    during_processing(lambda: world.delete(posted))
    result = await world.apps_palette(posted)
    assert result.response is None
    assert private_text(result) == "That message or channel is gone."
    assert world.channel.history() == []  # the answer to the post itself is gone, too
