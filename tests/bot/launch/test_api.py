"""A proxy in front of Discord's API."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

import aiohttp
import discord
import pytest
import pytest_asyncio
from discord.http import Route
from pydantic import HttpUrl

from bot.controls.copy import codes_message
from bot.gate import Gate
from bot.language import ENGLISH
from bot.launch.api import use_api
from bot.settings import SettingsError
from tests.bot.colors import BLUE, RED
from tests.bot.local_discord import LocalDiscord
from tests.bot.local_proxy import LocalProxy
from tests.bot.reply.palettes import palette_of
from tests.bot.world import File

Serving = Callable[..., AbstractAsyncContextManager[LocalDiscord]]

CLIENTS, REQUESTS, LIMIT = 2, 40, 50  # the limit is a second's


@pytest.fixture(autouse=True)
def _real_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "https://discord.com/api/v10")


@pytest_asyncio.fixture(loop_scope="session")
async def proxy(local_discord: LocalDiscord) -> AsyncGenerator[LocalProxy]:
    async with LocalProxy(local_discord.url, per_second=LIMIT).running() as proxy:
        yield proxy


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://[fd00::1]:8080/", "http://[fd00::1]:8080/api/v10"),
        ("http://192.168.0.2", "http://192.168.0.2/api/v10"),
        ("http://nirn:8080", "http://nirn:8080/api/v10"),
        ("http://nirn.bots.svc.cluster.local:80", "http://nirn.bots.svc.cluster.local/api/v10"),
        ("https://proxy.example", "https://proxy.example/api/v10"),
        ("https://proxy.example/discord/v10/", "https://proxy.example/discord/v10"),
    ],
)
def test_an_address_takes_the_place_of_discords(address: str, base: str) -> None:
    use_api(HttpUrl(address))
    assert base == Route.BASE
    assert Route("GET", "/users/@me").url == f"{base}/users/@me"


@pytest.mark.parametrize(
    ("address", "remedy"),
    [
        ("http://proxy.example:8080", "begin with https://"),
        ("http://8.8.8.8", "begin with https://"),
        ("http://[2606:4700::1]", "begin with https://"),
        ("http://me:hunter2@127.0.0.1:8080", "such as http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/?version=10", "such as http://127.0.0.1:8080"),
    ],
)
def test_an_address_where_the_token_is_not_safe_is_explained(address: str, remedy: str) -> None:
    before = Route.BASE
    with pytest.raises(SettingsError, match=rf"^DISCORD_API should .*{remedy}.*\.$") as raised:
        use_api(HttpUrl(address))
    assert "hunter2" not in str(raised.value)
    assert before == Route.BASE


async def send_at_once(here: LocalDiscord) -> list[Gate]:
    """Log clients in, and send more requests at once than Discord takes; return their gates."""
    gates = [Gate() for _ in range(CLIENTS)]
    async with AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                discord.Client(intents=discord.Intents.none(), http_trace=gate.trace())
            )
            for gate in gates
        ]
        for client in clients:
            await client.login(here.token)
        here.global_limit = LIMIT
        async with asyncio.timeout(30):
            await asyncio.gather(
                *(client.http.send_typing(n) for client in clients for n in range(REQUESTS))
            )
    return gates


@pytest.mark.asyncio(loop_scope="session")
async def test_without_a_proxy_two_processes_together_exceed_the_limit(
    local_discord: LocalDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", local_discord.api)
    gates = await send_at_once(local_discord)
    assert local_discord.refused > 0
    assert sum(gate.refused_requests for gate in gates) == local_discord.refused
    assert all(gate.is_open_to_unasked for gate in gates)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_proxy_keeps_two_processes_together_within_the_limit(
    local_discord: LocalDiscord, proxy: LocalProxy
) -> None:
    use_api(HttpUrl(f"{proxy.url}"))
    gates = await send_at_once(local_discord)
    assert len(proxy.paths) >= CLIENTS * REQUESTS
    assert local_discord.refused == 0
    assert not any(gate.refused_requests for gate in gates)


@pytest.mark.usefixtures("immediate_retries")
@pytest.mark.asyncio(loop_scope="session")
async def test_a_proxy_that_is_away_is_tried_again(
    serving: Serving, caplog: pytest.LogCaptureFixture, unused_tcp_port: int
) -> None:
    nobody = HttpUrl(f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(aiohttp.ClientConnectorError):  # in the end, as only in tests
        async with serving(discord_api=nobody):
            pass
    assert caplog.text.count("Discord is out of reach for now: Cannot connect to host") == 8


@pytest.mark.usefixtures("immediate_retries")
@pytest.mark.asyncio(loop_scope="session")
async def test_all_requests_to_the_api_pass_the_proxy_and_nothing_else(
    serving: Serving, proxy: LocalProxy, flower: File
) -> None:
    content, view = codes_message(palette_of([RED, BLUE], [2, 1]), "hex", 1, ENGLISH, themes=True)
    async with serving(discord_api=HttpUrl(str(proxy.url))) as here:
        await here.post(flower)
        await here.press("theme", content, view.to_components())
        await here.wait_until(lambda here: len(here.sent) == 2)
    passed = [path.removeprefix("/api/") for path in proxy.paths]
    paths = [each.partition(" ")[2] for each in here.requests]
    assert any(path.startswith("interactions/") for path in passed)
    assert any(path.startswith("cdn/") for path in paths)
    others = ("cdn/", "gateway", "resumption")
    assert sorted(passed) == sorted(
        path for path in paths if not path.startswith(others) or path == "gateway/bot"
    )
