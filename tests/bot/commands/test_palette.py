"""``/palette``, as people give it."""

import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import simcord

import palette
from bot.services import Services

if TYPE_CHECKING:
    from tests.bot.conftest import File, Seen, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)


async def test_a_palette_in_a_server(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    result = await world.palette(flower)
    assert not result.ephemeral
    reply = await see(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], 10).hex)
    assert reply.cards


async def test_a_palette_in_a_direct_message(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    result = await world.alice.user.slash("palette", image=flower)
    reply = await see(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], 10).hex)
    assert reply.cards


@pytest.mark.parametrize("colors", [1, 7, 20])
async def test_the_number_of_colours_is_the_one_asked_for(
    world: "World", flower: "File", colors: int, see: "Callable[..., Seen]"
) -> None:
    result = await world.palette(flower, colors=colors)
    reply = await see(result.response.message)
    assert reply.codes == list(palette.extract(flower[1], colors).hex)


async def test_the_default_number_of_colours_is_a_setting(
    open_world: Callable[..., "World"], flower: "File", see: "Callable[..., Seen]"
) -> None:
    async with open_world(colors=3) as world:
        result = await world.palette(flower)
        reply = await see(result.response.message)
        assert len(reply.codes) == 3


@pytest.mark.parametrize("colors", [0, 21])
async def test_discord_refuses_other_numbers(world: "World", flower: "File", colors: int) -> None:
    with pytest.raises(simcord.OptionError):
        await world.palette(flower, colors=colors)


async def test_it_is_acknowledged_before_anything_else(
    world: "World", flower: "File", monkeypatch: pytest.MonkeyPatch
) -> None:
    harvest = world.client.services.process
    requests_before_the_work: list[str] = []

    async def watched(*args: object, **keywords: object) -> object:
        requests_before_the_work.extend(request.path for request in world.env.http_requests)
        return await harvest(*args, **keywords)

    monkeypatch.setattr(Services, "process", staticmethod(watched))
    await world.palette(flower)
    assert requests_before_the_work[-1].endswith("/callback")


async def test_it_is_offered_everywhere(world: "World") -> None:
    (sync,) = (request for request in world.env.http_requests if request.method == "PUT")
    (command,) = (command for command in sync.json if command["name"] == "palette")
    assert command["contexts"] == [0, 1, 2]
    assert command["integration_types"] == [0, 1]


async def test_what_went_wrong_is_told_to_the_asker_alone(world: "World") -> None:
    result = await world.palette(("photo.png", b"just text"))
    assert result.response is None
    (told,) = result.followups
    assert told.ephemeral
    assert "no image" in told.content
    assert world.channel.history(viewer=world.alice)[-1].content == told.content
    bob = world.env.guild.add_member(world.env.create_user("bob"))
    assert not world.channel.history(viewer=bob)


async def test_an_unexpected_error_has_a_code_that_is_in_the_log_too(
    world: "World",
    flower: "File",
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(*_args: object, **_keywords: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Services, "process", staticmethod(broken))
    result = await world.palette(flower)
    (told,) = result.followups
    assert told.ephemeral
    code = re.search("`([0-9a-f]{6})`", told.content)
    assert code is not None
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert code[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    assert len(world.errors()) == 1


async def test_without_attachments_the_codes_are_text(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    channel = world.channel_where_the_bot(attach_files=False)
    result = await world.alice.slash(channel, "palette", image=flower)
    reply = await see(result.response.message)
    assert reply.codes
    assert not reply.cards


async def test_nothing_is_raised_when_even_the_sentence_cannot_be_sent(
    world: "World", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error("*", "/webhooks/*", status=404, code=10015, message="Gone", times=None)
    await world.palette(("photo.png", b"just text"))
    assert [message.split(":")[0] for message in caplog.messages] == ["NotAnImageError", "NotFound"]


async def test_an_image_on_the_web(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    url = world.serve("https://example.org/cat", stripes(RED, GREEN))
    result = await world.palette(link=f" <{url}> ")
    reply = await see(result.response.message)
    assert reply.codes == codes_of(RED, GREEN)


async def test_a_server_avatar_comes_before_the_other_one(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    guild = world.env.guild
    bob = guild.add_member(world.env.create_user("bob", avatar="b"))
    eve = guild.add_member(world.env.create_user("eve", avatar="e"), avatar="here")
    cdn = "https://cdn.discordapp.com"
    world.serve(f"{cdn}/avatars/{bob.id}/b.png?size=1024", stripes(RED))
    world.serve(f"{cdn}/avatars/{eve.id}/e.png?size=1024", stripes(GREEN))
    world.serve(f"{cdn}/guilds/{guild.id}/users/{eve.id}/avatars/here.png?size=1024", stripes(BLUE))
    results = [await world.palette(user=user) for user in (bob, eve)]
    replies = [await see(result.response.message) for result in results]
    assert [reply.codes for reply in replies] == [codes_of(RED), codes_of(BLUE)]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("<:kek:123456789012345678>", "123456789012345678.png"),
        (" 123456789012345678 ", "123456789012345678.png"),
        (
            "https://cdn.discordapp.com/emojis/123456789012345678.webp?size=48&name=kek",
            "123456789012345678.png",
        ),
        ("<a:party:123456789012345678>", "123456789012345678.webp?animated=true"),
        (
            "https://cdn.discordapp.com/emojis/123456789012345678.gif",
            "123456789012345678.webp?animated=true",
        ),
    ],
)
async def test_a_custom_emoji(
    world: "World",
    stripes: Callable[..., bytes],
    see: "Callable[..., Seen]",
    text: str,
    file: str,
) -> None:
    world.serve(f"https://cdn.discordapp.com/emojis/{file}", stripes(RED))
    result = await world.palette(emoji=text)
    assert (await see(result.response.message)).codes == codes_of(RED)


@pytest.mark.parametrize("text", ["🌈", ":kek:", "a rainbow", "https://example.org/kek.png"])
async def test_what_is_no_custom_emoji_gets_a_sentence(world: "World", text: str) -> None:
    result = await world.palette(emoji=text)
    assert result.ephemeral
    assert "custom emoji only" in result.response.content


async def test_two_at_once_are_refused(world: "World", flower: "File") -> None:
    result = await world.palette(flower, user=world.alice)
    assert result.ephemeral
    assert "only one of these" in result.response.content


async def test_an_answer_can_be_private(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    result = await world.palette(flower, private=True)
    assert result.ephemeral
    assert (await see(result.response.message)).codes
    bob = world.env.guild.add_member(world.env.create_user("bob"))
    assert not world.channel.history(viewer=bob)


async def test_what_went_wrong_with_a_private_answer_is_private(world: "World") -> None:
    await world.palette(("photo.png", b"just text"), private=True)
    (told,) = world.channel.history(viewer=world.alice)
    assert "no image" in told.content
    bob = world.env.guild.add_member(world.env.create_user("bob"))
    assert not world.channel.history(viewer=bob)


async def test_the_order_can_be_chosen(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    result = await world.palette(flower, order="lightness")
    expected = palette.extract(flower[1], 10).sorted_by("lightness")
    assert (await see(result.response.message)).codes == list(expected.hex)


async def test_discord_is_told_to_accept_images_alone(world: "World") -> None:
    with pytest.raises(simcord.OptionError) as refused:
        await world.palette(("notes.txt", b"words"))
    assert refused.value.code == "option-file-type"


@pytest.mark.parametrize("suffix", ["png", "jpeg", "gif", "webp", "avif", "heic", "bmp", "tiff"])
async def test_discord_lets_every_kind_of_image_through(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]", suffix: str
) -> None:
    result = await world.palette((f"a.{suffix}", stripes(RED)))
    assert (await see(result.response.message)).codes == codes_of(RED)


def codes_of(*colors: tuple[int, int, int]) -> list[str]:
    return [f"#{r:02x}{g:02x}{b:02x}" for r, g, b in colors]
