"""Downloads. Nothing else opens a connection to a URL, be it Discord's own or a stranger's."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Self

import aiohttp
import stamina
from yarl import URL

from bot.turns import FairTurns

from .errors import (
    DownloadFailedError,
    NotFoundError,
    RefusedLinkError,
    TooBigError,
    TooSlowError,
    UnknownHostError,
)
from .ssrf import IPAddress, RefusedAddressError, guarded_socket_factory, is_plain, is_public

_REDIRECTS = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}
_WORTH_A_RETRY = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much, how long, how many.

    ``max_bytes`` is counted after decompression. ``total_seconds`` covers redirects, retries and
    the body, ``idle_seconds`` each wait for the next bytes; waiting for one's turn costs none of
    them. ``parallel`` files are in memory at most, in download or in use: four a worker are
    enough that it finds its next picture there. What would wait longer than ``max_wait`` is
    refused; a user can be answered for 15 minutes.
    """

    max_bytes: int = 20 * 2**20
    total_seconds: float = 30
    idle_seconds: float = 10
    max_redirects: int = 3
    attempts: int = 4
    parallel: int = 8
    max_wait: float = 600

    def for_strangers(self) -> "FetchLimits":
        """Return shorter limits, for who chooses the server chooses its speed, too."""
        return replace(
            self,
            total_seconds=self.total_seconds / 3,
            idle_seconds=self.idle_seconds / 3,
            parallel=max(1, self.parallel // 4),
        )


class _Lane:
    """One kind of download, with limits and turns of its own."""

    def __init__(self, limits: FetchLimits) -> None:
        self.limits = limits
        self.turns = FairTurns(limits.parallel, max_wait=limits.max_wait)


class Fetcher:
    """Downloads files; an async context manager.

    Strangers' links have turns of their own, so that slow servers keep no posted picture waiting.
    ``is_allowed`` judges every address that is about to be connected to, after DNS and after
    each redirect; so neither a rebinding name nor a redirect leads anywhere else.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        is_allowed: Callable[[IPAddress], bool] = is_public,
        middlewares: Sequence[aiohttp.ClientMiddlewareType] = (),
    ) -> None:
        limits = limits or FetchLimits()
        self._posted = _Lane(limits)
        self._links = _Lane(limits.for_strangers())
        self._is_allowed = is_allowed
        self._middlewares = middlewares
        self._retrying = stamina.AsyncRetryingCaller(attempts=limits.attempts, timeout=None)

    async def __aenter__(self) -> Self:
        # DNS without threads: slow hostile names would fill the thread pool of the loop.
        self._resolver = aiohttp.AsyncResolver()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._resolver, socket_factory=guarded_socket_factory(self._is_allowed)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity", "User-Agent": "HueHarvest"},
            middlewares=self._middlewares,
            timeout=_timeout(self._posted.limits),  # which a middleware's own requests have too
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._resolver.close()

    @asynccontextmanager
    async def download(
        self, url: str, *, tenant: int, by_stranger: bool = False
    ) -> AsyncGenerator[bytes]:
        """Wait for a turn, and lend the body of ``url`` as long as the block lasts.

        The turn ends with the block. ``tenant`` is the server or user it is for: those who wait are
        served in turn. Raises a :class:`FetchError` when there is no body to be had,
        :class:`~bot.turns.BusyError` or :class:`~bot.turns.ClosedError` when there is no turn.
        """
        lane = self._links if by_stranger else self._posted
        async with lane.turns.turn(tenant):
            try:
                data = await self._read(url, lane.limits)
            except UnknownHostError as error:
                if by_stranger:
                    raise
                raise DownloadFailedError from error  # Discord's hosts are no secret
            yield data

    def dismiss(self) -> None:
        """Refuse all downloads that wait for their turn, because the bot stops."""
        self._posted.turns.dismiss()
        self._links.turns.dismiss()

    async def _read(self, url: str, limits: FetchLimits) -> bytes:
        try:
            async with asyncio.timeout(limits.total_seconds):
                return await self._retrying(
                    (DownloadFailedError, UnknownHostError), self._attempt, url, limits
                )
        except TimeoutError as error:
            raise TooSlowError from error

    async def _attempt(self, url: str, limits: FetchLimits) -> bytes:
        """Download once, and say what went wrong in the terms of this module."""
        try:
            return await self._follow(URL(url), limits)
        except TimeoutError as error:
            raise TooSlowError from error
        except aiohttp.ClientConnectorDNSError as error:
            raise UnknownHostError from error
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.__cause__, RefusedAddressError):
                raise RefusedLinkError from error
            raise DownloadFailedError from error
        except ValueError as error:  # yarl's, aiohttp's and idna's word for a URL that is none
            raise RefusedLinkError from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError from error

    async def _follow(self, url: URL, limits: FetchLimits) -> bytes:
        """Go where the redirects lead, looking at each of them first."""
        timeout = _timeout(limits)
        for _ in range(limits.max_redirects + 1):
            if not is_plain(url):
                raise RefusedLinkError
            async with self._session.get(url, allow_redirects=False, timeout=timeout) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return await self._body(response, limits.max_bytes)
            url = url.join(URL(location))
        raise RefusedLinkError

    async def _body(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status in _WORTH_A_RETRY:
            raise DownloadFailedError
        if response.status != HTTPStatus.OK:
            raise NotFoundError
        if (response.content_length or 0) > limit:
            raise TooBigError(limit)
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise TooBigError(limit)
        return bytes(body)


def _timeout(limits: FetchLimits) -> aiohttp.ClientTimeout:
    idle = limits.idle_seconds
    return aiohttp.ClientTimeout(total=None, sock_connect=idle, sock_read=idle)
