"""Turns, shared out fairly: one tenant's flood does not hold up the others."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import chain
from time import monotonic

MAX_WAIT = 600.0  # seconds; Discord accepts an answer for 15 minutes


class BusyError(Exception):
    """Too many requests are waiting; there may be room in about ``retry_after`` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class ClosedError(Exception):
    """No more turns: the bot is stopping."""


class FairTurns:
    """Turns for tenants, at most ``parallel`` at a time.

    Each tenant, which is the id of a server or user, has its own queue, and the queues are served
    round-robin. Together they hold about ``max_wait`` seconds of work, judged by recent turns.
    Beyond that, the newest request of the longest queue gives way, so one tenant's flood shuts
    nobody else out.
    """

    def __init__(self, parallel: int, *, max_wait: float) -> None:
        self.parallel = parallel
        self._free = parallel
        self._max_wait = max_wait
        self._queues: OrderedDict[int, deque[asyncio.Future[None]]] = OrderedDict()
        self._seconds_per_turn = 1.0  # a moving average that starts from a guess

    @property
    def running(self) -> int:
        """How many have their turn."""
        return self.parallel - self._free

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return sum(map(len, self._queues.values()))

    @asynccontextmanager
    async def turn(self, tenant: int) -> AsyncGenerator[None]:
        """Wait for a turn, which ends with the block.

        Raises :class:`BusyError`, at once or when the request gives way to another, or
        :class:`ClosedError` when it is refused because the bot is stopping.
        """
        await self._acquire(tenant)
        start = monotonic()
        try:
            yield
        finally:
            self._seconds_per_turn += (monotonic() - start - self._seconds_per_turn) / 10
            self._release()

    def resize(self, parallel: int) -> None:
        """Let ``parallel`` turns run at a time from now on; turns under way continue."""
        self._free += parallel - self.parallel
        self.parallel = parallel
        self._pass_on()

    def refuse_waiting(self) -> None:
        """Refuse every waiting request with a :class:`ClosedError`; turns under way continue."""
        for turn in chain.from_iterable(self._queues.values()):
            turn.set_exception(ClosedError())
        self._queues.clear()

    def _expected_wait(self) -> float:
        """Return in about how many seconds a new request would get its turn."""
        return self.waiting * self._seconds_per_turn / self.parallel

    async def _acquire(self, tenant: int) -> None:
        if self._free > 0:
            self._free -= 1
            return
        if (wait := self._expected_wait()) >= self._max_wait:
            self._make_room_for(tenant, BusyError(max(1.0, wait)))
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(tenant, deque()).append(turn)
        try:
            await asyncio.shield(turn)  # no turn in a queue may be cancelled
        except asyncio.CancelledError:
            if not turn.done():
                self._leave(tenant, turn)
            elif turn.exception() is None:  # it came at the same moment
                self._release()
            raise

    def _make_room_for(self, tenant: int, refusal: BusyError) -> None:
        longest = max(self._queues.values(), key=len, default=deque[asyncio.Future[None]]())
        if len(longest) <= len(self._queues.get(tenant, ())) + 1:
            raise refusal
        longest.pop().set_exception(refusal)

    def _leave(self, tenant: int, turn: asyncio.Future[None]) -> None:
        self._queues[tenant].remove(turn)
        if not self._queues[tenant]:
            del self._queues[tenant]

    def _release(self) -> None:
        self._free += 1
        self._pass_on()

    def _pass_on(self) -> None:
        """Give free turns to the first queues, each of which then goes to the back."""
        while self._free > 0 and self._queues:  # after a resize, fewer than none may be free
            self._free -= 1
            tenant, queue = self._queues.popitem(last=False)
            queue.popleft().set_result(None)
            if queue:
                self._queues[tenant] = queue
