"""How much people asked for lately, counted in PostgreSQL for all processes of a bot."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from sqlalchemy import text

from bot.guilds.database import Database, StoreError
from bot.settings import Rate

_CLEANING_INTERVAL = 60.0  # seconds

# Requests are added even if they are refused, which makes no difference: once the limit is reached,
# what else was asked for until the end of the interval is refused anyway.
_COUNT = text("""
INSERT INTO cooldowns AS counted (bot, kind, person, used, ends)
VALUES (:bot, :kind, :person, :requests, :ends)
ON CONFLICT (bot, kind, person) DO UPDATE SET
    used = excluded.used + CASE WHEN counted.ends >= :at THEN counted.used ELSE 0 END,
    ends = CASE WHEN counted.ends >= :at THEN counted.ends ELSE excluded.ends END
RETURNING used, ends
""")
_CLEAN = text("DELETE FROM cooldowns WHERE bot = :bot AND ends < :at")


class SharedCounts:
    """The counts of one ``kind`` of request in ``database``, at most ``rate`` for each person.

    ``application_id`` returns the bot's id, which is known only after login.
    """

    def __init__(
        self,
        database: Database,
        application_id: Callable[[], int],
        kind: Literal["request", "press"],
        rate: Rate,
    ) -> None:
        self._database = database
        self._application_id = application_id
        self._kind = kind
        self._rate = rate
        self._cleaned_at = time.monotonic()

    async def count(self, person_id: int, at: float, requests: int) -> float | None:
        """Count requests of somebody at a time, in seconds since 1970.

        Return after how many seconds to try again, or None if they may go on. While the database is
        unavailable, they may.
        """
        if self._database.has_just_failed:
            return None
        statement = _COUNT.bindparams(
            bot=self._application_id(),
            kind=self._kind,
            person=person_id,
            requests=requests,
            at=at,
            ends=at + self._rate.seconds,
        )
        try:
            ((used, ends),) = await self._database.execute(statement)
        except StoreError:
            return None
        await self._clean(at)
        return ends - at if used - requests >= self._rate.requests else None

    async def _clean(self, at: float) -> None:
        """Erase, now and then, what no longer counts."""
        now = time.monotonic()
        if now >= self._cleaned_at + _CLEANING_INTERVAL:
            self._cleaned_at = now
            with suppress(StoreError):
                await self._database.execute(_CLEAN.bindparams(bot=self._application_id(), at=at))
