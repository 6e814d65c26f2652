"""Posts of webhooks, with which proxies such as PluralKit post anew what people posted."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest

from bot.posts.parts import PROXY_DELAY
from tests.bot.colors import RED, hex_codes
from tests.bot.controls.pressed import Pressed
from tests.bot.world import File, World, codes_in

pytestmark = pytest.mark.asyncio(loop_scope="session")

Hook = Callable[[], Awaitable[object]]
DuringWait = Callable[[Hook], None]
Proxy = Callable[..., Awaitable[None]]


@pytest.fixture
def image(stripes: Callable[..., bytes]) -> File:
    return "a.png", stripes(RED)


@pytest.fixture
def proxy(world: World, image: File) -> Proxy:
    """Return a function that posts the image through a webhook, as Discord would send it."""
    webhook = world.env.guild.create_webhook(world.channel, "PluralKit Proxy Webhook")

    async def post(content: str = "", **fields: object) -> None:
        emit = world.env.backend.emit

        def emit_with_fields(event: str, payload: dict[str, Any], **keywords: object) -> None:
            if event == "MESSAGE_CREATE" and payload.get("webhook_id"):
                payload = payload | fields
            emit(event, payload, **keywords)

        world.env.backend.emit = emit_with_fields
        await webhook.send(content, attachments=[image])
        world.env.backend.emit = emit

    return post


@pytest.fixture
def during_wait(monkeypatch: pytest.MonkeyPatch) -> DuringWait:
    """Return a function that sets what happens while the bot waits for a proxy, and until when."""
    sleep = asyncio.sleep

    def set_hook(hook: Hook) -> None:
        async def sleep_or_run(seconds: float, *rest: object) -> None:
            await (hook() if seconds == PROXY_DELAY else sleep(seconds, *rest))

        monkeypatch.setattr(asyncio, "sleep", sleep_or_run)

    return set_hook


@pytest.fixture
def is_processed(during_processing: Callable[..., None]) -> asyncio.Event:
    """Return an event that is set when the next image has been processed."""
    event = asyncio.Event()

    async def set_event() -> None:
        event.set()

    during_processing(after=set_event)
    return event


def answers(world: World) -> int:
    return sum(message.author == world.client.user for message in world.channel.history())


async def test_they_are_answered_where_the_server_wants_it(world: World, proxy: Proxy) -> None:
    await proxy()
    assert answers(world) == 0
    await world.choose("proxied", value=True)
    await proxy(application_id="466378653216014359")
    reply = world.channel.last_message
    assert codes_in(reply) == hex_codes(RED)
    assert reply.flags.suppress_notifications


@pytest.mark.parametrize(
    "fields",
    [
        {"application_id": "77", "webhook_id": "77"},
        {
            "interaction_metadata": {
                "id": "5",
                "type": 2,
                "user": {"id": "6", "username": "bob", "discriminator": "0", "avatar": None},
                "authorizing_integration_owners": {},
            }
        },
        {"flags": 1 << 1},
    ],
    ids=["app's webhook", "answer to a command", "followed channel"],
)
async def test_what_apps_and_followed_channels_post_is_ignored(
    world: World, proxy: Proxy, fields: dict[str, Any]
) -> None:
    await world.choose("proxied", value=True)
    await proxy(**fields)
    assert answers(world) == 0
    await proxy()
    assert answers(world) == 1


async def test_other_bots_are_ignored(world: World, image: File) -> None:
    await world.choose("proxied", value=True)
    await world.add_member("robot", bot=True).send(world.channel, attachments=[image])
    assert answers(world) == 0


async def test_nobody_gets_round_the_roles_that_may_use_the_bot(world: World, proxy: Proxy) -> None:
    await world.choose("proxied", value=True)
    await world.choose("roles", [world.env.guild.create_role("artists").id])
    await proxy(world.client.user.mention)
    assert answers(world) == 0


async def test_they_can_mention_the_bot(world: World, proxy: Proxy) -> None:
    await world.choose("proxied", value=True)
    await world.choose("listen", "mentions")
    await proxy()
    assert answers(world) == 0
    await proxy(world.client.user.mention)
    assert answers(world) == 1


async def test_anyone_gets_a_private_copy_of_the_reply_and_a_moderator_changes_it(
    world: World, proxy: Proxy
) -> None:
    may_moderate = discord.Permissions(manage_messages=True)
    role = world.env.guild.create_role("moderators", permissions=may_moderate)
    await world.choose("proxied", value=True)
    await proxy()
    reply = Pressed(world.env, world.alice, world.channel.last_message)
    assert (await reply.adjust("order", "hue")).private
    moderator = world.add_member("moderator", roles=[role])
    assert not (await reply.seen_by(moderator).adjust("order", "hue")).private


async def test_what_a_proxy_deletes_gets_no_reply(
    world: World, proxy: Proxy, image: File, during_wait: DuringWait, is_processed: asyncio.Event
) -> None:
    await world.choose("proxied", value=True)

    async def post_anew() -> None:
        original = world.channel.last_message
        await is_processed.wait()
        world.env.backend.delete_message(world.channel.id, original.id)

    during_wait(post_anew)
    await world.alice.send(world.channel, attachments=[image])
    assert world.channel.history() == []
    await proxy()
    assert answers(world) == 1


async def test_only_unasked_replies_to_people_wait_and_only_where_there_are_proxies(
    world: World, proxy: Proxy, image: File, during_wait: DuringWait
) -> None:
    waits: list[str] = []

    async def note() -> None:
        waits.append(world.channel.last_message.content)

    during_wait(note)
    assert await world.post(image, content="no proxies here") is not None
    await world.choose("proxied", value=True)
    assert await world.post(image, content="might be posted anew") is not None
    assert await world.post(image, content=world.client.user.mention) is not None
    await proxy()
    assert answers(world) == 4
    assert waits == ["might be posted anew"]
