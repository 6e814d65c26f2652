"""One gate for all requests to Discord's API, closed while Discord refuses them.

Discord bans an address from which 10,000 refused requests come in ten minutes; Cloudflare, which
stands in front of it, then answers them all. Any request meanwhile may prolong the ban.
"""

import logging
import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import SimpleNamespace

import aiohttp
from discord.http import Route

MAX_IN_A_ROW = 50  # refusals without a success between them, until the gate closes
MANY_REFUSED = 5_000  # half of Discord's limit: unasked work stops, until a half of that is left
_WINDOW = 600.0  # seconds in which Discord counts
_PAUSES = (15.0, 60.0, 240.0, 900.0)  # seconds; one after the other, until a request succeeds
_MAX_PAUSE = 3600.0  # seconds, whatever is asked for
_OF_PROXY = "generated-by-proxy"  # what nirn-proxy marks its own answers with

_log = logging.getLogger(__name__)


class GateClosedError(aiohttp.ClientError):
    """A request was not sent, and none will be for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no requests are sent for {seconds:.0f} s")


class Gate:
    """Counts the requests that Discord refuses, and holds all back for a while if it must.

    It outlives the clients, because the address is the same. ``clock`` returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._refused_at: deque[float] = deque()
        self._are_many_refused = False
        self._in_a_row = 0
        self._closures = 0  # without a success between them
        self._opens_at = -math.inf

    @property
    def refused_requests(self) -> int:
        """How many requests Discord refused in the last ten minutes, of those that it counts."""
        while self._refused_at and self._refused_at[0] <= self._clock() - _WINDOW:
            self._refused_at.popleft()
        return len(self._refused_at)

    @property
    def is_open_to_unasked(self) -> bool:
        """Whether to do what nobody asked for."""
        if self._are_many_refused and self.refused_requests < MANY_REFUSED / 2:
            _log.info("Discord refuses few requests again: unasked images are answered")
            self._are_many_refused = False
        return not self._are_many_refused and self._clock() >= self._opens_at

    def trace(self) -> aiohttp.TraceConfig:
        """Return what makes every request of a client pass the gate: its ``http_trace``.

        A request then raises :class:`GateClosedError` while the gate is closed.
        """
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._on_request_start)
        trace.on_request_end.append(self._on_request_end)
        return trace

    def note(self, status: int, headers: Mapping[str, str]) -> None:
        """Take an answer of Discord into account; ``headers`` ignores case."""
        match status:
            case HTTPStatus.TOO_MANY_REQUESTS:
                scope = headers.get("X-RateLimit-Scope")
                # What others have used up of a shared limit does not count, nor does what a proxy
                # of ours did not send.
                if scope != "shared" and _OF_PROXY not in headers:
                    self._count()
                if not scope and "Via" not in headers:  # not from Discord, but from Cloudflare
                    self._close("Cloudflare refuses requests", _seconds(headers.get("Retry-After")))
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
                self._count()
                self._in_a_row += 1
                if self._in_a_row >= MAX_IN_A_ROW:
                    self._close(f"Discord refused {self._in_a_row} requests in a row")
            case _ if status < HTTPStatus.BAD_REQUEST:
                self._in_a_row = self._closures = 0
            case _:
                pass

    def _count(self) -> None:
        self._refused_at.append(self._clock())
        if self.refused_requests >= MANY_REFUSED and not self._are_many_refused:
            self._are_many_refused = True
            _log.warning(
                "Discord refused %d requests in ten minutes, and bans the bot at 10,000: "
                "only those who ask are answered",
                self.refused_requests,
            )

    def _close(self, reason: str, seconds: float | None = None) -> None:
        now = self._clock()
        if now < self._opens_at:
            return  # an answer to a request from before
        if seconds is None:
            seconds = _PAUSES[min(self._closures, len(_PAUSES) - 1)]
        self._closures += 1
        self._opens_at = now + min(seconds, _MAX_PAUSE)
        _log.warning("%s: none is sent for %.0f s", reason, self._opens_at - now)

    async def _on_request_start(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestStartParams,
    ) -> None:
        remaining = self._opens_at - self._clock()
        if remaining > 0 and str(request.url).startswith(Route.BASE):  # not the gateway
            raise GateClosedError(remaining)

    async def _on_request_end(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        if str(request.url).startswith(Route.BASE):
            self.note(request.response.status, request.response.headers)


def _seconds(retry_after: str | None) -> float | None:
    """Return the seconds in a header ``Retry-After``, unless it is missing or a date."""
    try:
        return float(retry_after or "")
    except ValueError:
        return None
