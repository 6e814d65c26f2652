"""Who wants no unasked replies, read from the database and cached for a while."""

import time
from collections.abc import Callable, Collection, Mapping

from .cached import Cached
from .changes import Kind
from .store import Store


class IgnoredPeople:
    """The people whom one bot ignores unless they ask it for something, in all servers.

    ``application_id`` returns the bot's id, which is known only after login. ``clock`` returns
    seconds. While the database is unavailable, what was last known applies.
    """

    def __init__(
        self,
        store: Store,
        application_id: Callable[[], int],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._application_id = application_id
        self._cached = Cached(self._read, default=False, clock=clock)
        store.changes.watch(Kind.PERSON, self._cached)

    async def includes(self, person_id: int) -> bool:
        """Return whether somebody is ignored."""
        return await self._cached.get(person_id)

    async def toggle(self, person_id: int) -> bool:
        """Ignore somebody, or no longer; return which. Raises :class:`.StoreError`."""
        bot_id = self._application_id()
        ignored = person_id not in await self._store.ignored(bot_id, [person_id])
        await self._store.ignore(bot_id, person_id, ignored=ignored)
        self._cached.put(person_id, ignored)
        return ignored

    async def _read(self, people: Collection[int]) -> Mapping[int, bool]:
        ignored = await self._store.ignored(self._application_id(), people)
        return dict.fromkeys(ignored, True)
