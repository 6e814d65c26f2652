"""What happens to replies and answers when Discord, its CDN or the network fail."""

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

import aiohttp
import discord
import pytest
from discord.http import Route
from simcord.http.client import FakeWebhookAdapter

from bot.settings import Listen
from palette import extract, render_card
from tests.bot.controls.pressed import Pressed
from tests.bot.local_discord import LocalDiscord
from tests.bot.world import File, World, codes_in, private_text, texts_in

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]
OpenWorld = Callable[..., AbstractAsyncContextManager[World]]

POST_MESSAGE = "POST channels/*/messages"


# Replies to posted images.


@pytest.mark.parametrize(
    "faults",
    [
        ["fails/500", "fails/502"],
        ["fails/503", "fails/503"],
        ["fails/500"] * 6,
        ["limits/0.01", "limits/0.01"],
        ["bans/0.05", "bans/0.05"],
        ["fails/408"],
        ["defers/0.05", "defers/0.05"],
        ["hangs_up"],
        ["babbles"],
        ["accepts_and_hangs_up"],
    ],
)
async def test_a_reply_arrives_once_and_whole(
    serving: Serving, local_discord: LocalDiscord, flower: File, faults: list[str]
) -> None:
    local_discord.faults[POST_MESSAGE] += [*faults]
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
        assert not discord.faults[POST_MESSAGE]
    (reply,) = discord.sent
    assert reply.files[0] == render_card(extract(flower[1]))


async def test_a_reply_that_never_arrives_is_logged(
    serving: Serving,
    local_discord: LocalDiscord,
    flower: File,
    caplog: pytest.LogCaptureFixture,
) -> None:
    local_discord.faults[POST_MESSAGE] += ["fails/503"] * 8
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: not discord.faults[POST_MESSAGE])
    assert "DiscordServerError" in caplog.text


@pytest.mark.parametrize("fault", ["hangs_up", "hangs"])
async def test_a_reply_does_not_wait_for_typing(
    serving: Serving, local_discord: LocalDiscord, flower: File, fault: str
) -> None:
    local_discord.faults["POST channels/*/typing"] += [fault]
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)


@pytest.mark.parametrize("fault", ["breaks_off", "hangs_up", "fails/502", "fails/429"])
async def test_a_download_that_fails_for_a_moment_is_repeated(
    serving: Serving, local_discord: LocalDiscord, flower: File, fault: str
) -> None:
    local_discord.faults["GET cdn/*"] += [fault, fault]
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
    assert discord.sent[0].files


async def test_a_download_that_keeps_failing_is_reported(
    serving: Serving, local_discord: LocalDiscord, flower: File
) -> None:
    local_discord.faults["GET cdn/*"] += ["breaks_off"] * 100
    async with serving() as discord:
        await discord.post(flower)
        await discord.wait_until(lambda discord: len(discord.sent) == 1)
    (reply,) = discord.sent
    assert "The download failed. Please try again later." in str(reply.payload["components"])


async def mention_in_reply_to(image: File, world: World) -> list[str]:
    """Return the codes the bot answers with, or else what it says."""
    await world.post(image)
    posted = world.channel.last_message
    await world.alice.send(world.channel, world.client.user.mention, reply_to=posted)
    answer = world.channel.last_message
    return codes_in(answer) or texts_in(answer)


async def test_an_image_that_is_replied_to_is_fetched_again(
    open_world: OpenWorld, flower: File
) -> None:
    async with open_world(listen=Listen.MENTIONS) as world:
        world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=3)
        answer = await mention_in_reply_to(flower, world)
        assert answer == list(extract(flower[1]).hex)


async def test_an_image_that_is_replied_to_and_stays_out_of_reach_is_reported(
    open_world: OpenWorld, flower: File
) -> None:
    async with open_world(listen=Listen.MENTIONS) as world:
        world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=None)
        answer = await mention_in_reply_to(flower, world)
        assert answer == ["Discord is having trouble. Please try again."]


async def test_a_channel_deleted_in_the_meantime_leaves_a_line_in_the_log(
    world: World,
    flower: File,
    caplog: pytest.LogCaptureFixture,
    during_processing: Callable[..., None],
) -> None:
    caplog.set_level(logging.INFO, "bot")

    async def delete_channel() -> None:
        world.env.backend.delete_channel(world.channel.id)

    during_processing(after=delete_channel)
    with suppress(KeyError):  # SimCord returns what was sent, from that channel
        await world.post(flower)
    assert f"could not reply in channel {world.channel.id}: Unknown Channel" in caplog.text


# Answers to commands and presses.


async def test_an_expired_interaction_leaves_a_line_in_the_log(
    world: World, flower: File, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error(
        "POST", "/interactions/*", status=404, code=10062, message="Unknown", times=None
    )
    await world.palette(flower)
    assert "error code: 10062" in caplog.text
    assert world.errors()


async def test_the_answer_to_a_command_arrives(world: World, flower: File) -> None:
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=503, times=3)
    result = await world.palette(flower)
    assert result.response.attachments


async def test_an_answer_that_never_arrives_is_logged(
    world: World, flower: File, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("*", "/webhooks/*", status=503, times=None)
    await world.palette(flower)
    assert "503 Error" in caplog.text
    assert world.errors()


def lose_an_answer(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Have Discord accept the first request with that path's end, and its answer lost."""
    request = FakeWebhookAdapter.request
    lost: list[str] = []

    async def request_and_lose(
        self: FakeWebhookAdapter, route: Route, *rest: object, **keywords: object
    ) -> object:
        answer = await request(self, route, *rest, **keywords)
        if route.url.endswith(path) and not lost:
            lost.append(route.url)
            raise aiohttp.ServerDisconnectedError
        return answer

    monkeypatch.setattr(FakeWebhookAdapter, "request", request_and_lose)


@pytest.fixture
def _lost_acknowledgement(monkeypatch: pytest.MonkeyPatch) -> None:
    lose_an_answer(monkeypatch, "/callback")


@pytest.mark.usefixtures("_lost_acknowledgement")
async def test_a_command_survives_a_lost_acknowledgement(world: World, flower: File) -> None:
    result = await world.palette(flower)
    assert result.response.attachments


@pytest.mark.usefixtures("_lost_acknowledgement")
async def test_after_a_lost_acknowledgement_an_error_is_still_private(world: World) -> None:
    result = await world.palette(("a.png", b"words"))
    assert result.response is None
    assert private_text(result) == "That isn't an image I can read."


async def test_the_newest_image_is_searched_for_again(world: World, flower: File) -> None:
    await world.post(flower)
    world.env.inject_error("GET", "/channels/*/messages", status=503, times=3)
    result = await world.palette()
    assert codes_in(result.response.message) == list(extract(flower[1]).hex)


async def test_the_image_of_a_palette_is_fetched_again_for_a_press(
    world: World, flower: File
) -> None:
    reply = await world.post(flower)
    world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=3)
    larger = await Pressed(world.env, world.alice, reply.message).click("more")
    assert len(larger.codes) == len(reply.codes) + 1


REFUSAL = "That isn't an image I can read."


async def test_a_refusal_is_never_seen_by_others(world: World) -> None:
    result = await world.palette(("a.png", b"words"))
    assert private_text(result) == REFUSAL
    callback, delete, follow_up = world.env.http_requests[-3:]
    assert callback.json == {"type": discord.InteractionResponseType.deferred_channel_message.value}
    assert (delete.method, delete.path.rpartition("/")[2]) == ("DELETE", "@original")
    assert follow_up.json["content"] == REFUSAL
    assert follow_up.json["flags"] == discord.MessageFlags(ephemeral=True).value
    assert not world.channel.history()


async def test_a_refusal_is_private_even_if_the_news_of_the_deletion_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_an_answer(monkeypatch, "/@original")
    assert private_text(await world.palette(("a.png", b"words"))) == REFUSAL
    assert not world.channel.history()


async def test_a_refusal_that_everyone_would_see_is_only_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=503, times=None)
    result = await world.palette(("a.png", b"words"))
    assert not result.followups
    assert "503 Error" in caplog.text
    assert REFUSAL not in str(world.env.http_requests)


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        ((400, 200000), "This server's AutoMod blocked my answer."),
        ((400, 240000), "Discord blocked my answer: it takes a link in it for harmful."),
        ((413, 40005), "My answer is too big for Discord. A smaller image may work."),
        ((400, 50083), "This thread is closed. Open it again, then ask me once more."),
        ((403, 160005), "This thread is closed. Open it again, then ask me once more."),
        ((403, 400001), "Discord doesn't let me send files in this server at the moment."),
        ((403, 50013), "I'm not allowed to do that here."),
        ((404, 10008), "That message or channel is gone."),
    ],
)
async def test_what_discord_refuses_is_explained_to_the_asker_alone(
    world: World,
    flower: File,
    caplog: pytest.LogCaptureFixture,
    refusal: tuple[int, int],
    sentence: str,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    status, code = refusal
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=status, code=code)
    assert private_text(await world.palette(flower)) == sentence
    assert f"error code: {code}" in caplog.text
    assert not [line for line in caplog.records if line.levelno >= logging.ERROR]
    assert not world.channel.history()
    assert world.errors()
