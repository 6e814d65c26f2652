"""``python -m tests.bench.served.bot_process ADDRESS``: the bot as it runs, on a local Discord.

On SIGTERM it prints, as JSON, how late its event loop was, in milliseconds.
"""

import asyncio
import json
import sys
from collections import deque
from functools import partial
from time import monotonic, thread_time

import numpy as np
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse
from discord import utils
from discord.gateway import DiscordWebSocket
from yarl import URL

import bot.__main__ as bot
from bot.download.fetcher import Fetcher
from bot.launch import service, start
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


async def _run(settings: AccountSettings) -> None:
    ticker = Ticker()
    ticking = asyncio.create_task(ticker.run())
    try:
        await service.run(settings)
    finally:
        ticking.cancel()
        json.dump(ticker.summary(), sys.stdout)


def main(address: str) -> int:
    async def cdn(request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        if request.url.host != CDN:
            return await send(request)
        here = URL(f"http://{address}/cdn").with_query(url=str(request.url))
        return await request.session.get(here, middlewares=())

    # discord.py takes orjson where it finds it; the bot does not bring it, but the benchmarks do.
    utils._from_json, utils._to_json = json.loads, partial(json.dumps, separators=(",", ":"))  # noqa: SLF001
    DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://{address}/gateway/")
    start.run = _run
    service.Fetcher = partial(  # type: ignore[misc]  # the network is the only thing replaced
        Fetcher, is_allowed=lambda address: address.is_loopback, middlewares=[cdn]
    )
    return bot.main(["run"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
