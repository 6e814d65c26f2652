"""A file server on this machine that stands in for Discord's CDN, in the demo and in tests."""

from collections.abc import Callable
from ipaddress import IPv4Address
from types import TracebackType
from typing import Self

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, hdrs, web
from yarl import URL

from bot.download.ssrf import IPAddress

LOOPBACK = IPv4Address("127.0.0.1")
HOST = "cdn.simcord.invalid"  # where the simulation says that files are


class LocalCdn:
    """Serves what ``get(url)`` returns to a fetcher; an async context manager.

    ``host`` is the host name in those URLs. Build the fetcher with
    ``Fetcher(is_allowed=cdn.is_allowed, middlewares=[cdn.middleware])``: it then asks this server
    for URLs of that host, and may connect to nothing else.
    """

    def __init__(self, get: Callable[[str], bytes | None], *, host: str = HOST) -> None:
        self._get = get
        self._host = host
        self._runner = web.ServerRunner(web.Server(self._answer))

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, str(LOOPBACK), 0).start()
        self._port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    def is_allowed(self, address: IPAddress) -> bool:
        """Allow this server's address alone."""
        return address == LOOPBACK

    async def middleware(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        """Ask this server instead for what is on the host it stands in for, or what it has."""
        if request.url.host != self._host and self._get(request.url.human_repr()) is None:
            # As in the answers below: an idle connection's timer would be waited for.
            request.headers[hdrs.CONNECTION] = "close"
            return await send(request)
        here = URL.build(scheme="http", host=str(LOOPBACK), port=self._port)
        return await request.session.get(
            here.with_query(url=request.url.human_repr()), middlewares=()
        )

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        body = self._get(request.query["url"])
        answer = web.Response(body=body) if body is not None else web.Response(status=404)
        # An open connection would keep a timer in the client, which simulated time would wait for.
        answer.force_close()
        return answer
