"""``python -m tests.bench.load.bot_process ADDRESS``: the bot as it runs, on a local Discord.

On SIGTERM it prints, as JSON, how late its event loop was, in milliseconds.
"""

import asyncio
import json
import logging
import signal
import sys
from collections import deque
from functools import partial
from time import monotonic, thread_time

import discord
import numpy as np
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from discord.http import Route
from yarl import URL

from bot.download.fetcher import Fetcher
from bot.launch import service
from bot.settings import AccountSettings

TICK = 0.01  # seconds
CDN = "cdn.simcord.invalid"


class Ticker:
    """Sleeps for :data:`TICK` again and again, and records by how many seconds it was late.

    ``busy`` is how long the loop's thread itself computed in that time: the rest of ``late`` is
    waiting for a core or for the interpreter's lock.
    """

    def __init__(self) -> None:
        self.late: deque[float] = deque(maxlen=1_000_000)
        self.busy: deque[float] = deque(maxlen=1_000_000)

    async def run(self) -> None:
        while True:
            start, cpu_start = monotonic(), thread_time()
            await asyncio.sleep(TICK)
            self.late.append(monotonic() - start - TICK)
            self.busy.append(thread_time() - cpu_start)

    def summary(self) -> dict[str, list[float]]:
        """Return the percentiles 50, 99, 99.9 and 100, in milliseconds."""
        return {
            name: [1000 * float(p) for p in np.percentile(values, (50, 99, 99.9, 100))]
            for name, values in (("late", self.late), ("busy", self.busy))
        }


async def serve(address: str) -> None:
    async def cdn(request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        if request.url.host != CDN:
            return await send(request)
        here = URL(f"http://{address}/cdn").with_query(url=str(request.url))
        return await request.session.get(here, middlewares=())

    Route.BASE = f"http://{address}/api"
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    service.Fetcher = partial(  # type: ignore[misc]  # the network is the only thing replaced
        Fetcher, is_allowed=lambda address: address.is_loopback, middlewares=[cdn]
    )
    ticker = Ticker()
    ticking = asyncio.create_task(ticker.run())
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        await service.run(AccountSettings.load())
    except asyncio.CancelledError:
        ticking.cancel()
        json.dump(ticker.summary(), sys.stdout)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(serve(sys.argv[1]))
