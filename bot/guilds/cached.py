"""What the database says of ids: read for many at once, and cached for a while."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

from cachetools import LRUCache

from .database import StoreError

# Seconds until another process's change shows, if nothing tells of it, and a failure is retried.
MAX_AGE = 10.0
MAX_CACHED = 20_000  # ids

Value = TypeVar("Value")


class Cached(Generic[Value]):
    """The values of ids, or the last known ones while the database is unavailable.

    ``read`` returns those of some ids; one that it leaves out has the ``default``. ``clock``
    returns seconds.
    """

    def __init__(
        self,
        read: Callable[[Collection[int]], Awaitable[Mapping[int, Value]]],
        default: Value,
        clock: Callable[[], float],
    ) -> None:
        self._read = read
        self._default = default
        self._clock = clock
        self._cached: LRUCache[int, tuple[Value, float]] = LRUCache(MAX_CACHED)
        self._requested: set[int] = set()
        self._next_read: asyncio.Task[dict[int, Value]] | None = None
        self._reading = asyncio.Lock()
        self._failed_at = -math.inf
        self._expiries = 0

    async def get(self, key: int) -> Value:
        """Return the value of an id."""
        if self._is_fresh(key):
            return self.last_known(key)
        self._requested.add(key)
        if self._next_read is None:
            self._next_read = asyncio.create_task(self._read_requested())
        return (await asyncio.shield(self._next_read))[key]

    def last_known(self, key: int) -> Value:
        """Return the value of an id without reading it: what it last was, or the default."""
        value, _ = self._cached.get(key, (self._default, None))
        return value

    def put(self, key: int, value: Value) -> None:
        """Replace the value of an id by what the database has by now."""
        self._failed_at = -math.inf
        self._cached[key] = value, self._clock()

    def drop(self, key: int) -> None:
        """Forget the value of an id, so that it is read again."""
        self._cached.pop(key, None)

    def expire(self, key: int) -> None:
        """Have the value of an id read again; until then, it is what was last known."""
        self._expiries += 1
        if key in self._cached:
            self._cached[key] = self.last_known(key), -math.inf

    def expire_all(self) -> None:
        """Have the values of all ids read again."""
        self._expiries += 1
        for key in list(self._cached):
            self.expire(key)

    def note_failure(self) -> None:
        """Do without the database for a while."""
        self._failed_at = self._clock()

    @property
    def is_failing(self) -> bool:
        """Whether the database is not to be asked for a while."""
        return self._clock() < self._failed_at + MAX_AGE

    async def _read_requested(self) -> dict[int, Value]:
        """Read the values of all ids that were asked for until the read began.

        Otherwise a burst of messages in many servers would open as many connections.
        """
        async with self._reading:
            requested, self._requested, self._next_read = self._requested, set(), None
            stale = {key: self._cached.get(key) for key in requested if not self._is_fresh(key)}
            expiries = self._expiries
            try:
                values: Mapping[int, Value] = await self._read(stale) if stale else {}
            except StoreError:
                self.note_failure()
                return {key: self.last_known(key) for key in requested}
            found = {key: self.last_known(key) for key in requested}
            for key, before in stale.items():
                # A change made in the meantime is newer than what was read.
                if self._cached.get(key) is before:
                    found[key] = values.get(key, self._default)
                    self.put(key, found[key])
                    if self._expiries != expiries:  # what was read may be from before a change
                        self.expire(key)
            return found

    def _is_fresh(self, key: int) -> bool:
        _, cached_at = self._cached.get(key, (None, -math.inf))
        return self._clock() < max(cached_at, self._failed_at) + MAX_AGE
