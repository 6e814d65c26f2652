"""The simulation of queues agrees with what is known of them, and with the bot's own turns."""

import asyncio
from math import factorial

import numpy as np
import pytest

from bot.turns import FairTurns
from tests.bench.queueing import SWING, Requests, day, reply_times


@pytest.mark.parametrize(("workers", "load"), [(1, 0.5), (2, 0.7), (8, 0.8)])
def test_the_mean_wait_is_that_of_the_formula_by_erlang(workers: int, load: float) -> None:
    random = np.random.default_rng(1)
    count = 200_000
    times = np.cumsum(random.exponential(1 / (load * workers), count))
    requests = Requests(times, random.integers(0, 50, count))
    services = random.exponential(1, count)
    wait = (reply_times(requests, services, workers) - services).mean()
    offered = load * workers
    queue = offered**workers / factorial(workers) / (1 - load)
    waiting = queue / (sum(offered**k / factorial(k) for k in range(workers)) + queue)
    assert wait == pytest.approx(waiting / (workers * (1 - load)), rel=0.05)


async def test_turns_come_in_the_order_of_the_bot() -> None:
    servers = [7, 7, 7, 7, 3, 3, 5, 7, 5, 3, 9]
    turns, served = FairTurns(1, max_wait=1e9), []

    async def request(number: int) -> None:
        async with turns.turn(servers[number]):
            served.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*map(request, range(len(servers))))
    requests = Requests(np.zeros(len(servers)), np.array(servers))
    times = reply_times(requests, np.ones(len(servers)), workers=1)
    assert np.argsort(times).tolist() == served


def test_a_day_has_its_images_and_its_peak() -> None:
    requests = day(100, 200_000, np.random.default_rng(2))
    counts, _ = np.histogram(requests.times, bins=24)
    seconds = 200_000 * (1 + SWING) / 100 / 24
    assert counts.sum() == pytest.approx(200_000, rel=0.02)
    assert counts.max() / seconds == pytest.approx(100, rel=0.05)
