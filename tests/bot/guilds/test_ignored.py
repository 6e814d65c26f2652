"""Who is ignored is stored, shared between processes, and nobody else's business."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.guilds.cache import GuildSettingsCache
from bot.guilds.cached import MAX_AGE
from bot.guilds.database import StoreError
from bot.guilds.ignored import IgnoredPeople
from bot.guilds.store import Store
from tests.bot.guilds.support import ANOTHER_BOT, HERE, ME, Clock

ALICE, BOB = 2**62 + 1, 4  # ids of people

OpenPeople = Callable[..., IgnoredPeople]


@pytest_asyncio.fixture
async def open_people(clock: Clock) -> AsyncIterator[OpenPeople]:
    """Return a function that opens what is known of people as another process would."""
    stores: list[Store] = []

    def opened(url: str, bot: int = ME) -> IgnoredPeople:
        stores.append(Store(url))
        return IgnoredPeople(stores[-1], lambda: bot, clock=clock)

    yield opened
    for store in stores:
        await store.close()


async def test_it_is_kept_until_it_is_taken_back(url: str, open_people: OpenPeople) -> None:
    assert await open_people(url).toggle(ALICE)
    people = open_people(url)
    assert await people.includes(ALICE)
    assert not await people.includes(BOB)
    assert not await open_people(url, ANOTHER_BOT).includes(ALICE)
    assert not await people.toggle(ALICE)
    assert not await people.includes(ALICE)
    assert not await open_people(url).includes(ALICE)


async def test_a_change_by_another_process_is_noticed_soon(
    url: str, open_people: OpenPeople, clock: Clock
) -> None:
    one, other = open_people(url), open_people(url)
    assert not await other.includes(ALICE)
    assert await one.toggle(ALICE)
    clock.now += MAX_AGE
    assert await other.includes(ALICE)
    assert not await one.toggle(ALICE)
    assert await other.toggle(ALICE)  # although it remembers otherwise
    assert not await one.toggle(ALICE)


async def test_leaving_a_server_changes_nothing(
    url: str, open_people: OpenPeople, open_guilds: Callable[..., GuildSettingsCache]
) -> None:
    people = open_people(url)
    assert await people.toggle(ALICE)
    await open_guilds(url).forget(HERE)
    assert await open_people(url).includes(ALICE)
    assert not await people.toggle(ALICE)


async def test_without_the_database_what_was_last_known_applies(
    open_people: OpenPeople, clock: Clock, tmp_path: Path
) -> None:
    (folder := tmp_path / "mounted").mkdir()
    people = open_people(f"sqlite:///{folder}/choices")
    assert await people.toggle(ALICE)
    (folder / "choices").unlink()
    folder.rmdir()
    clock.now += MAX_AGE
    assert await people.includes(ALICE)
    assert not await people.includes(BOB)
    with pytest.raises(StoreError):
        await people.toggle(BOB)
    assert not await people.includes(BOB)
    folder.mkdir()
    assert await people.toggle(BOB)
    assert await people.includes(BOB)
