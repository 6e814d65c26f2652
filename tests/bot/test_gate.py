"""When requests to Discord are held back."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

import pytest
from multidict import CIMultiDict

import bot.gate
import bot.launch.service
from bot.delivery import deliver
from bot.gate import MANY_REFUSED, MAX_IN_A_ROW, Gate, GateClosedError
from tests.bot.guilds.support import Clock
from tests.bot.local_discord import LocalDiscord
from tests.bot.world import File

Serving = Callable[[], AbstractAsyncContextManager[LocalDiscord]]

POST_MESSAGE = "POST channels/*/messages"
OF_DISCORD = CIMultiDict({"via": "1.1 google"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(clock)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110, the bot sets no event
            await asyncio.sleep(0.01)


def seconds_closed(gate: Gate, clock: Clock) -> float:
    """Let time pass until the gate opens; return how much."""
    before = clock.now
    while not gate.is_open_to_unasked:
        clock.now += 1
    return clock.now - before


def test_a_ban_closes_the_gate_for_as_long_as_it_says(gate: Gate, clock: Clock) -> None:
    gate.note(429, CIMultiDict({"retry-after": "90"}))
    assert seconds_closed(gate, clock) == 90


@pytest.mark.parametrize("retry_after", [{}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}])
def test_bans_of_unknown_length_close_it_longer_each_time(
    gate: Gate, clock: Clock, retry_after: dict[str, str]
) -> None:
    ban = CIMultiDict(retry_after)
    closed: list[float] = []
    for _ in range(5):
        gate.note(429, ban)
        gate.note(429, ban)  # to what was under way
        closed.append(seconds_closed(gate, clock))
    assert closed == [15, 60, 240, 900, 900]
    gate.note(200, OF_DISCORD)
    gate.note(429, ban)
    assert seconds_closed(gate, clock) == 15


@pytest.mark.parametrize("status", [401, 403])
def test_nothing_but_refusals_closes_it(gate: Gate, clock: Clock, status: int) -> None:
    for _ in range(MAX_IN_A_ROW - 1):
        gate.note(status, OF_DISCORD)
    gate.note(204, OF_DISCORD)
    for _ in range(MAX_IN_A_ROW - 1):
        gate.note(status, OF_DISCORD)
        gate.note(404, OF_DISCORD)
    assert gate.is_open_to_unasked
    gate.note(status, OF_DISCORD)
    assert seconds_closed(gate, clock) == 15
    gate.note(status, OF_DISCORD)
    assert seconds_closed(gate, clock) == 60


def test_rate_limits_of_discord_leave_it_open(gate: Gate) -> None:
    for _ in range(MAX_IN_A_ROW):
        gate.note(429, OF_DISCORD)
    assert gate.is_open_to_unasked


def test_a_proxy_that_leaves_out_via_is_not_taken_for_a_ban(gate: Gate) -> None:
    gate.note(429, CIMultiDict({"x-ratelimit-scope": "global", "retry-after": "1"}))
    assert gate.is_open_to_unasked
    assert gate.refused_requests == 1


def test_what_a_proxy_answers_by_itself_does_not_count(gate: Gate) -> None:
    own = {"generated-by-proxy": "true", "x-ratelimit-scope": "user", "retry-after": "1"}
    gate.note(429, CIMultiDict(own))
    assert gate.is_open_to_unasked
    assert gate.refused_requests == 0


def test_what_discord_counts_is_counted_for_ten_minutes(gate: Gate, clock: Clock) -> None:
    for status in (200, 400, 401, 403, 404, 429, 503):
        gate.note(status, OF_DISCORD)
        clock.now += 60
    gate.note(429, CIMultiDict({"via": "1.1 google", "x-ratelimit-scope": "shared"}))
    assert gate.refused_requests == 3
    clock.now += 600 - 5 * 60
    assert gate.refused_requests == 2


def test_halfway_to_a_ban_unasked_work_stops_until_few_are_refused(
    gate: Gate, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    for number in range(MANY_REFUSED + 10):
        assert gate.is_open_to_unasked is (number < MANY_REFUSED)
        gate.note(403, OF_DISCORD)
        gate.note(200, OF_DISCORD)
        clock.now += 0.1
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert seconds_closed(gate, clock) == pytest.approx(600 - 0.1 * MANY_REFUSED / 2, abs=2)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


# At the wire.


class WatchedGate(Gate):
    """A gate that tells when Discord last refused a request."""

    refused_at = 0.0

    def note(self, status: int, headers: Mapping[str, str]) -> None:
        if status >= 400:
            self.refused_at = time.monotonic()
        super().note(status, headers)


@pytest.fixture
def real_gate(monkeypatch: pytest.MonkeyPatch) -> WatchedGate:
    """Return the gate of the bot that is served."""
    gate = WatchedGate()
    monkeypatch.setattr(bot.launch.service, "Gate", lambda: gate)
    return gate


@pytest.mark.usefixtures("immediate_retries")
@pytest.mark.asyncio(loop_scope="session")
async def test_while_banned_nothing_is_sent_and_then_who_asked_is_answered(
    serving: Serving, local_discord: LocalDiscord, flower: File, real_gate: WatchedGate
) -> None:
    local_discord.faults[POST_MESSAGE] += ["bans/0.5"]
    async with serving() as here:
        await here.post(flower)
        await until(lambda: real_gate.refused_requests == 1)
        await here.post(flower)
        await here.wait_until(lambda here: len(here.sent) == 2)
        assert time.monotonic() - real_gate.refused_at > 0.4
    assert real_gate.refused_requests == 1


@pytest.mark.usefixtures("immediate_retries")
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("status", [401, 403])
async def test_a_flood_of_refusals_is_stopped(
    serving: Serving,
    flower: File,
    real_gate: WatchedGate,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setattr(bot.gate, "MAX_IN_A_ROW", 3)
    monkeypatch.setattr(bot.gate, "_PAUSES", (0.5,))
    async with serving() as here:
        here.faults[POST_MESSAGE] += [f"fails/{status}"] * 3
        for number in range(1, 4):
            await here.post(flower)
            await until(lambda number=number: real_gate.refused_requests == number)
        await here.post(flower)
        await here.wait_until(lambda here: len(here.sent) == 1)
        assert time.monotonic() - real_gate.refused_at > 0.4


async def test_who_cannot_be_answered_in_time_is_not_waited_for() -> None:
    async def send() -> None:
        raise GateClosedError(901)

    async with asyncio.timeout(30):
        with pytest.raises(GateClosedError, match="901 s"):
            await deliver(send)
