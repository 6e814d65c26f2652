"""Which posted images are answered, and with what."""

import io
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import discord
import pillow_heif
import pytest
from PIL import Image

import palette
from bot.settings import Listen
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_photo_is_answered_with_card_and_codes(world: World, flower: File) -> None:
    reply = await world.post(flower)
    expected = palette.extract(flower[1], 10)
    assert reply is not None
    assert reply.codes == list(expected.hex)
    assert reply.accents == [expected.dominant.hex]
    (card,) = reply.cards
    assert card == palette.render_card(expected)
    (description,) = reply.descriptions
    assert description is not None
    assert all(f"{swatch.hex} {swatch.name}" in description for swatch in expected)


async def test_the_reply_refers_to_the_photo_and_pings_nobody(world: World, flower: File) -> None:
    reply = await world.post(flower, content="@everyone look")
    assert reply is not None
    reference = reply.message.reference
    assert reference is not None
    assert reference.message_id == world.channel.history()[0].id
    assert not reply.message.mentions
    assert world.env.http_requests[-1].json["allowed_mentions"] == {"parse": []}


async def test_each_of_four_images_has_its_card_in_one_reply(
    world: World, stripes: Callable[..., bytes]
) -> None:
    colors = [RED, GREEN, BLUE, (0, 0, 0)]
    reply = await world.post(*((f"{n}.png", stripes(color)) for n, color in enumerate(colors)))
    assert reply is not None
    assert reply.codes == hex_codes(*colors)
    assert reply.accents == reply.codes
    assert [item.filename for item in reply.message.attachments] == [
        f"{number - 1}-palette-{number}.png" for number in (1, 2, 3, 4)
    ]
    assert [each.partition("\n")[0] for each in reply.texts] == [
        f"-# {number}/4 · {number - 1}.png" for number in (1, 2, 3, 4)
    ]
    assert len(set(reply.cards)) == 4
    assert len(world.channel.history()) == 2


async def test_of_more_images_the_first_four_are_answered(
    world: World, stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(*((f"{n}.png", stripes((n, n, n))) for n in range(6)))
    assert reply is not None
    assert reply.codes == ["#000000", "#010101", "#020202", "#030303"]
    assert reply.texts[-1] == "-# The first 4 of 6 images."


async def test_a_bad_image_does_not_spoil_the_good_one(
    world: World, stripes: Callable[..., bytes]
) -> None:
    files = ("a.png", b"text"), ("b.png", stripes(RED))
    reply = await world.post(*files, content=world.client.user.mention)
    assert reply is not None
    assert reply.texts[0] == "Image 1: That isn't an image I can read."
    assert reply.codes == hex_codes(RED)
    assert len(reply.cards) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "That isn't an image I can read."),
        (b"just text", "That isn't an image I can read."),
        (b"8BPS\0\1", "I can't open this kind of image (Photoshop)."),
        (b"\x89PNG\r\n\x1a\n\0\0", "This image is damaged or incomplete."),
    ],
)
async def test_a_file_that_only_claims_to_be_an_image(
    world: World, data: bytes, sentence: str
) -> None:
    reply = await world.post(("photo.png", data), content=world.client.user.mention)
    assert reply is not None
    assert reply.texts[0].startswith(sentence)
    assert not reply.cards


async def test_a_transparent_image(world: World) -> None:
    file = io.BytesIO()
    Image.new("RGBA", (4, 4)).save(file, "PNG")
    reply = await world.post(("glass.png", file.getvalue()), content=world.client.user.mention)
    assert reply is not None
    assert "completely transparent" in reply.texts[0]


async def test_the_content_decides_and_not_the_name(
    world: World, stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(("photo.png", stripes(RED, GREEN, kind="WEBP")))
    assert reply is not None
    assert reply.cards


@pytest.mark.parametrize("content_type", [None, "application/octet-stream"])
async def test_a_format_discord_does_not_know_is_answered(
    world: World, content_type: str | None
) -> None:
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), BLUE)).save(file)
    reply = await world.post_directly(("IMG_0001.HEIC", file.getvalue()), content_type)
    assert reply is not None
    assert reply.cards


async def test_an_image_without_a_suffix_is_recognized_by_its_type(
    world: World, stripes: Callable[..., bytes]
) -> None:
    reply = await world.post_directly(("image", stripes(RED)), "image/png")
    assert reply is not None
    assert reply.cards


async def test_other_files_and_words_are_ignored(world: World) -> None:
    assert await world.post(content="no image here: https://example.org/cat.png") is None
    assert await world.post(("notes.txt", b"words"), ("logo.svg", b"<svg/>")) is None
    assert not any("channels" in request.path for request in world.env.http_requests)


async def test_bots_and_webhooks_are_ignored(world: World, stripes: Callable[..., bytes]) -> None:
    robot = world.add_member("robot", bot=True)
    await robot.send(world.channel, attachments=[("a.png", stripes(RED))])
    await world.env.guild.create_webhook(world.channel).send(attachments=[("a.png", stripes(RED))])
    assert len(world.channel.history()) == 2
    assert not any("typing" in request.path for request in world.env.http_requests)


# What the host allows.


async def test_without_the_privileged_intent_mentions_and_direct_messages_are_answered(
    open_world: Callable[..., AbstractAsyncContextManager[World]], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        image = ("a.png", stripes(RED))
        assert await world.post(image) is None
        assert await world.post(image, content=world.client.user.mention) is not None
        assert await world.post_directly(image, "image/png") is not None


async def test_listening_everywhere_needs_the_privileged_intent(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with open_world(approved_intents=discord.Intents.default()):
            pass


async def test_with_listening_off_only_the_command_is_left(
    open_world: Callable[..., AbstractAsyncContextManager[World]], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.OFF, approved_intents=unprivileged) as world:
        image = ("a.png", stripes(RED))
        assert await world.post(image, content=world.client.user.mention) is None
        assert (await world.palette(image)).response.attachments
