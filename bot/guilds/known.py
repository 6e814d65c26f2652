"""The settings of all servers, known for a while and kept in a database."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping

from cachetools import LRUCache

from .guild_settings import GuildSettings, checked
from .store import Store, StoreError

FRESH = 10.0  # seconds until a change made by another process is seen, and between two attempts
MOST_KNOWN = 20_000  # servers kept in memory

_log = logging.getLogger(__name__)


class GuildSettingsCache:
    """The settings of the servers of one bot.

    While the database cannot be used, what was last known holds.
    """

    def __init__(
        self,
        store: Store,
        bot: Callable[[], int],
        default: GuildSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._bot = bot
        self._default = default
        self._clock = clock
        self._known: LRUCache[int, tuple[GuildSettings, float]] = LRUCache(MOST_KNOWN)
        self._wanted: set[int] = set()
        self._next_read: asyncio.Task[dict[int, GuildSettings]] | None = None
        self._reading = asyncio.Lock()
        self._failed_at = -math.inf

    async def settings(self, guild: int) -> GuildSettings:
        """Return how the bot behaves in a server, as far as that can be told."""
        if self._is_fresh(guild):
            return self._last_known(guild)
        self._wanted.add(guild)
        if self._next_read is None:
            self._next_read = asyncio.create_task(self._read_wanted())
        return (await asyncio.shield(self._next_read))[guild]

    async def choose(self, guild: int, name: str, value: object) -> GuildSettings:
        """Change a setting and return all of the server's.

        Raises :class:`StoreError`, and ``ValueError`` when the setting cannot have this value.
        """
        choices = await self._store.write(self._bot(), guild, name, checked(name, value))
        return self._learn(guild, choices)

    async def reset(self, guild: int) -> GuildSettings:
        """Take back all that a server has chosen; raises :class:`StoreError`."""
        await self._store.erase(self._bot(), [guild])
        return self._learn(guild, {})

    async def forget(self, guild: int) -> None:
        """Erase what was chosen by a server that the bot has left."""
        await self._forget([guild])

    async def forget_all(self, has_left: Callable[[int], bool]) -> None:
        """Erase what was chosen by servers that the bot has left, perhaps while it was off."""
        try:
            guilds = await self._store.guilds(self._bot())
        except StoreError as error:
            self._fail(error)
        else:
            if gone := list(filter(has_left, guilds)):
                await self._forget(gone)

    async def _forget(self, guilds: list[int]) -> None:
        for guild in guilds:
            self._known.pop(guild, None)
        try:
            await self._store.erase(self._bot(), guilds)
        except StoreError as error:
            self._fail(error)

    async def _read_wanted(self) -> dict[int, GuildSettings]:
        """Read at once what all servers have chosen that were asked for until then.

        A burst of messages in many servers would open as many connections otherwise.
        """
        async with self._reading:
            wanted, self._wanted, self._next_read = self._wanted, set(), None
            stale = {guild: self._known.get(guild) for guild in wanted if not self._is_fresh(guild)}
            try:
                choices = await self._store.read(self._bot(), stale) if stale else {}
            except StoreError as error:
                self._fail(error)
                return {guild: self._last_known(guild) for guild in wanted}
            found = {guild: self._last_known(guild) for guild in wanted}
            for guild, before in stale.items():
                # A change that was made meanwhile is newer than what was read.
                if self._known.get(guild) is before:
                    found[guild] = self._learn(guild, choices.get(guild, {}))
            return found

    def _is_fresh(self, guild: int) -> bool:
        _, known_at = self._known.get(guild, (None, -math.inf))
        return self._clock() < max(known_at, self._failed_at) + FRESH

    def _last_known(self, guild: int) -> GuildSettings:
        settings, _ = self._known.get(guild, (self._default, None))
        return settings

    def _learn(self, guild: int, choices: Mapping[str, object]) -> GuildSettings:
        if self._failed_at > -math.inf:
            _log.info("the database can be used again")
            self._failed_at = -math.inf
        settings = self._default.with_choices(choices)
        self._known[guild] = settings, self._clock()
        return settings

    def _fail(self, error: StoreError) -> None:
        if self._failed_at == -math.inf:
            _log.warning("the database cannot be used; what was last known holds: %s", error)
        self._failed_at = self._clock()
