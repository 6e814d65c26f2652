"""A proxy in front of Discord's API that lets requests wait, where Discord would refuse them."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web
from yarl import URL

from tests.bot.loopback import listening

OF_THE_CONNECTION = {"Connection", "Host", "Transfer-Encoding", "Content-Length"}


class LocalProxy:
    """As nirn-proxy: it passes everything on, and counts requests with a token."""

    def __init__(self, target: URL, per_second: int) -> None:
        self.target = target
        self.per_second = per_second
        self.paths: list[str] = []
        self._sent_at: deque[float] = deque(maxlen=per_second)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["LocalProxy"]:
        async with (
            listening(self._handle) as self.url,
            ClientSession(auto_decompress=False) as self._session,
        ):
            yield self

    async def _handle(self, request: web.Request) -> web.Response:
        self.paths.append(request.path)
        body = await request.read()
        if "Authorization" in request.headers:
            await self._wait()
        headers = {k: v for k, v in request.headers.items() if k not in OF_THE_CONNECTION}
        there = self.target.with_path(request.path).with_query(request.query)
        async with self._session.request(
            request.method, there, data=body, headers=headers
        ) as response:
            headers = {k: v for k, v in response.headers.items() if k not in OF_THE_CONNECTION}
            return web.Response(body=await response.read(), status=response.status, headers=headers)

    async def _wait(self) -> None:
        now = asyncio.get_running_loop().time
        async with self._turn:
            if len(self._sent_at) == self.per_second:
                # Longer than Discord counts, and not by asyncio.sleep, which some tests shorten.
                soon = asyncio.Event()
                asyncio.get_running_loop().call_at(self._sent_at[0] + 1.5, soon.set)
                await soon.wait()
            self._sent_at.append(now())
