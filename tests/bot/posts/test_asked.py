"""Who asks gets an answer, whatever the file is; who does not ask is left in peace."""

import io
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import pytest
from PIL import Image

from bot.sources.source import from_emoji
from tests.bot.colors import BLUE, GREEN, RED, hex_codes
from tests.bot.world import File, ReceivedReply, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Ask = Callable[[World, File], Awaitable[ReceivedReply | None]]

NO_IMAGE = "That isn't an image I can read."
UNREADABLE = {
    "logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "layers.psd": b"8BPS\0\1" + bytes(40),
    "clip.mp4": b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(40),
    "notes.txt": b"words",
    "paper.pdf": b"%PDF-1.7\n",
    "all.zip": b"PK\3\4" + bytes(40),
    "LICENSE": b"words",
    "nothing": b"",
}


async def ask_in_channel(world: World, file: File) -> ReceivedReply | None:
    return await world.post(file, content=f"{world.client.user.mention} please")


async def ask_directly(world: World, file: File) -> ReceivedReply | None:
    return await world.post_directly(file, None)


@pytest.mark.parametrize("ask", [ask_in_channel, ask_directly])
@pytest.mark.parametrize("name", UNREADABLE)
async def test_who_asks_about_a_file_without_an_image_is_told_so(
    world: World, ask: Ask, name: str
) -> None:
    reply = await ask(world, (name, UNREADABLE[name]))
    assert reply is not None
    assert not reply.cards
    (sentence,) = reply.texts
    assert "I can" in sentence  # what it can read, or that it cannot; not that something went wrong


async def test_who_does_not_ask_gets_silence(world: World) -> None:
    for file in UNREADABLE.items():
        assert await world.post(file) is None
    assert not any("channels" in request.path for request in world.env.http_requests)


async def test_what_nobody_asks_about_is_not_downloaded(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    requested: list[str] = []
    get = world.env.backend.cdn.get
    monkeypatch.setattr(world.env.backend.cdn, "get", lambda url: requested.append(url) or get(url))
    for name in ("clip.mp4", "all.zip", "notes.txt", "logo.svg"):
        await world.post((name, UNREADABLE[name]))
    assert not requested


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("wave.apng", "image/apng"),
        ("photo", None),
        ("photo", "application/octet-stream"),
        ("photo.jpg_large", "IMAGE/PNG; charset=binary"),
        ("photo.txt", "text/plain; charset=utf-8"),
    ],
)
async def test_the_bytes_have_the_last_word_where_somebody_asks(
    world: World, stripes: Callable[..., bytes], name: str, content_type: str | None
) -> None:
    reply = await world.post_directly((name, stripes(RED, GREEN)), content_type)
    assert reply is not None
    assert reply.codes == hex_codes(RED, GREEN)


async def test_an_animation_is_answered_unasked_and_as_a_whole(world: World) -> None:
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in (RED, GREEN)]
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:], duration=100)
    reply = await world.post(("wave.apng", file.getvalue()))
    assert reply is not None
    assert set(reply.codes) == set(hex_codes(RED, GREEN))


async def test_an_image_of_which_nothing_says_so_is_answered_unasked(
    world: World, stripes: Callable[..., bytes]
) -> None:
    reply = await world.post(("IMG_0001", stripes(BLUE)))
    assert reply is not None
    assert reply.codes == hex_codes(BLUE)


async def test_a_large_file_that_is_no_image_is_not_said_to_be_too_large(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> None:
    async with open_world(max_bytes=100) as world:
        mention = world.client.user.mention
        large = bytes(101)
        reply = await world.post(("clip.mp4", large), ("photo.png", large), content=mention)
        assert reply is not None
        assert reply.texts[0].partition("\n")[0] == f"Image 1: {NO_IMAGE}"
        assert "too big" in reply.texts[-1]


async def test_a_file_that_cannot_be_read_does_not_spoil_the_image_beside_it(
    world: World, stripes: Callable[..., bytes]
) -> None:
    files = ("layers.psd", UNREADABLE["layers.psd"]), ("a.png", stripes(RED))
    reply = await world.post(*files, content=world.client.user.mention)
    assert reply is not None
    assert reply.texts[0].startswith("Image 1: I can't open this kind of image (Photoshop).")
    assert reply.codes == hex_codes(RED)


@pytest.mark.parametrize(("name", "is_told"), [("layers.psd", True), ("words", False)])
async def test_a_mention_in_a_reply_to_a_file_is_a_question_and_to_words_is_chat(
    world: World, name: str, *, is_told: bool
) -> None:
    files = [(name, UNREADABLE[name])] if is_told else []
    posted = await world.alice.send(world.channel, "look", attachments=files)
    asked = await world.alice.send(world.channel, world.client.user.mention, reply_to=posted)
    assert (world.channel.last_message.id != asked.id) == is_told


async def test_a_mention_in_a_reply_to_a_drawn_sticker_is_a_question(world: World) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=3)
    message = world.post_as_bot(stickers=[sticker])
    await world.alice.send(world.channel, world.client.user.mention, reply_to=message)
    reply = await ReceivedReply.of(world.channel.last_message)
    assert reply.texts == ["That sticker is a vector animation (Lottie), which I can't read."]


async def test_a_menu_on_a_message_with_such_a_file_says_what_is_wrong_with_it(
    world: World, stripes: Callable[..., bytes]
) -> None:
    bad = await world.alice.send(
        world.channel, attachments=[("layers.psd", UNREADABLE["layers.psd"])]
    )
    result = await world.apps_palette(bad)
    assert result.followups[0].content.startswith("I can't open this kind of image (Photoshop).")
    good = await world.alice.send(world.channel, attachments=[("photo.bin", stripes(RED))])
    result = await world.apps_palette(good)
    assert (await ReceivedReply.of(result.response.message)).codes == hex_codes(RED)


async def test_words_sent_directly_get_a_sentence(world: World) -> None:
    reply = await world.write_directly("hello?")
    assert reply is not None
    assert not reply.cards
    (sentence,) = reply.texts
    assert sentence.startswith("Send me an image")


async def test_words_in_a_server_get_silence(world: World) -> None:
    assert await world.post(content="hello?") is None


async def test_a_sticker_sent_directly_gets_its_palette_with_a_copy(
    world: World, stripes: Callable[..., bytes]
) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=1)
    world.serve(f"https://cdn.discordapp.com/stickers/{sticker.id}.png", stripes(RED, GREEN))
    reply = await world.write_directly(stickers=[sticker])
    assert reply is not None
    assert reply.codes == hex_codes(RED, GREEN)
    assert len(reply.message.attachments) == 2  # the card, and the image for the buttons


async def test_an_emoji_sent_directly_gets_its_palette(
    world: World, stripes: Callable[..., bytes]
) -> None:
    emoji = "<:wave:123456789012345678>"
    world.serve(from_emoji(emoji).url, stripes(BLUE))
    reply = await world.write_directly(emoji)
    assert reply is not None
    assert reply.codes == hex_codes(BLUE)


async def test_a_drawn_sticker_sent_directly_is_named(world: World) -> None:
    sticker = world.env.guild.create_sticker("wave", format_type=3)
    reply = await world.write_directly(stickers=[sticker])
    assert reply is not None
    assert reply.texts == ["That sticker is a vector animation (Lottie), which I can't read."]
