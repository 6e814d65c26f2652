"""Posts that the bot missed are answered when it is back, once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import discord
import pytest
import simcord
import stamina
from discord.http import HTTPClient
from simcord.backend.serializers import guild_create_payload

from bot.gate import Gate
from bot.guilds.database import StoreError
from bot.guilds.store import Store
from bot.posts.progress import MAX_DELAY
from bot.posts.saved_progress import SAVE_INTERVAL
from bot.posts.search import MAX_AGE, MAX_CONCURRENT_REQUESTS
from bot.requests.running import Running
from bot.services import Services
from bot.settings import Listen, Rate
from bot.turns import ClosedError
from tests.bot.colors import BLUE, GREEN, RED
from tests.bot.world import File, World

pytestmark = pytest.mark.asyncio(loop_scope="session")

Post = Callable[..., Awaitable[discord.Message]]
OpenWorld = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED, GREEN)


async def run_for_a_while(world: World) -> None:
    """Have the bot save that it has dealt with all that was posted until now."""
    await world.alice.send(world.channel, "hello")
    await world.env.advance_time(MAX_DELAY.total_seconds() + SAVE_INTERVAL)


async def miss(
    world: World,
    *files: File,
    content: str = "",
    where: simcord.ChannelHandle | None = None,
    who: simcord.MemberActor | None = None,
    reply_to: discord.Message | None = None,
) -> discord.Message:
    """Post something of which the bot is not told."""
    backend, author = world.env.backend, who or world.alice
    subscribers, backend.subscribers = backend.subscribers, []
    try:
        return await author.send(
            where or world.channel, content, attachments=files, reply_to=reply_to
        )
    finally:
        backend.subscribers = subscribers


def replies(
    world: World,
    message: discord.Message | discord.Object,
    where: simcord.ChannelHandle | None = None,
) -> int:
    return sum(
        each.reference is not None and each.reference.message_id == message.id
        for each in (where or world.channel).history()
    )


def seconds_from_now(seconds: float) -> int:
    return discord.utils.time_snowflake(discord.utils.utcnow() + timedelta(seconds=seconds))


def searches(world: World) -> int:
    return sum(
        request.method == "GET" and request.path.endswith("/messages")
        for request in world.env.http_requests
    )


# What is answered.


async def test_what_was_posted_while_the_bot_was_away_is_answered_once(
    world: World, image: File, stripes: Callable[..., bytes]
) -> None:
    await run_for_a_while(world)
    posts = [await miss(world, image), await miss(world, ("b.png", stripes(BLUE)))]
    for _ in range(3):
        await world.restart()
        assert [replies(world, post) for post in posts] == [1, 1]


async def test_what_was_answered_just_before_the_end_is_not_answered_again(
    world: World, image: File
) -> None:
    await run_for_a_while(world)
    post = await world.alice.send(world.channel, attachments=[image])
    await world.restart()  # it had no time to save
    assert searches(world) == 1
    assert replies(world, post) == 1


async def test_missed_posts_are_answered_in_threads_and_voice_channels(
    world: World, image: File
) -> None:
    await run_for_a_while(world)
    world.env.backend.create_thread(world.channel.id, "thread", world.alice.id)
    (thread,) = world.channel.threads
    voice = world.env.guild.create_voice_channel("voice")
    posts = [(await miss(world, image, where=where), where) for where in (thread, voice)]
    await world.restart()
    assert [replies(world, post, where) for post, where in posts] == [1, 1]


async def test_cooldowns_count_when_somebody_posted(open_world: OpenWorld, image: File) -> None:
    async with open_world(user_limit=Rate(1, 60)) as world:
        other = world.env.guild.create_text_channel("other")
        await run_for_a_while(world)
        posts: list[tuple[discord.Message, simcord.ChannelHandle]] = []
        for where, pause in (world.channel, 61), (other, 61), (world.channel, 1), (other, 0):
            posts.append((await miss(world, image, where=where), where))
            await world.env.advance_time(pause)
        await world.restart()
        assert [replies(world, post, where) for post, where in posts] == [1, 1, 1, 0]


async def test_what_was_posted_while_a_server_was_unavailable_is_answered(
    world: World, image: File
) -> None:
    await run_for_a_while(world)
    await world.restart()
    post = await miss(world, image)
    backend = world.env.backend
    server = guild_create_payload(backend, backend.get_guild(world.env.guild.id))
    await world.change("guild_available", lambda: backend.emit("GUILD_CREATE", server))
    await world.env.settle()
    assert replies(world, post) == 1


async def test_a_mention_is_answered_in_channels_that_are_not_chosen(
    world: World, image: File
) -> None:
    await world.choose("channels", [world.env.guild.create_text_channel("chosen").id])
    await run_for_a_while(world)
    ignored, mention = await miss(world, image), world.client.user.mention
    asked = await miss(world, image, content=mention)
    pointed_at = await miss(world, content=mention, reply_to=ignored)
    await world.restart()
    about_ignored = 1  # the question
    assert [replies(world, post) for post in (ignored, asked, pointed_at)] == [about_ignored, 1, 1]


async def test_without_the_content_of_messages_a_mention_is_answered(
    open_world: OpenWorld, image: File
) -> None:
    unprivileged = discord.Intents.default()
    async with open_world(listen=Listen.MENTIONS, approved_intents=unprivileged) as world:
        await run_for_a_while(world)
        ignored = await miss(world, image)
        asked = await miss(world, image, content=world.client.user.mention)
        await world.restart()
        assert (replies(world, ignored), replies(world, asked)) == (0, 1)


async def test_roles_that_may_use_the_bot_are_heeded(world: World, image: File) -> None:
    role = world.env.guild.create_role("painters")
    painter = world.add_member("painter", roles=[role])
    await world.choose("roles", [role.id])
    await run_for_a_while(world)
    posts = [await miss(world, image, who=each) for each in (world.alice, painter)]
    gone = world.add_member("gone", roles=[role])
    posts.append(await miss(world, image, who=gone))
    world.env.guild.remove_member(gone)
    await world.restart()
    assert [replies(world, post) for post in posts] == [0, 1, 0]


async def test_who_wants_to_be_ignored_is(world: World, image: File) -> None:
    await world.client.services.ignored.toggle(world.alice.id)
    await run_for_a_while(world)
    post = await miss(world, image)
    await world.restart()
    assert not replies(world, post)


async def test_a_post_that_would_have_come_after_a_newer_one_is_answered(
    world: World, image: File
) -> None:
    late = await miss(world, image)
    await world.env.advance_time(1)
    await world.alice.send(world.channel, "hello")
    with world.env.time_context():
        await world.client.close()
    await world.restart()
    assert replies(world, late) == 1


# What is left alone.


async def test_what_came_to_nothing_is_not_tried_again(
    world: World, image: File, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    assert await world.post(("b.png", b"broken")) is None
    await run_for_a_while(world)
    await miss(world, image)
    await world.restart()
    assert searches(world) == 1
    assert "NotAnImageError" in caplog.text
    assert caplog.text.count("NotAnImageError") == 1


@pytest.mark.parametrize("age", [MAX_AGE - timedelta(minutes=1), MAX_AGE + timedelta(seconds=1)])
async def test_only_recent_posts_are_answered(world: World, image: File, age: timedelta) -> None:
    await run_for_a_while(world)
    post = await miss(world, image)
    await world.env.advance_time(age.total_seconds())
    await world.restart()
    assert replies(world, post) == (age < MAX_AGE)
    assert searches(world) == (age < MAX_AGE)


async def test_the_first_process_ever_answers_nothing_from_before(
    world: World, image: File
) -> None:
    post = await miss(world, image)
    await world.restart()
    assert not replies(world, post)
    await world.env.advance_time(MAX_DELAY.total_seconds() + SAVE_INTERVAL)
    later = await miss(world, image)
    await world.restart()
    assert (replies(world, post), replies(world, later)) == (0, 1)


async def test_channels_without_anything_new_are_not_searched(world: World, image: File) -> None:
    assert await world.post(image) is not None
    await run_for_a_while(world)
    await world.restart()
    assert not searches(world)


@pytest.mark.parametrize("reason", ["no history", "off", "refusals"])
async def test_where_nothing_can_be_answered_nothing_is_searched(
    world: World, image: File, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = world.channel
    if reason == "no history":
        where = world.channel_with_bot_permissions(read_message_history=False)
    await run_for_a_while(world)
    if reason == "off":
        await world.choose("listen", "off")
    elif reason == "refusals":
        monkeypatch.setattr(Gate, "is_open_to_unasked", property(lambda _: False))
    await miss(world, image, where=where)
    await world.restart()
    assert not searches(world)


@pytest.mark.parametrize(
    ("status", "logged"),
    [(403, "could not look for missed posts in channel"), (400, "unexpected error")],
)
async def test_a_channel_that_cannot_be_searched_does_not_stop_the_search(
    world: World, image: File, caplog: pytest.LogCaptureFixture, status: int, logged: str
) -> None:
    caplog.set_level(logging.INFO, "bot")
    other = world.env.guild.create_text_channel("other")
    await run_for_a_while(world)
    posts = [await miss(world, image), await miss(world, image, where=other)]
    world.env.inject_error("GET", "/channels/*/messages", status=status, message="No.")
    await world.restart()
    assert replies(world, posts[0]) + replies(world, posts[1], other) == 1
    assert logged in caplog.text


async def test_who_posted_is_asked_as_slowly_as_everything_else(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = most = 0
    get_member = HTTPClient.get_member

    async def count(self: HTTPClient, guild_id: int, member_id: int) -> object:
        nonlocal asking, most
        asking += 1
        most = max(most, asking)
        await asyncio.sleep(0)
        asking -= 1
        return await get_member(self, guild_id, member_id)

    monkeypatch.setattr(HTTPClient, "get_member", count)
    await run_for_a_while(world)
    for name in "abcd":
        guild = world.env.create_guild(name)
        member, channel = guild.add_member(world.alice.user), guild.create_text_channel(name)
        painters = guild.create_role("painters")
        await world.client.services.guilds.choose(guild.id, "roles", [painters.id])
        await miss(world, image, where=channel, who=member)
    await world.restart()
    assert most == MAX_CONCURRENT_REQUESTS


# What happens meanwhile.


async def test_what_comes_during_the_search_is_answered_once(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_for_a_while(world)
    missed = await miss(world, image)
    logs_from = HTTPClient.logs_from
    come: list[discord.Object] = []

    async def logs_from_later(self: object, *arguments: object, **keywords: object) -> object:
        backend, channel = world.env.backend, world.channel
        upload = backend.store_attachments(channel.id, [image])
        message = backend.create_message(channel.id, world.alice.id, attachments=upload)
        come.append(discord.Object(message.id))
        return await logs_from(self, *arguments, **keywords)

    monkeypatch.setattr(HTTPClient, "logs_from", logs_from_later)
    await world.restart()
    assert len(come) == 1
    assert [replies(world, each) for each in (missed, *come)] == [1, 1]


async def test_what_a_stop_leaves_is_answered_by_the_next_process(
    world: World, image: File, during_processing: Callable[..., None]
) -> None:
    await run_for_a_while(world)
    backend, channel = world.env.backend, world.channel
    stopping: list[asyncio.Task[None]] = []

    def post(age: float) -> discord.Object:
        upload = backend.store_attachments(channel.id, [image])
        message = backend.prepare_message(channel.id, world.alice.id, attachments=upload)
        message.id = seconds_from_now(-age)
        return discord.Object(backend.commit_message(message).id)

    async def stop() -> None:
        stopping.append(asyncio.create_task(world.client.close()))
        await asyncio.sleep(0)
        posts.append(post(age=MAX_DELAY.total_seconds() + 1))

    during_processing(stop)
    with world.env.time_context():
        posts = [post(age=0)]
    await world.env.settle()
    world.errors()  # the second one was refused
    await asyncio.gather(*stopping)
    assert [replies(world, each) for each in posts] == [1, 0]
    await world.restart()
    assert [replies(world, each) for each in posts] == [1, 1]


@pytest.mark.parametrize("can_read", [True, False])
async def test_what_got_no_turn_because_of_a_stop_is_left_to_the_next_process_if_it_can_find_it(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch, *, can_read: bool
) -> None:
    await run_for_a_while(world)
    channel = world.channel_with_bot_permissions(read_message_history=can_read)

    async def refuse(*_: object, **__: object) -> None:
        raise ClosedError

    with monkeypatch.context() as patched:
        patched.setattr(Services, "process", refuse)
        reply = await world.post(image, content=world.client.user.mention, where=channel)
    assert (reply is None) is can_read
    assert len(world.errors()) == can_read
    await world.restart()
    assert len(channel.history()) == 2
    assert len(channel.history()[1].attachments) == can_read


# How far the bot has got.


async def test_a_stop_saves_it(world: World) -> None:
    newest = await world.alice.send(world.channel, "hello")
    await world.env.advance_time(MAX_DELAY.total_seconds() + 1)
    with world.env.time_context():
        await world.client.close()
    saved = await world.client.services.store.progress(world.client.application_id or 0)
    assert saved == {(0, 1): newest.id}


async def test_a_stop_that_is_cut_short_saves_it_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def give_up(*_: object) -> None:
        raise asyncio.CancelledError

    newest = await world.alice.send(world.channel, "hello")
    await world.env.advance_time(MAX_DELAY.total_seconds() + 1)
    monkeypatch.setattr(Running, "finish", give_up)
    with world.env.time_context(), pytest.raises(asyncio.CancelledError):
        await world.client.close()
    assert world.client.is_closed()
    saved = await world.client.services.store.progress(world.client.application_id or 0)
    assert saved == {(0, 1): newest.id}


async def test_after_a_change_of_the_number_of_shards_the_slowest_one_counts(
    world: World, image: File
) -> None:
    bot_id, store = world.client.application_id or 0, world.client.services.store
    saved = await miss(world, content="hello")
    post = await miss(world, image)
    await store.save_progress(bot_id, 2, {0: seconds_from_now(60), 1: saved.id})
    await world.restart()
    assert replies(world, post) == 1


@pytest.mark.usefixtures("immediate_retries")
async def test_a_database_that_is_there_a_little_later_is_waited_for(
    world: World, image: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_for_a_while(world)
    post = await miss(world, image)
    progress, failures = Store.progress, [StoreError(), StoreError()]

    async def progress_later(store: Store, bot_id: int) -> object:
        if failures:
            raise failures.pop()
        return await progress(store, bot_id)

    monkeypatch.setattr(Store, "progress", progress_later)
    await world.restart()
    assert replies(world, post) == 1


async def test_without_the_database_the_bot_begins_anew(
    world: World, image: File, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run_for_a_while(world)
    post = await miss(world, image)

    async def fail(*_: object) -> None:
        raise StoreError

    with monkeypatch.context() as patched, stamina.set_testing(True, attempts=2):
        patched.setattr(Store, "progress", fail)
        patched.setattr(Store, "save_progress", fail)
        await world.restart()
        assert await world.post(image) is not None
        await run_for_a_while(world)
    assert not replies(world, post)
    assert "what was posted while the bot was away is left unanswered" in caplog.text
    await world.env.advance_time(SAVE_INTERVAL)  # the database is there again
    later = await miss(world, image)
    await world.restart()
    assert (replies(world, post), replies(world, later)) == (0, 1)
