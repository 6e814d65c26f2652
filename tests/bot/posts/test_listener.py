"""Images that people post, and what the bot does about them."""

import asyncio
import io
import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import discord
import pillow_heif
import pytest
from PIL import Image

import palette
from bot.posts import channel as posts_channel
from bot.posts.channel import Typing
from bot.services import Services
from bot.settings import Listen

if TYPE_CHECKING:
    from tests.bot.conftest import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)


async def test_a_photo_is_answered_with_card_and_codes(world: "World", flower: "File") -> None:
    reply = await world.post(flower)
    expected = palette.extract(flower[1], 10)
    assert reply is not None
    assert reply.codes == list(expected.hex)
    assert reply.accents == [expected.dominant.hex]
    assert all(swatch.name in reply.texts[0].replace("\xa0", " ") for swatch in expected)
    (card,) = reply.cards
    assert card == palette.render_card(expected)
    (description,) = reply.descriptions
    assert description is not None
    assert all(f"{swatch.hex} {swatch.name}" in description for swatch in expected)


async def test_the_reply_refers_to_the_photo_and_pings_nobody(
    world: "World", flower: "File"
) -> None:
    reply = await world.post(flower, content="@everyone look")
    assert reply is not None
    reference = reply.message.reference
    assert reference is not None
    assert reference.message_id == world.channel.history()[0].id
    assert not reply.message.mentions
    assert world.env.http_requests[-1].json["allowed_mentions"] == {"parse": []}


async def test_each_of_four_images_has_its_card_in_one_reply(
    world: "World", stripes: Callable[..., bytes]
) -> None:
    colors = [RED, GREEN, BLUE, (0, 0, 0)]
    reply = await world.post(*((f"{n}.png", stripes(color)) for n, color in enumerate(colors)))
    assert reply is not None
    assert reply.codes == [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in colors]
    assert reply.accents == reply.codes
    assert [item.filename for item in reply.message.attachments] == [
        f"palette-{number}.png" for number in (1, 2, 3, 4)
    ]
    assert len(set(reply.cards)) == 4
    assert len(world.channel.history()) == 2


async def test_of_more_images_the_first_four_are_answered(
    world: "World", stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(*((f"{n}.png", stripes((n, n, n))) for n in range(6)))
    assert reply is not None
    assert reply.codes == ["#000000", "#010101", "#020202", "#030303"]
    assert "first 4 of 6 images" in reply.texts[-1]


async def test_a_bad_image_does_not_spoil_the_good_one(
    world: "World", stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(("a.png", b"text"), ("b.png", stripes(RED)))
    assert reply is not None
    assert re.search("Image 1: .*no image", reply.texts[0])
    assert reply.codes == ["#c81e28"]
    assert len(reply.cards) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty or no image"),
        (b"just text", "empty or no image"),
        (b"8BPS\0\1", "cannot open this kind"),
        (b"\x89PNG\r\n\x1a\n\0\0", "damaged"),
    ],
)
async def test_a_file_that_only_claims_to_be_an_image_gets_a_sentence(
    world: "World", data: bytes, sentence: str
) -> None:
    reply = await world.post(("photo.png", data))
    assert reply is not None
    assert sentence in reply.texts[0]
    assert "Image 1" not in reply.texts[0]
    assert not reply.cards


async def test_the_bytes_decide_not_the_name(world: "World", stripes: Callable[..., bytes]) -> None:
    reply = await world.post(("photo.png", stripes(RED, GREEN, kind="WEBP")))
    assert reply is not None
    assert reply.cards


@pytest.mark.parametrize("content_type", [None, "application/octet-stream"])
async def test_a_format_discord_does_not_know_is_answered(
    world: "World", content_type: str | None
) -> None:
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), BLUE)).save(file)
    reply = await world.post_directly(("IMG_0001.HEIC", file.getvalue()), content_type)
    assert reply is not None
    assert reply.cards


async def test_an_image_is_known_by_its_type_when_its_name_tells_nothing(
    world: "World", stripes: Callable[..., bytes]
) -> None:
    reply = await world.post_directly(("image", stripes(RED)), "image/png")
    assert reply is not None
    assert reply.cards


async def test_a_transparent_image_gets_a_sentence(world: "World") -> None:
    file = io.BytesIO()
    Image.new("RGBA", (4, 4)).save(file, "PNG")
    reply = await world.post(("glass.png", file.getvalue()))
    assert reply is not None
    assert "transparent" in reply.texts[0]


async def test_other_files_and_words_are_left_alone(world: "World") -> None:
    assert await world.post(content="no picture here: https://example.org/cat.png") is None
    assert await world.post(("notes.txt", b"words"), ("logo.svg", b"<svg/>")) is None
    assert not any("channels" in request.path for request in world.env.http_requests)


async def test_bots_and_webhooks_are_left_alone(
    world: "World", stripes: Callable[..., bytes]
) -> None:
    robot = world.env.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, attachments=[("a.png", stripes(RED))])
    await world.env.guild.create_webhook(world.channel).send(attachments=[("a.png", stripes(RED))])
    assert len(world.channel.history()) == 2
    assert not any("typing" in request.path for request in world.env.http_requests)


async def test_only_mentions_and_direct_messages_without_the_privileged_intent(
    open_world: Callable[..., "World"], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        image = ("a.png", stripes(RED))
        assert await world.post(image) is None
        assert await world.post(image, content=world.client.user.mention) is not None
        assert await world.post_directly(image, "image/png") is not None


async def test_listening_everywhere_asks_for_the_privileged_intent(
    open_world: Callable[..., "World"],
) -> None:
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with open_world(approved_intents=discord.Intents.default()):
            pass


async def test_listening_off_leaves_the_command(
    open_world: Callable[..., "World"], stripes: Callable[..., bytes]
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.OFF, approved_intents=unprivileged) as world:
        image = ("a.png", stripes(RED))
        assert await world.post(image, content=world.client.user.mention) is None
        assert (await world.palette(image)).response.attachments


async def test_without_attachments_the_codes_are_text(world: "World", flower: "File") -> None:
    reply = await world.post(flower, where=world.channel_where_the_bot(attach_files=False))
    assert reply is not None
    assert reply.codes == list(palette.extract(flower[1]).hex)
    assert not reply.cards


async def test_without_the_history_the_reply_refers_to_nothing(
    world: "World", flower: "File"
) -> None:
    channel = world.channel_where_the_bot(read_message_history=False)
    reply = await world.post(flower, where=channel)
    assert reply is not None
    assert reply.cards
    assert reply.message.reference is None


async def test_where_it_may_not_write_there_is_silence_and_one_line(
    world: "World", flower: "File", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    channel = world.channel_where_the_bot(send_messages=False)
    assert await world.post(flower, where=channel) is None
    assert caplog.messages == [f"may not write in channel {channel.id}"]


async def test_a_permission_withdrawn_meanwhile_is_silence_and_one_line(
    world: "World", flower: "File", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="No")
    assert await world.post(flower) is None
    assert caplog.messages == [f"could not reply in channel {world.channel.id}: No"]


def typing_requests(world: "World") -> int:
    return sum(request.path.endswith("/typing") for request in world.env.http_requests)


async def typed(world: "World", times: int) -> None:
    while typing_requests(world) < times:  # noqa: ASYNC110, the simulation has no event for that
        await asyncio.sleep(0)


async def test_typing_is_shown_as_long_as_the_bot_is_at_work_in_a_channel(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts_channel, "TYPING_DELAY", 0.01)
    monkeypatch.setattr(posts_channel, "TYPING_INTERVAL", 0.01)
    typing, channel = Typing(), world.client.get_channel(world.channel.id)
    with typing.during(channel), typing.during(channel):
        await typed(world, times=2)
    shown = typing_requests(world)
    await asyncio.sleep(0.1)
    assert typing_requests(world) == shown


async def test_messages_in_one_channel_share_the_typing(world: "World") -> None:
    typing, channel = Typing(), world.client.get_channel(world.channel.id)
    others = asyncio.all_tasks()
    with typing.during(channel):
        with typing.during(channel):
            assert len(asyncio.all_tasks() - others) == 1
        (showing,) = asyncio.all_tasks() - others
    await asyncio.wait({showing})
    assert showing.cancelled()


async def test_a_reply_that_is_there_at_once_needs_no_typing(
    world: "World", flower: "File"
) -> None:
    assert await world.post(flower) is not None
    assert typing_requests(world) == 0


async def test_work_goes_on_when_typing_fails(
    world: "World", flower: "File", monkeypatch: pytest.MonkeyPatch
) -> None:
    harvest = world.client.services.process

    async def harvest_after_a_moment(*args: object, **keywords: object) -> object:
        await typed(world, times=1)
        return await harvest(*args, **keywords)

    monkeypatch.setattr(posts_channel, "TYPING_DELAY", 0)
    monkeypatch.setattr(Services, "process", staticmethod(harvest_after_a_moment))
    world.env.inject_error("POST", "/channels/*/typing", status=403)
    assert await world.post(flower) is not None


@pytest.mark.parametrize("bulk", [False, True])
async def test_a_photo_deleted_meanwhile_is_not_answered(
    world: "World",
    flower: "File",
    meanwhile: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    *,
    bulk: bool,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    backend, channel = world.env.backend, world.channel.id
    if bulk:
        meanwhile("raw_bulk_message_delete", lambda it: backend.bulk_delete_messages(channel, [it]))
    else:
        meanwhile("raw_message_delete", lambda it: backend.delete_message(channel, it))
    posted = await world.alice.send(world.channel, attachments=[flower])
    assert not world.channel.history()
    assert caplog.messages == [f"message {posted.id} was deleted meanwhile"]


async def test_a_photo_deleted_at_the_last_moment_is_silence_and_one_line(
    world: "World", flower: "File", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error(
        "POST",
        "/channels/*/messages",
        status=400,
        code=50035,
        message="Invalid Form Body\nIn message_reference: Unknown message",
    )
    assert await world.post(flower) is None
    (line,) = caplog.messages
    assert line.startswith(f"could not reply in channel {world.channel.id}: Invalid Form Body")


async def test_a_photo_removed_meanwhile_is_left_out(
    world: "World", stripes: Callable[..., bytes], meanwhile: Callable[..., None]
) -> None:
    def remove_the_first(message_id: int) -> None:
        backend = world.env.backend
        left = backend.get_message(world.channel.id, message_id).attachments[1:]
        backend.edit_message(world.channel.id, message_id, {"attachments": left})

    meanwhile("raw_message_edit", remove_the_first)
    reply = await world.post(("a.png", stripes(RED)), ("b.png", stripes(GREEN)))
    assert reply is not None
    assert reply.codes == ["#1e963c"]


async def test_without_any_of_its_photos_a_message_is_not_answered(
    world: "World", flower: "File", meanwhile: Callable[..., None]
) -> None:
    meanwhile(
        "raw_message_edit",
        lambda it: world.env.backend.edit_message(
            world.channel.id, it, {"attachments": [], "content": "never mind"}
        ),
    )
    assert await world.post(flower) is None


async def test_words_changed_meanwhile_change_nothing(
    world: "World", flower: "File", meanwhile: Callable[..., None]
) -> None:
    meanwhile(
        "raw_message_edit",
        lambda it: world.env.backend.edit_message(world.channel.id, it, {"content": "a flower"}),
    )
    assert await world.post(flower) is not None


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_thread_has_its_own_permission(
    world: "World", flower: "File", *, allowed: bool
) -> None:
    parent = world.channel_where_the_bot(
        send_messages=not allowed, send_messages_in_threads=allowed
    )
    world.env.backend.create_thread(parent.id, "photos", world.alice.id)
    reply = await world.post(flower, where=parent.threads[0])
    assert (reply is not None) is allowed
