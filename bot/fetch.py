"""Downloads. Nothing else opens a connection to a URL, be it Discord's own or a stranger's."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import aiohttp
import stamina
from yarl import URL

from .addresses import IPAddress, RefusedAddressError, guarded_socket_factory, is_public
from .fetch_errors import (
    DownloadFailedError,
    FetchError,
    NotFoundError,
    RefusedLinkError,
    TooBigError,
    TooSlowError,
    UnknownHostError,
)

__all__ = [
    "DownloadFailedError",
    "FetchError",
    "FetchLimits",
    "Fetcher",
    "NotFoundError",
    "RefusedLinkError",
    "TooBigError",
    "TooSlowError",
    "UnknownHostError",
]

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
    """What one download may cost.

    ``max_bytes`` is counted after decompression. ``total_seconds`` covers redirects, retries and
    the body, ``idle_seconds`` each wait for the next bytes. ``parallel`` downloads run at a time;
    waiting for one's turn costs none of the seconds.
    """

    max_bytes: int = 20 * 2**20
    total_seconds: float = 30
    idle_seconds: float = 10
    max_redirects: int = 3
    attempts: int = 4
    parallel: int = 16


class Fetcher:
    """Downloads files; an async context manager.

    ``is_allowed`` judges every address that is about to be connected to, after DNS and after
    each redirect; so neither a rebinding name nor a redirect leads anywhere else.
    """

    def __init__(
        self,
        limits: FetchLimits = FetchLimits(),
        *,
        is_allowed: Callable[[IPAddress], bool] = is_public,
        middlewares: Sequence[aiohttp.ClientMiddlewareType] = (),
    ) -> None:
        self._limits = limits
        self._is_allowed = is_allowed
        self._middlewares = middlewares
        self._turns = asyncio.Semaphore(limits.parallel)
        self._retrying = stamina.AsyncRetryingCaller(attempts=limits.attempts, timeout=None)

    async def __aenter__(self) -> Self:
        # DNS without threads: slow hostile names would fill the thread pool of the loop.
        self._resolver = aiohttp.AsyncResolver()
        idle = self._limits.idle_seconds
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._resolver, socket_factory=guarded_socket_factory(self._is_allowed)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity", "User-Agent": "HueHarvest"},
            middlewares=self._middlewares,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=idle, sock_read=idle),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def read(self, url: str) -> bytes:
        """Return the body of ``url``; raise a :class:`FetchError` when there is none to be had."""
        async with self._turns:
            try:
                async with asyncio.timeout(self._limits.total_seconds):
                    return await self._retrying(
                        (DownloadFailedError, UnknownHostError), self._attempt, url
                    )
            except TimeoutError as error:
                raise TooSlowError from error

    async def _attempt(self, url: str) -> bytes:
        """Download once, and say what went wrong in the terms of this module."""
        try:
            return await self._follow(URL(url))
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

    async def _follow(self, url: URL) -> bytes:
        """Go where the redirects lead, looking at each of them first."""
        for _ in range(self._limits.max_redirects + 1):
            if not _is_plain(url):
                raise RefusedLinkError
            async with self._session.get(url, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status not in _REDIRECTS or location is None:
                    return await self._body(response)
            url = url.join(URL(location))
        raise RefusedLinkError

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status in _WORTH_A_RETRY:
            raise DownloadFailedError
        if response.status != HTTPStatus.OK:
            raise NotFoundError
        limit = self._limits.max_bytes
        if (response.content_length or 0) > limit:
            raise TooBigError(limit)
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise TooBigError(limit)
        return bytes(body)


def _is_plain(url: URL) -> bool:
    """Tell whether ``url`` is http(s) to a host's own port, with no user named before it."""
    return (
        url.scheme in {"http", "https"}
        and url.host is not None
        and not _is_odd_address(url.host)
        and url.is_default_port()
        and "@" not in url.raw_authority
    )


def _is_odd_address(host: str) -> bool:
    """Tell whether ``host`` is an IPv4 address in disguise, such as ``127.1`` or ``0x7f000001``.

    Those end in a label that starts with a digit, as no domain does (RFC 1123, 2.1), and resolvers
    disagree on what they mean.
    """
    last_label = host.rstrip(".").rpartition(".")[2]
    if ":" in host or not last_label[:1].isdigit():
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
