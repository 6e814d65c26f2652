"""How much is answered, where, and what happens when the bot may not."""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest
import simcord
from discord import ui

import palette
from bot.language import language_of
from bot.settings import Rate

if TYPE_CHECKING:
    from tests.bot.conftest import File, Seen, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

RED, GREEN, BLUE = (200, 30, 40), (30, 150, 60), (20, 40, 180)


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> "File":
    return "a.png", stripes(RED)


# How often.


async def test_whoever_asks_a_lot_is_told_how_long_to_wait(
    open_world: "Callable[..., World]", image: "File"
) -> None:
    async with open_world(user_limit=Rate(2, 60)) as world:
        for _ in range(2):
            assert (await world.palette(image)).response.attachments
        await world.env.advance_time(20)
        refused = await world.palette(image)
        assert refused.ephemeral
        assert "try again in 40 s" in refused.response.content
        bob = world.env.guild.add_member(world.env.create_user("bob"))
        result = await bob.slash(world.channel, "palette", image=image)
        assert result.response.attachments
        await world.env.advance_time(41)
        assert (await world.palette(image)).response.attachments


async def test_whoever_posts_a_lot_is_told_once(
    open_world: "Callable[..., World]", image: "File"
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        assert (await world.post(image)).cards
        told = await world.post(image)
        (sentence,) = told.texts
        assert sentence.startswith("-# ")
        assert "try again in 60 s" in sentence
        assert await world.post(image) is None
        await world.env.advance_time(61)
        assert (await world.post(image)).cards


async def test_a_message_is_one_request_however_many_images_it_has(
    open_world: "Callable[..., World]", stripes: Callable[..., bytes]
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        reply = await world.post(*((f"{n}.png", stripes((n, n, n))) for n in range(10)))
        assert len(reply.cards) == 4
        assert "first 4 of 10 images" in reply.texts[-1]


async def test_a_server_has_its_share_and_leaves_others_theirs(
    open_world: "Callable[..., World]", image: "File"
) -> None:
    async with open_world(server_limit=Rate(1, 60)) as world:
        assert (await world.palette(image)).response.attachments
        bob = world.env.guild.add_member(world.env.create_user("bob"))
        refused = await bob.slash(world.channel, "palette", image=image)
        assert "This server keeps me busy" in refused.response.content
        elsewhere = world.env.create_guild("Elsewhere")
        result = await elsewhere.add_member(bob.user).slash(
            elsewhere.create_text_channel("photos"), "palette", image=image
        )
        assert result.response.attachments
        assert (await bob.user.slash("palette", image=image)).response.attachments


async def test_what_a_server_is_refused_is_not_taken_from_a_persons_share(
    open_world: "Callable[..., World]", image: "File"
) -> None:
    async with open_world(user_limit=Rate(2, 60), server_limit=Rate(1, 60)) as world:
        assert (await world.palette(image)).response.attachments
        for _ in range(2):
            refused = await world.palette(image)
            assert "This server keeps me busy" in refused.response.content
        direct = await world.alice.user.slash("palette", image=image)
        assert direct.response.attachments
        refused = await world.alice.user.slash("palette", image=image)
        assert "try again in 60 s" in refused.response.content


async def test_a_question_costs_nothing_but_its_answer_does(
    open_world: "Callable[..., World]", stripes: Callable[..., bytes]
) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        robot = world.env.guild.add_member(world.env.create_user("robot", bot=True))
        files = [("a.png", stripes(RED)), ("b.png", stripes(GREEN))]
        message = await robot.send(world.channel, attachments=files)
        for _ in range(2):
            asked = await world.alice.context_menu(world.channel, "Palette", message)
        assert (await world.alice.select(asked.response, ["1"])).response.attachments
        refused = await world.alice.select(asked.response, ["2"])
        assert refused.ephemeral
        assert "try again" in refused.response.content


# Where.


async def thread(world: "World") -> simcord.ChannelHandle:
    world.env.backend.create_thread(world.channel.id, "thread", world.alice.id)
    return world.channel.threads[0]


async def forum_post(world: "World") -> simcord.ChannelHandle:
    forum = world.env.guild.create_forum_channel("forum")
    await world.client.get_channel(forum.id).create_thread(name="post", content="hello")
    return forum.threads[0]


async def voice_channel(world: "World") -> simcord.ChannelHandle:
    return world.env.guild.create_voice_channel("voice")


async def stage(world: "World") -> simcord.ChannelHandle:
    return world.env.guild.create_stage_channel("stage")


async def announcements(world: "World") -> simcord.ChannelHandle:
    return world.env.guild.create_news_channel("news")


@pytest.mark.parametrize("place", [thread, forum_post, voice_channel, stage, announcements])
async def test_every_kind_of_channel(
    world: "World",
    image: "File",
    place: Callable[["World"], Awaitable[simcord.ChannelHandle]],
) -> None:
    channel = await place(world)
    reply = await world.post(image, where=channel)
    assert reply is not None
    assert reply.cards
    assert reply.message.reference is not None
    assert (await world.alice.slash(channel, "palette", image=image)).response.attachments
    assert (await world.alice.slash(channel, "palette")).response.attachments


# Where the server wants it.


async def choose(world: "World", name: str, value: object) -> None:
    await world.client.services.guilds.choose(world.env.guild.id, name, value)


@pytest.mark.parametrize(
    ("listen", "posted", "mentioned"),
    [("everywhere", True, True), ("mentions", False, True), ("off", False, False)],
)
async def test_a_server_chooses_what_is_answered(
    world: "World", image: "File", listen: str, *, posted: bool, mentioned: bool
) -> None:
    await choose(world, "listen", listen)
    assert (await world.post(image) is not None) is posted
    assert (await world.post(image, content=world.client.user.mention) is not None) is mentioned
    assert await world.post_directly(image, "image/png") is not None
    assert (await world.palette(image)).response.attachments


async def test_outside_of_the_chosen_channels_the_bot_has_to_be_asked(
    world: "World", image: "File"
) -> None:
    other = world.env.guild.create_text_channel("other")
    await choose(world, "channels", [other.id])
    assert await world.post(image) is None
    assert await world.post(image, content=world.client.user.mention) is not None
    assert await world.post(image, where=other) is not None


async def test_posts_of_those_who_may_not_use_the_bot_are_left_alone(
    world: "World", image: "File"
) -> None:
    artists = world.env.guild.create_role("artists")
    await choose(world, "roles", [artists.id])
    assert await world.post(image) is None
    bob = world.env.guild.add_member(world.env.create_user("bob"), roles=[artists])
    await bob.send(world.channel, attachments=[image])
    assert world.channel.last_message.author == world.client.user


async def test_the_servers_number_and_order_hold_for_posts_and_commands(
    world: "World", stripes: Callable[..., bytes], see: "Callable[..., Seen]"
) -> None:
    await choose(world, "colors", 2)
    await choose(world, "order", "lightness")
    file = "a.png", stripes((200, 200, 200), (10, 10, 10), (90, 90, 90))
    posted = await world.post(file)
    commanded = await see((await world.palette(file)).response.message)
    expected = palette.extract(file[1], 2).sorted_by("lightness")
    assert posted.codes == commanded.codes == list(expected.hex)


@pytest.mark.parametrize(("chosen", "code"), [(None, "de"), ("fr", "fr")])
async def test_everyone_is_answered_in_the_servers_language(
    world: "World", chosen: str | None, code: str
) -> None:
    guild = world.env.create_guild("Farben", preferred_locale="de")
    await world.client.services.guilds.choose(guild.id, "language", chosen)
    channel = guild.create_text_channel("photos")
    await guild.add_member(world.alice.user).send(channel, attachments=[("a.png", b"words")])
    (told,) = ui.LayoutView.from_message(channel.last_message).children
    english = "This file is empty or no image, whatever its name says."
    assert isinstance(told, ui.TextDisplay)
    assert told.content == language_of(code).say(english) != english


# Where it may not.


@pytest.mark.parametrize("may_manage", [False, True])
async def test_a_locked_thread_is_left_alone_by_all_but_moderators(
    world: "World", image: "File", caplog: pytest.LogCaptureFixture, *, may_manage: bool
) -> None:
    caplog.set_level(logging.INFO, "bot")
    parent = world.channel_where_the_bot(manage_threads=may_manage)
    world.env.backend.create_thread(parent.id, "thread", world.alice.id)
    (locked,) = parent.threads
    world.env.backend.edit_channel(locked.id, {}, thread_metadata={"locked": True})
    assert (await world.post(image, where=locked) is not None) is may_manage
    assert (caplog.messages == [f"may not write in channel {locked.id}"]) is not may_manage


async def test_a_thread_archived_meanwhile_is_silence_and_one_line(
    world: "World", image: "File", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error(
        "POST", "/channels/*/messages", status=400, code=50083, message="Thread is archived"
    )
    assert await world.post(image) is None
    assert caplog.messages == [f"could not reply in channel {world.channel.id}: Thread is archived"]
