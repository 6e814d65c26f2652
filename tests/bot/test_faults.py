"""What happens to posted images when Discord, its CDN or the network fail."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
import stamina
from discord import ui
from discord.http import Route
from pydantic import SecretStr
from simcord.http.client import FakeWebhookAdapter

import bot.launch.service
from bot.download.fetcher import Fetcher
from bot.launch.service import run
from bot.services import Services
from bot.settings import AccountSettings, Listen
from bot.workers.engine import Engine
from palette import extract, render_card

if TYPE_CHECKING:
    from tests.bot.conftest import File, Seen, World
    from tests.bot.local_discord import LocalDiscord

pytestmark = pytest.mark.asyncio(loop_scope="session")

Serving = Callable[[], AbstractAsyncContextManager["LocalDiscord"]]


@pytest.fixture
def serving(
    local_discord: "LocalDiscord",
    monkeypatch: pytest.MonkeyPatch,
    bot_engine: Engine,
    tmp_path: Path,
) -> Serving:
    """Return what serves a Discord that is all there; faults may be added before."""
    settings = AccountSettings.model_construct(
        discord_token=SecretStr(local_discord.token),
        database_url=SecretStr(f"sqlite:///{tmp_path}/choices"),
    )
    fetcher = Fetcher(is_allowed=local_discord.is_allowed, middlewares=[local_discord.middleware])
    monkeypatch.setattr(bot.launch.service, "Fetcher", lambda _limits: fetcher)
    sleep = asyncio.sleep  # discord.py waits as often as ever, but not as long
    monkeypatch.setattr(asyncio, "sleep", lambda seconds, *rest: sleep(min(seconds, 0.02), *rest))
    monkeypatch.setattr(bot.launch.service, "Engine", lambda **_limits: nullcontext(bot_engine))

    @asynccontextmanager
    async def serving() -> AsyncGenerator["LocalDiscord"]:
        service = asyncio.create_task(run(settings))
        connected = asyncio.create_task(local_discord.connected.wait())
        await asyncio.wait({service, connected}, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()
        try:
            yield local_discord
        finally:
            service.cancel()
            with suppress(asyncio.CancelledError):
                await service

    return serving


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Try again as the bot does, but at once."""
    with stamina.set_testing(True, attempts=8):
        yield


POST = "POST channels/*/messages"


async def test_a_discord_out_of_reach_at_the_start_is_tried_again(
    serving: Serving, local_discord: "LocalDiscord", caplog: pytest.LogCaptureFixture
) -> None:
    # aiohttp itself asks again once after a lost connection.
    local_discord.faults["GET users/@me"] += [
        "hangs_up",
        "hangs_up",
        "fails/503",
        "fails/429",
        "babbles",
    ]
    async with serving():
        pass
    told = [line for line in caplog.messages if line.startswith("Discord is out of reach, for now")]
    assert len(told) == 4
    assert "Server disconnected" in told[0]


@pytest.mark.parametrize("way", ["hangs_up", "fails/503", "closes"])
async def test_a_gateway_out_of_reach_at_the_start_is_tried_again(
    serving: Serving,
    local_discord: "LocalDiscord",
    caplog: pytest.LogCaptureFixture,
    way: str,
) -> None:
    local_discord.faults["GET gateway"] += [way] * 6
    async with serving():
        pass
    tracebacks = [record.exc_text for record in caplog.records if record.exc_text]
    assert len(tracebacks) >= 3
    # Tries nested in each other would have longer and longer tracebacks, and end after a thousand.
    assert tracebacks[0].count("\n") == tracebacks[-1].count("\n")
    assert "Discord is out of reach, for now: The gateway" in caplog.text


async def test_a_lost_session_is_resumed_and_what_it_missed_is_answered(
    serving: Serving, flower: "File"
) -> None:
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)
        await here.drop()
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 2)
    identify, resume = here.starts
    assert identify["op"] == 2
    assert resume["op"] == 6
    assert resume["d"] == {"token": here.token, "session_id": "session", "seq": 2}
    assert all(reply.files for reply in here.sent)


async def test_a_session_that_cannot_be_resumed_is_begun_anew(
    serving: Serving, flower: "File"
) -> None:
    async with serving() as here:
        await here.invalidate_session()
        await here.until(lambda here: len(here.starts) == 2)
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)
    assert [start["op"] for start in here.starts] == [2, 2]


@pytest.mark.parametrize(
    "ways",
    [
        ["fails/500", "fails/502"],
        ["fails/503", "fails/503"],
        ["fails/500"] * 6,
        ["limits/0.01", "limits/0.01"],
        ["fails/429"],  # of Cloudflare, not of Discord
        ["hangs_up"],
        ["babbles"],
        ["accepts_and_hangs_up"],
    ],
)
async def test_a_reply_gets_through_once_and_whole(
    serving: Serving, local_discord: "LocalDiscord", flower: "File", ways: list[str]
) -> None:
    local_discord.faults[POST] += [*ways]
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)
        assert not here.faults[POST]
    (reply,) = here.sent
    assert reply.files[0] == render_card(extract(flower[1]))


async def test_a_reply_that_never_gets_through_is_logged(
    serving: Serving,
    local_discord: "LocalDiscord",
    flower: "File",
    caplog: pytest.LogCaptureFixture,
) -> None:
    local_discord.faults[POST] += ["fails/503"] * 8
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: not here.faults[POST])
    assert "DiscordServerError" in caplog.text


@pytest.mark.parametrize("way", ["hangs_up", "hangs"])
async def test_work_goes_on_when_discord_does_not_hear_that_it_does(
    serving: Serving, local_discord: "LocalDiscord", flower: "File", way: str
) -> None:
    local_discord.faults["POST channels/*/typing"] += [way]
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)


@pytest.mark.parametrize("way", ["breaks_off", "hangs_up", "fails/502", "fails/429"])
async def test_a_cdn_that_fails_for_a_moment_is_asked_again(
    serving: Serving, local_discord: "LocalDiscord", flower: "File", way: str
) -> None:
    local_discord.faults["GET cdn/*"] += [way, way]
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)
    assert here.sent[0].files


async def test_a_cdn_that_goes_on_failing_is_told(
    serving: Serving, local_discord: "LocalDiscord", flower: "File"
) -> None:
    local_discord.faults["GET cdn/*"] += ["breaks_off"] * 100
    async with serving() as here:
        await here.post(flower)
        await here.until(lambda here: len(here.sent) == 1)
    (reply,) = here.sent
    assert "The download failed" in str(reply.payload["components"])


async def name_the_bot_in_a_reply_to(
    picture: "File", world: "World", see: "Callable[..., Seen]"
) -> list[str]:
    """Return the codes it answers with, or what else it says."""
    await world.post(picture)
    posted = world.channel.last_message
    await world.alice.send(world.channel, world.client.user.mention, reply_to=posted)
    reply = await see(world.channel.last_message)
    return reply.codes or reply.texts


async def test_a_picture_that_is_replied_to_is_asked_for_again(
    open_world: Callable[..., "World"], flower: "File", see: "Callable[..., Seen]"
) -> None:
    async with open_world(listen=Listen.MENTIONS) as world:
        world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=3)
        said = await name_the_bot_in_a_reply_to(flower, world, see)
        assert said == list(extract(flower[1]).hex)


async def test_a_picture_that_is_replied_to_and_out_of_reach_gets_a_sentence(
    open_world: Callable[..., "World"], flower: "File", see: "Callable[..., Seen]"
) -> None:
    async with open_world(listen=Listen.MENTIONS) as world:
        world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=None)
        said = await name_the_bot_in_a_reply_to(flower, world, see)
        assert said == ["Discord has a problem: please try again."]


async def test_an_interaction_that_has_expired_leaves_a_line_in_the_log(
    world: "World", flower: "File", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.env.inject_error(
        "POST", "/interactions/*", status=404, code=10062, message="Unknown", times=None
    )
    await world.palette(flower)
    assert "error code: 10062" in caplog.text
    assert world.errors()


async def test_the_answer_to_a_command_gets_through(world: "World", flower: "File") -> None:
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=503, times=3)
    answered = await world.palette(flower)
    assert answered.response.attachments


def lose_an_answer_to(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Discord take the first request to that path, and the bot not hear of it."""
    request = FakeWebhookAdapter.request
    lost: list[str] = []

    async def losing(
        self: FakeWebhookAdapter, route: Route, *rest: object, **keywords: object
    ) -> object:
        answer = await request(self, route, *rest, **keywords)
        if path in route.url and not lost:
            lost.append(route.url)
            raise aiohttp.ServerDisconnectedError
        return answer

    monkeypatch.setattr(FakeWebhookAdapter, "request", losing)


async def test_a_command_survives_a_lost_answer_to_its_acknowledgement(
    world: "World", flower: "File", monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_an_answer_to("/callback", monkeypatch)
    answered = await world.palette(flower)
    assert answered.response.attachments


async def test_after_a_lost_answer_to_its_acknowledgement_a_failure_is_told_privately(
    world: "World", monkeypatch: pytest.MonkeyPatch
) -> None:
    lose_an_answer_to("/callback", monkeypatch)
    answered = await world.palette(("a.png", b"words"))
    assert answered.response is None
    (told,) = answered.followups
    assert told.ephemeral
    assert "no image" in told.content


async def test_the_newest_image_is_asked_for_again(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    await world.post(flower)
    world.env.inject_error("GET", "/channels/*/messages", status=503, times=3)
    answered = await world.palette()
    assert (await see(answered.response.message)).codes == list(extract(flower[1]).hex)


async def test_the_picture_of_a_palette_is_asked_for_again(
    world: "World", flower: "File", see: "Callable[..., Seen]"
) -> None:
    reply = await world.post(flower)
    world.env.inject_error("GET", "/channels/*/messages/*", status=503, times=3)
    items = ui.LayoutView.from_message(reply.message).walk_children()
    (more,) = (item for item in items if isinstance(item, ui.Button) and ":more:" in item.custom_id)
    pressed = await world.alice.click(reply.message, custom_id=more.custom_id)
    assert len((await see(pressed.response.message)).codes) == len(reply.codes) + 1


async def test_an_answer_that_never_gets_through_is_logged(
    world: "World", flower: "File", caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("*", "/webhooks/*", status=503, times=None)
    await world.palette(flower)
    assert "503 Error" in caplog.text
    assert world.errors()


async def test_a_channel_deleted_meanwhile_leaves_a_line_in_the_log(
    world: "World",
    flower: "File",
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO, "bot")
    harvest = world.client.services.process

    async def harvest_while_it_goes(*args: object, **keywords: object) -> object:
        outcome = await harvest(*args, **keywords)
        world.env.backend.delete_channel(world.channel.id)
        return outcome

    monkeypatch.setattr(Services, "process", staticmethod(harvest_while_it_goes))
    with suppress(KeyError):  # SimCord returns what was sent, from that channel
        await world.post(flower)
    assert f"could not reply in channel {world.channel.id}: Unknown Channel" in caplog.text
