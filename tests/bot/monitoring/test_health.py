"""Which troubles a restart would mend, and when the bot can answer everybody."""

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import aiohttp
import pytest

import bot.monitoring.server
from bot.monitoring.health import PATIENCE, SILENCE, Health
from bot.monitoring.probe import probe
from bot.settings import SettingsError
from bot.workers.engine import Engine
from tests.bot.local_discord import LocalDiscord
from tests.bot.loopback import LOOPBACK
from tests.bot.monitoring.pages import Answer, ask, ask_until, free_port, samples
from tests.bot.world import File, World

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.usefixtures("immediate_retries"),
]

Serving = Callable[..., AbstractAsyncContextManager[LocalDiscord]]

GATEWAY = "GET gateway"
RESUMPTION = "GET resumption"


class Clock:
    """discord.py's clock, which can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.perf_counter() + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(bot.monitoring.server, "Health", lambda: Health(clock))
    return clock


@pytest.fixture
def port() -> int:
    return free_port()


async def test_a_connection_that_has_been_silent_for_long_is_dead(
    serving: Serving,
    port: int,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with serving(metrics_port=port):
        clock.ahead = SILENCE - 60
        assert await ask(port, "/healthz") == (200, "ok")
        clock.ahead = SILENCE + 60
        dead = await ask(port, "/healthz")
        monkeypatch.setenv("METRICS_PORT", str(port))
        assert await asyncio.to_thread(probe) == 1
    assert dead.text == capsys.readouterr().out.strip()
    assert dead == (503, "shard 0 has heard nothing from Discord for 300 s")


async def test_an_outage_of_discord_is_no_reason_for_a_restart(
    serving: Serving, local_discord: LocalDiscord, port: int, clock: Clock
) -> None:
    faults = local_discord.faults
    async with serving(metrics_port=port) as here:
        faults[GATEWAY] += ["fails/503"] * 10_000
        faults[RESUMPTION] += ["fails/503"] * 10_000
        await here.drop()
        clock.ahead = 2 * PATIENCE
        count = len(faults[GATEWAY])
        await here.wait_until(lambda _: len(faults[GATEWAY]) < count)
        await ask_until(port, "/healthz", lambda answer: answer == (200, "ok"))
        unready = await ask(port, "/readyz")
        page = samples((await ask(port, "/metrics")).text)
    assert unready == (503, "not connected to Discord: shard 0")
    assert page["shard_connected", "0"] == page["ready",] == 0


async def test_a_connection_that_nobody_tries_to_replace_is_dead(
    serving: Serving, local_discord: LocalDiscord, port: int, clock: Clock
) -> None:
    resumptions = local_discord.faults[RESUMPTION]
    resumptions += ["hangs"]
    async with serving(metrics_port=port) as here:
        await here.drop()
        await here.wait_until(lambda _: not resumptions)
        clock.ahead = PATIENCE - 60
        assert await ask(port, "/healthz") == (200, "ok")
        clock.ahead = PATIENCE + 60
        dead = await ask(port, "/healthz")
    assert dead == (503, "shard 0 has lost its connection, and nobody tries to replace it")


async def test_a_client_that_another_will_follow_is_not_a_stop(
    open_world: Callable[[], AbstractAsyncContextManager[World]],
) -> None:
    health = Health()
    async with open_world() as world:
        health.watch(world.client)
        await world.client.close()
    assert health.why_unready() == "not connected to Discord yet"
    assert health.why_dead() is None


async def test_it_is_alive_but_not_ready_while_its_cluster_is_lost(
    serving: Serving, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(metrics_port=port):
        await ask_until(port, "/readyz", lambda answer: answer == (200, "ok"))
        monkeypatch.setattr(Engine, "is_ready", False)
        assert await ask(port, "/readyz") == (503, "the cluster is out of reach")
        assert await ask(port, "/healthz") == (200, "ok")


async def test_it_is_alive_but_not_ready_until_every_shard_is(
    serving: Serving, local_discord: LocalDiscord, port: int
) -> None:
    local_discord.shards = 2
    local_discord.faults[GATEWAY] += ["serves", *["fails/503"] * 10_000]
    async with serving(metrics_port=port):
        assert await ask(port, "/healthz") == (200, "ok")
        assert await ask(port, "/readyz") == (503, "not connected to Discord: shard 1")
        local_discord.faults.clear()
        await ask_until(port, "/readyz", lambda answer: "shard" not in answer.text)


async def test_it_is_alive_but_not_ready_while_it_finishes(
    serving: Serving, port: int, flower: File, during_processing: Callable[..., None]
) -> None:
    answers: list[Answer] = []

    async def stop_and_ask() -> None:
        (service,) = [task for task in asyncio.all_tasks() if task.get_coro().__name__ == "run"]
        service.cancel()
        answers.append(await ask_until(port, "/readyz", lambda answer: answer.status == 503))
        answers.append(await ask(port, "/healthz"))

    during_processing(stop_and_ask)
    async with serving(metrics_port=port) as here:
        await here.post(flower)
        await here.wait_until(lambda here: len(here.sent) == 1)
    assert answers == [(503, "the bot is stopping"), (200, "ok")]


async def test_a_port_that_is_taken_is_told_in_one_sentence(serving: Serving, port: int) -> None:
    sentence = rf"^METRICS_PORT cannot be opened, {port} at 127.0.0.1: [^:.]+\.$"
    with socket.create_server((LOOPBACK, port)), pytest.raises(SettingsError, match=sentence):
        async with serving(metrics_port=port):
            pass


async def test_only_this_machine_can_read_the_three_pages(serving: Serving, port: int) -> None:
    async with serving(metrics_port=port):
        assert (await ask(port, "/")).status == 404
        assert (await ask(port, "/metrics", "POST")).status == 405
        assert await ask(port, "/healthz", "HEAD") == (200, "")
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorError):
                await session.get(f"http://127.0.0.2:{port}/metrics")
