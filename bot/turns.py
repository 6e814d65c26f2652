"""Waiting in line, fairly."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import chain
from time import monotonic


class BusyError(Exception):
    """Too much is waiting already; there may be room in about ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class ClosedError(Exception):
    """Nobody gets a turn any more: the bot is stopping."""


class FairTurns:
    """Gives ``parallel`` turns at a time; the tenants that wait for one are served in turn.

    Each tenant has a line of its own, and one request of each line is served after the other. All
    lines together are as long as about ``max_wait`` seconds of work. Beyond that the longest
    shrinks, so a tenant with many requests keeps nobody else out: its newest request gives way.
    """

    def __init__(self, parallel: int, *, max_wait: float) -> None:
        self._parallel = parallel
        self._free = parallel
        self._max_wait = max_wait
        self._lines: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()
        self._seconds_a_turn = 1.0  # a guess, until some were measured

    @asynccontextmanager
    async def turn(self, tenant: int) -> AsyncGenerator[None]:
        """Wait for a turn, which lasts as long as the block.

        Raises :class:`BusyError`, at once or when the request gives way, or :class:`ClosedError`.
        """
        await self._take(tenant)
        start = monotonic()
        try:
            yield
        finally:
            self._seconds_a_turn += (monotonic() - start - self._seconds_a_turn) / 10
            self._give()

    def dismiss(self) -> None:
        """Refuse all who wait with a :class:`ClosedError`; the turns that are taken go on."""
        for turn in chain.from_iterable(self._lines.values()):
            turn.set_exception(ClosedError())
        self._lines.clear()

    def _expected_wait(self) -> float:
        """Return the seconds until a request that came last would have its turn."""
        return sum(map(len, self._lines.values())) * self._seconds_a_turn / self._parallel

    async def _take(self, tenant: int) -> None:
        if self._free:
            self._free -= 1
            return
        if (wait := self._expected_wait()) >= self._max_wait:
            self._make_room_for(tenant, BusyError(max(1.0, wait)))
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(tenant, deque()).append(turn)
        try:
            await asyncio.shield(turn)  # so that every turn in a line can still be given
        except asyncio.CancelledError:
            if not turn.done():
                self._leave(tenant, turn)
            elif turn.exception() is None:  # it came in the same moment
                self._give()
            raise

    def _make_room_for(self, tenant: int, refusal: BusyError) -> None:
        longest = max(self._lines.values(), key=len, default=deque[asyncio.Future[None]]())
        if len(longest) <= len(self._lines.get(tenant, ())) + 1:
            raise refusal
        longest.pop().set_exception(refusal)

    def _leave(self, tenant: int, turn: asyncio.Future[None]) -> None:
        self._lines[tenant].remove(turn)
        if not self._lines[tenant]:
            del self._lines[tenant]

    def _give(self) -> None:
        if not self._lines:
            self._free += 1
            return
        tenant, line = self._lines.popitem(last=False)
        line.popleft().set_result(None)
        if line:
            self._lines[tenant] = line
