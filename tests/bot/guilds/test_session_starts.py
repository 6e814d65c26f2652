"""Sessions that several processes begin, one after the other."""

import asyncio

from bot.guilds.store import Store
from tests.bot.guilds.support import ANOTHER_BOT, ME

INTERVAL = 0.3  # seconds
LANE = 1


async def test_of_several_processes_one_gets_a_lane_and_the_others_know_for_how_long(
    url: str,
) -> None:
    async with Store(url) as one, Store(url) as other:
        await one.commands(ME)  # makes the tables
        for _ in range(2):
            claims = (store.claim_session(ME, LANE, INTERVAL) for store in (one, other) * 3)
            free, *taken = sorted(await asyncio.gather(*claims))
            assert free == 0
            assert all(0 < seconds <= INTERVAL for seconds in taken)
            await asyncio.sleep(INTERVAL)


async def test_lanes_and_bots_do_not_wait_for_each_other(url: str) -> None:
    async with Store(url) as store:
        assert await store.claim_session(ME, 2, 60) == 0
        assert await store.claim_session(ME, 3, 60) == 0
        assert await store.claim_session(ANOTHER_BOT, 2, 60) == 0
        assert 59 < await store.claim_session(ME, 2, 60) <= 60


async def test_a_process_that_died_has_begun_its_session(url: str) -> None:
    async with Store(url) as store:
        assert await store.claim_session(ME, 4, 60) == 0
    async with Store(url) as store:
        assert await store.claim_session(ME, 4, 60) > 59


async def test_a_clock_that_was_set_back_keeps_nobody_waiting(url: str) -> None:
    async with Store(url) as store:
        assert await store.claim_session(ME, 5, 3600) == 0
        assert await store.claim_session(ME, 5, INTERVAL) == 0
