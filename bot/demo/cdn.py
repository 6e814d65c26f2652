"""A file server on this machine that stands in for Discord's CDN, in the demo and in tests."""

from collections.abc import Callable
from ipaddress import IPv4Address
from types import TracebackType
from typing import Self

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, hdrs, web
from yarl import URL

from bot.download.ssrf import IPAddress

CDN_HOST = "cdn.simcord.invalid"  # where simulated files are
_LOOPBACK = IPv4Address("127.0.0.1")


class LocalCdn:
    """Serves the files that ``get_file(url)`` returns, if any; an async context manager.

    ``host`` is the host name in those URLs. Build the fetcher with
    ``Fetcher(is_allowed=cdn.is_allowed, middlewares=[cdn.middleware])``: it then asks this server
    for URLs on that host, and cannot connect to anything else.
    """

    def __init__(self, get_file: Callable[[str], bytes | None], *, host: str = CDN_HOST) -> None:
        self._get_file = get_file
        self._host = host
        self._runner = web.ServerRunner(web.Server(self._serve))

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, str(_LOOPBACK), 0).start()
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
        """Return whether ``address`` is this server's."""
        return address == _LOOPBACK

    async def middleware(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        """Answer from this server what is on the CDN's host, and any other URL with a file."""
        if request.url.host != self._host and self._get_file(request.url.human_repr()) is None:
            request.headers[hdrs.CONNECTION] = "close"  # as below
            return await send(request)
        here = URL.build(scheme="http", host=str(_LOOPBACK), port=self._port)
        return await request.session.get(
            here.with_query(url=request.url.human_repr()), middlewares=()
        )

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        body = self._get_file(request.query["url"])
        response = web.Response(body=body) if body is not None else web.Response(status=404)
        # The client keeps a timer for an idle connection, and simulated time would wait for it.
        response.force_close()
        return response
