"""What may happen to a message: a deletion, also after it was answered, or another edit."""

import asyncio
from collections.abc import Iterable
from weakref import WeakValueDictionary

from cachetools import LRUCache

_MAX_REMEMBERED = 10_000  # replies


class Watch:
    """Whether a message was deleted after the watch began; keep a reference while that matters."""

    def __init__(self) -> None:
        self.is_gone = False


class Deletions:
    """Notices when watched messages are deleted, if Discord reports it."""

    def __init__(self) -> None:
        self._watched: WeakValueDictionary[int, Watch] = WeakValueDictionary()

    def watch(self, message_id: int) -> Watch:
        """Watch a message from now on."""
        return self._watched.setdefault(message_id, Watch())

    def mark_deleted(self, message_ids: Iterable[int]) -> None:
        """Note that messages were deleted."""
        for message_id in message_ids:
            if watch := self._watched.get(message_id):
                watch.is_gone = True


class Replies:
    """Remembers which replies were given to which messages: the newest 10,000, until a restart."""

    def __init__(self) -> None:
        self._replies: LRUCache[int, tuple[int, ...]] = LRUCache(_MAX_REMEMBERED, getsizeof=len)

    def remember(self, message_id: int, reply_id: int) -> None:
        """Remember a reply to, or about, a message."""
        known = self._replies.get(message_id, ())
        self._replies[message_id] = (*known, reply_id)[-_MAX_REMEMBERED:]

    def forget(self, message_id: int) -> tuple[int, ...]:
        """Return the ids of the replies to a message, and remember them no longer."""
        return self._replies.pop(message_id, ())


class MessageLocks:
    """Makes edits of the same message wait for one another."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, message_id: int) -> asyncio.Lock:
        """Return the lock to hold while a message is edited."""
        return self._locks.setdefault(message_id, asyncio.Lock())
