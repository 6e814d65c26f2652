"""Changes made in one process, told to the others at once where the database is PostgreSQL.

With another database, and while nothing is told, they show once what is cached is old.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection
from contextlib import aclosing
from enum import StrEnum
from typing import Any
from weakref import WeakSet

from sqlalchemy import ARRAY, Executable, String, func, literal, select, text

from .cached import MAX_AGE, Cached
from .database import Database, cause

_CHANNEL = "hueharvest"
_PAUSE = 5.0  # seconds before listening again

_log = logging.getLogger(__name__)


class Kind(StrEnum):
    """Whose id has changed."""

    GUILD = "guild"
    PERSON = "person"


class Changes:
    """Tells the caches of this process what others have changed in ``database``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._caches: defaultdict[str, WeakSet[Cached[Any]]] = defaultdict(WeakSet)
        self._is_listening = True

    def watch(self, kind: Kind, cache: Cached[Any]) -> None:
        """Have a cache read ids of this kind anew when they change, as long as it exists."""
        self._caches[kind].add(cache)

    def announce(self, kind: Kind, ids: Collection[int]) -> list[Executable]:
        """Return the statements that belong to the transaction in which these ids change."""
        if not self._database.is_postgresql:
            return []
        payloads = literal([f"{kind} {each}" for each in ids], ARRAY(String))
        return [select(func.pg_notify(_CHANNEL, func.unnest(payloads)))]

    async def listen(self) -> None:
        """Tell the caches until the task is cancelled; if the connection is lost, open another."""
        while self._database.driver == "psycopg":
            try:
                await self._listen_until_lost()
            except Exception as error:  # noqa: BLE001, SQLAlchemy's, the system's, or a driver's own
                if self._is_listening:
                    _log.info(
                        "changes by other processes show after %g s, not at once: %s",
                        MAX_AGE,
                        cause(error),
                    )
                self._is_listening = False
            await asyncio.sleep(_PAUSE)

    async def _listen_until_lost(self) -> None:
        async with self._database.connection() as connection:
            await connection.execute(text(f"LISTEN {_CHANNEL}"))
            self._is_listening = True
            for caches in self._caches.values():  # what changed until now was not told
                for cache in caches:
                    cache.expire_all()
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            async with aclosing(driver.notifies()) as notifications:
                async for notification in notifications:
                    kind, _, changed = notification.payload.partition(" ")
                    for cache in self._caches[kind]:
                        cache.expire(int(changed))
