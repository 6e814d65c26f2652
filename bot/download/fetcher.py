"""Getting the bytes behind the URL of an image, within limits and in fair turns."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Self

import aiohttp
import stamina
from yarl import URL

from bot import metrics
from bot.turns import MAX_WAIT, FairTurns

from .errors import (
    DownloadFailedError,
    NotFoundError,
    RefusedLinkError,
    TooBigError,
    TooSlowError,
    UnknownHostError,
    WebPageError,
)
from .pages import MAX_PAGE_BYTES, is_page
from .ssrf import (
    IPAddress,
    RefusedAddressError,
    guarded_socket_factory,
    is_allowed_link,
    is_public,
)

_REDIRECT_STATUSES = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}
_RETRYABLE_STATUSES = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How large a download may be, how long it may take, and how many may run at once.

    ``max_bytes`` is counted after decompression; of a web page, no more than
    :data:`~bot.download.pages.MAX_PAGE_BYTES` are read. ``total_seconds`` covers redirects, all
    ``attempts`` and the body, ``idle_seconds`` each wait for more bytes; the wait for a turn counts
    towards neither. At most ``parallel`` files are in memory, downloading or in use; with four per
    worker, a worker's next image is always there. A request that would wait longer than about
    ``max_wait`` seconds is refused.
    """

    max_bytes: int = 20 * 2**20
    total_seconds: float = 30
    idle_seconds: float = 10
    max_redirects: int = 3
    attempts: int = 4
    parallel: int = 8
    max_wait: float = MAX_WAIT

    def for_strangers(self) -> "FetchLimits":
        """Return tighter limits: a stranger who chose the server also chose its speed."""
        return replace(
            self,
            total_seconds=self.total_seconds / 3,
            idle_seconds=self.idle_seconds / 3,
            parallel=max(1, self.parallel // 4),
        )


class _Pool:
    """Downloads that share their limits and their turns."""

    def __init__(self, name: str, limits: FetchLimits) -> None:
        self.name = name
        self.limits = limits
        self.turns = FairTurns(limits.parallel, max_wait=limits.max_wait)


class Fetcher:
    """Downloads files; an async context manager.

    Strangers' links have tighter limits and their own turns, so slow servers cannot hold up posted
    images.
    ``is_allowed`` checks the address of every connection, after DNS resolution and after each
    redirect, so neither DNS rebinding nor a redirect leads anywhere else.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        is_allowed: Callable[[IPAddress], bool] = is_public,
        middlewares: Sequence[aiohttp.ClientMiddlewareType] = (),
    ) -> None:
        limits = limits or FetchLimits()
        self._posted = _Pool("discord", limits)
        self._links = _Pool("links", limits.for_strangers())
        self._is_allowed = is_allowed
        self._middlewares = middlewares
        self._retrying = stamina.AsyncRetryingCaller(attempts=limits.attempts, timeout=None)

    async def __aenter__(self) -> Self:
        # DNS without threads: slow, hostile names would fill the event loop's thread pool.
        self._resolver = aiohttp.AsyncResolver()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._resolver, socket_factory=guarded_socket_factory(self._is_allowed)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity", "User-Agent": "HueHarvest"},
            middlewares=self._middlewares,
            timeout=_timeout(self._posted.limits),  # for requests that middlewares make
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._resolver.close()

    @asynccontextmanager
    async def download(
        self, url: str, *, tenant: int, by_stranger: bool = False
    ) -> AsyncGenerator[bytes]:
        """Wait for a turn, which ends with the block, and yield the body of ``url``.

        ``tenant`` is the id of the server or user the file is for: waiting tenants are served in
        turn. ``by_stranger`` marks an address that somebody chose, unlike one on Discord's own
        servers. Raises a :class:`~bot.download.errors.FetchError` if the download fails, and
        :class:`~bot.turns.BusyError` or :class:`~bot.turns.ClosedError` if it gets no turn.
        """
        pool = self._links if by_stranger else self._posted
        async with pool.turns.turn(tenant):
            try:
                with metrics.DOWNLOADS[pool.name].measured():
                    data = await self._fetch(url, pool.limits)
            except UnknownHostError as error:
                if by_stranger:
                    raise
                raise DownloadFailedError from error  # Discord's hosts exist: DNS is at fault
            yield data

    @property
    def turns(self) -> dict[str, FairTurns]:
        """Those of downloads from Discord, and of links, by the names they have in metrics."""
        return {pool.name: pool.turns for pool in (self._posted, self._links)}

    def resize(self, parallel: int) -> None:
        """Let ``parallel`` files be in memory from now on, as in :class:`FetchLimits`."""
        limits = replace(self._posted.limits, parallel=parallel)
        self._posted.turns.resize(limits.parallel)
        self._links.turns.resize(limits.for_strangers().parallel)

    def refuse_waiting(self) -> None:
        """Refuse the downloads that still wait for their turn, because the bot is stopping."""
        for turns in self.turns.values():
            turns.refuse_waiting()

    async def _fetch(self, url: str, limits: FetchLimits) -> bytes:
        """Download within the time limit, trying again after a fault that may pass."""
        try:
            async with asyncio.timeout(limits.total_seconds):
                return await self._retrying(
                    (DownloadFailedError, UnknownHostError), self._attempt, url, limits
                )
        except TimeoutError as error:
            raise TooSlowError from error

    async def _attempt(self, url: str, limits: FetchLimits) -> bytes:
        """Download once; translate the errors of aiohttp and yarl into those of this package."""
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
        except ValueError as error:  # what yarl, aiohttp and idna raise for a malformed URL
            raise RefusedLinkError from error
        except aiohttp.ClientError as error:
            raise DownloadFailedError from error

    async def _follow(self, url: URL, limits: FetchLimits) -> bytes:
        """Request ``url`` and follow its redirects, checking each link first."""
        timeout = _timeout(limits)
        for _ in range(limits.max_redirects + 1):
            if not is_allowed_link(url):
                raise RefusedLinkError
            async with self._session.get(url, allow_redirects=False, timeout=timeout) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECT_STATUSES or location is None:
                    body = await _read_body(response, limits.max_bytes)
                    if is_page(body, response.content_type):
                        raise WebPageError(body, str(url))
                    return body
            url = url.join(URL(location))
        raise RefusedLinkError


def _timeout(limits: FetchLimits) -> aiohttp.ClientTimeout:
    idle = limits.idle_seconds
    return aiohttp.ClientTimeout(total=None, sock_connect=idle, sock_read=idle)


async def _read_body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    status = response.status
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _RETRYABLE_STATUSES:
        raise DownloadFailedError
    if status != HTTPStatus.OK:
        raise NotFoundError
    if (response.content_length or 0) > max_bytes:
        raise TooBigError(max_bytes)
    body = bytearray()
    async for chunk in response.content.iter_any():
        had_room = len(body) < MAX_PAGE_BYTES
        body += chunk
        if len(body) > max_bytes:
            raise TooBigError(max_bytes)
        if had_room and len(body) >= MAX_PAGE_BYTES and is_page(body, response.content_type):
            return bytes(body[:MAX_PAGE_BYTES])
    return bytes(body)
