"""Waiting in line, fairly."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

T = TypeVar("T")


class FairPool(Generic[T]):
    """Lends items to tenants; when all are lent, the waiting tenants are served in turn.

    Each tenant has a line of its own, and one request of each line is served after the other. At
    most ``limit`` requests wait. Beyond that the longest line shrinks, so a tenant with many
    requests keeps nobody else out: its newest request gives way (``asyncio.QueueFull``).
    """

    def __init__(self, items: Iterable[T], *, limit: int) -> None:
        self._idle = list(items)
        self._limit = limit
        self._lines: OrderedDict[int, deque[asyncio.Future[T]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """The number of requests in all lines."""
        return sum(not turn.done() for line in self._lines.values() for turn in line)

    @asynccontextmanager
    async def borrow(self, tenant: int) -> AsyncGenerator[T]:
        """Lend one item for the duration of the block; raise ``asyncio.QueueFull``."""
        item = await self._take(tenant)
        try:
            yield item
        finally:
            self._give(item)

    async def _take(self, tenant: int) -> T:
        if self._idle:
            return self._idle.pop()
        if self.waiting >= self._limit:
            self._make_room_for(tenant)
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(tenant, deque()).append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.exception() is None:
                self._give(turn.result())  # its turn had come in the same moment
            raise

    def _make_room_for(self, tenant: int) -> None:
        longest = max(self._lines.values(), key=len, default=deque[asyncio.Future[T]]())
        if len(longest) <= len(self._lines.get(tenant, ())) + 1:
            raise asyncio.QueueFull
        longest.pop().set_exception(asyncio.QueueFull())

    def _give(self, item: T) -> None:
        while self._lines:
            tenant, line = self._lines.popitem(last=False)
            turn = line.popleft()
            if line:
                self._lines[tenant] = line
            if not turn.done():  # else its waiter was cancelled
                turn.set_result(item)
                return
        self._idle.append(item)
