"""What servers have chosen, read from the database and cached for a while."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping

from cachetools import LRUCache

from .guild_settings import GuildSettings, validated
from .store import Store, StoreError

MAX_AGE = 10.0  # seconds until another process's change shows, and until a failure is retried
MAX_CACHED = 20_000  # servers

_log = logging.getLogger(__name__)


class GuildSettingsCache:
    """The settings of the servers of one bot.

    ``application_id`` returns the bot's id, which is known only after login. ``clock`` returns
    seconds. While the database is unavailable, the last known settings apply.
    """

    def __init__(
        self,
        store: Store,
        application_id: Callable[[], int],
        default: GuildSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._application_id = application_id
        self._default = default
        self._clock = clock
        self._cached: LRUCache[int, tuple[GuildSettings, float]] = LRUCache(MAX_CACHED)
        self._requested: set[int] = set()
        self._next_read: asyncio.Task[dict[int, GuildSettings]] | None = None
        self._reading = asyncio.Lock()
        self._failed_at = -math.inf

    async def settings(self, guild_id: int) -> GuildSettings:
        """Return a server's settings, or the last known ones if the database is unavailable."""
        if self._is_fresh(guild_id):
            return self._last_known(guild_id)
        self._requested.add(guild_id)
        if self._next_read is None:
            self._next_read = asyncio.create_task(self._read_requested())
        return (await asyncio.shield(self._next_read))[guild_id]

    async def choose(self, guild_id: int, name: str, value: object) -> GuildSettings:
        """Change one setting and return all of the server's.

        Raises :class:`StoreError`, or ``ValueError`` if the value is invalid.
        """
        valid = validated(name, value)
        choices = await self._store.write(self._application_id(), guild_id, name, valid)
        return self._remember(guild_id, choices)

    async def reset(self, guild_id: int) -> GuildSettings:
        """Erase everything a server has chosen. Raises :class:`StoreError`."""
        await self._store.erase(self._application_id(), [guild_id])
        return self._remember(guild_id, {})

    async def forget(self, guild_id: int) -> None:
        """Erase what was chosen by a server that the bot has left."""
        await self._forget([guild_id])

    async def forget_where(self, has_left: Callable[[int], bool]) -> None:
        """Erase what was chosen by servers that the bot has left, perhaps while it was off."""
        try:
            guild_ids = await self._store.guilds(self._application_id())
        except StoreError as error:
            self._note_failure(error)
        else:
            if left := list(filter(has_left, guild_ids)):
                await self._forget(left)

    async def _forget(self, guild_ids: list[int]) -> None:
        for guild_id in guild_ids:
            self._cached.pop(guild_id, None)
        try:
            await self._store.erase(self._application_id(), guild_ids)
        except StoreError as error:
            self._note_failure(error)

    async def _read_requested(self) -> dict[int, GuildSettings]:
        """Read the settings of all servers that were asked for until the read began.

        Otherwise a burst of messages in many servers would open as many connections.
        """
        async with self._reading:
            requested, self._requested, self._next_read = self._requested, set(), None
            stale = {
                guild_id: self._cached.get(guild_id)
                for guild_id in requested
                if not self._is_fresh(guild_id)
            }
            try:
                choices = await self._store.read(self._application_id(), stale) if stale else {}
            except StoreError as error:
                self._note_failure(error)
                return {guild_id: self._last_known(guild_id) for guild_id in requested}
            found = {guild_id: self._last_known(guild_id) for guild_id in requested}
            for guild_id, before in stale.items():
                # A change made in the meantime is newer than what was read.
                if self._cached.get(guild_id) is before:
                    found[guild_id] = self._remember(guild_id, choices.get(guild_id, {}))
            return found

    def _is_fresh(self, guild_id: int) -> bool:
        _, cached_at = self._cached.get(guild_id, (None, -math.inf))
        return self._clock() < max(cached_at, self._failed_at) + MAX_AGE

    def _last_known(self, guild_id: int) -> GuildSettings:
        settings, _ = self._cached.get(guild_id, (self._default, None))
        return settings

    def _remember(self, guild_id: int, choices: Mapping[str, object]) -> GuildSettings:
        if self._failed_at > -math.inf:
            _log.info("the database is available again")
            self._failed_at = -math.inf
        settings = self._default.overridden_by(choices)
        self._cached[guild_id] = settings, self._clock()
        return settings

    def _note_failure(self, error: StoreError) -> None:
        if self._failed_at == -math.inf:
            _log.warning("the database is unavailable; the last known settings apply: %s", error)
        self._failed_at = self._clock()
