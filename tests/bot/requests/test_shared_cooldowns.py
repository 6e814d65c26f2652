"""One person's requests are counted together, whichever process has the servers they ask in."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from bot.gate import Gate
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.store import Store
from bot.language import language_of
from bot.requests import shared_counts
from bot.requests.cooldowns import (
    PRESSES_PER_REQUEST,
    Cooldowns,
    ServerCooldownError,
    UserCooldownError,
)
from bot.requests.request import Request
from bot.services import Services
from bot.settings import AccountSettings, Listen, Rate

ME, ANOTHER_BOT = 10, 20
ALICE, BOB = 2**62, 2**62 + 1
HERE, THERE = 3, 4
NOW = datetime(2026, 8, 1, tzinfo=UTC)
ENGLISH = language_of("en-GB")


def services(store: Store, bot: int = ME, *, shards: tuple[int, ...] | None = (0, 1)) -> Services:
    """Return the services of one process, which has these shards, or all."""
    settings = AccountSettings.model_construct(
        shard_ids=shards, user_limit=Rate(3, 60), server_limit=Rate(5, 60)
    )
    client: Any = SimpleNamespace(application_id=bot)
    unused: Any = None
    return Services.build(
        settings,
        fetcher=unused,
        engine=unused,
        store=store,
        client=client,
        gate=Gate(),
        is_content_refused=False,
    )


def asked(person: int, guild: int | None = HERE, *, after: float = 0) -> Request:
    """Return a request made some seconds after the first."""
    return Request(
        person,
        guild,
        NOW + timedelta(seconds=after),
        GuildSettings(Listen.EVERYWHERE),
        ENGLISH,
        ENGLISH,
        ENGLISH,
        can_attach=True,
    )


async def refusal(cooldowns: Cooldowns, request: Request, images: int = 1) -> Exception | None:
    try:
        await cooldowns.take(request, images)
    except (UserCooldownError, ServerCooldownError) as error:
        return error
    return None


@pytest_asyncio.fixture
async def stores(postgresql: str) -> AsyncIterator[tuple[Store, Store]]:
    async with Store(postgresql) as one, Store(postgresql) as other:
        yield one, other


async def test_a_person_is_counted_once_for_all_processes(stores: tuple[Store, Store]) -> None:
    one, other = (services(store).cooldowns for store in stores)
    await one.take(asked(ALICE, HERE))
    await other.take(asked(ALICE, THERE, after=10))
    await one.take(asked(ALICE, None, after=20))
    for cooldowns, guild in ((one, HERE), (other, THERE), (other, None)):
        for _ in range(2):
            error = await refusal(cooldowns, asked(ALICE, guild, after=50))
            assert isinstance(error, UserCooldownError)
            assert error.seconds == 10
    await one.take(asked(BOB, after=50))
    await other.take(asked(ALICE, THERE, after=61))


async def test_many_images_count_as_several_requests_but_take_only_what_is_left(
    stores: tuple[Store, Store],
) -> None:
    one, other = (services(store).cooldowns for store in stores)
    await one.take(asked(ALICE), images=8)
    await other.take(asked(ALICE, THERE), images=100)
    assert await refusal(one, asked(ALICE, after=60))
    assert not await refusal(one, asked(ALICE, after=60.5))


async def test_of_requests_at_once_as_many_are_taken_as_may_be(
    stores: tuple[Store, Store],
) -> None:
    cooldowns = [services(store).cooldowns for store in stores for _ in range(10)]
    refusals = await asyncio.gather(*(refusal(each, asked(ALICE)) for each in cooldowns))
    assert refusals.count(None) == 3


async def test_what_its_server_refuses_does_not_count_for_a_person(
    stores: tuple[Store, Store],
) -> None:
    one, other = (services(store).cooldowns for store in stores)
    for person in range(5):
        await one.take(asked(person))
    for _ in range(5):
        assert isinstance(await refusal(one, asked(ALICE)), ServerCooldownError)
    for _ in range(3):
        await other.take(asked(ALICE, THERE))


async def test_presses_and_other_bots_are_counted_by_themselves(
    stores: tuple[Store, Store],
) -> None:
    one, other = map(services, stores)
    for _ in range(3):
        await one.cooldowns.take(asked(ALICE))
    for number in range(PRESSES_PER_REQUEST * 3):
        await (one, other)[number % 2].press_cooldowns.take(asked(ALICE, (HERE, THERE)[number % 2]))
    assert await refusal(other.press_cooldowns, asked(ALICE, THERE))
    await services(stores[1], ANOTHER_BOT).cooldowns.take(asked(ALICE, THERE))


async def test_without_the_database_each_process_counts_alone(
    stores: tuple[Store, Store], postgresql: str
) -> None:
    one, other = (services(store).cooldowns for store in stores)
    await one.take(asked(ALICE))
    async with await psycopg.AsyncConnection.connect(postgresql) as connection:
        await connection.execute("ALTER TABLE cooldowns RENAME TO gone")
    for cooldowns, left in ((one, 2), (other, 3)):
        for _ in range(left):
            await cooldowns.take(asked(ALICE, None))
        assert isinstance(await refusal(cooldowns, asked(ALICE, None)), UserCooldownError)


async def test_what_is_over_is_removed(
    stores: tuple[Store, Store], postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_counts, "_CLEANING_INTERVAL", 0)
    cooldowns = services(stores[0]).cooldowns
    await cooldowns.take(asked(ALICE))
    await cooldowns.take(asked(BOB, after=61))
    async with await psycopg.AsyncConnection.connect(postgresql) as connection:
        rows = await connection.execute("SELECT person FROM cooldowns")
        assert await rows.fetchall() == [(BOB,)]


async def test_a_bot_in_one_process_counts_in_memory(
    stores: tuple[Store, Store], postgresql: str
) -> None:
    cooldowns = services(stores[0], shards=None).cooldowns
    await cooldowns.take(asked(ALICE))
    async with await psycopg.AsyncConnection.connect(postgresql) as connection:
        rows = await connection.execute("SELECT person FROM cooldowns")
        assert await rows.fetchall() == []
