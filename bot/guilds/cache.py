"""What servers have chosen, read from the database and cached for a while."""

import time
from collections.abc import Callable, Collection, Mapping

from .cached import Cached
from .changes import Kind
from .database import StoreError
from .guild_settings import GuildSettings, validated
from .store import Store

_INTRODUCED = "introduced"  # the field of GuildSettings


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
        self._cached = Cached(self._read, default, clock)
        store.changes.watch(Kind.GUILD, self._cached)

    async def settings(self, guild_id: int) -> GuildSettings:
        """Return a server's settings, or the last known ones if the database is unavailable."""
        return await self._cached.get(guild_id)

    async def choose(self, guild_id: int, name: str, value: object) -> GuildSettings:
        """Change one setting and return all of the server's.

        Raises :class:`StoreError`, or ``ValueError`` if the value is invalid.
        """
        valid = validated(name, value)
        choices = await self._store.write(self._application_id(), guild_id, name, valid)
        return self._remember(guild_id, choices)

    async def reset(self, guild_id: int) -> GuildSettings:
        """Erase everything a server has chosen. Raises :class:`StoreError`.

        That the bot has introduced itself there was not chosen, and remains true.
        """
        await self._store.erase(self._application_id(), [guild_id], but=[_INTRODUCED])
        return self._remember(guild_id, {})

    async def begin_introduction(self, guild_id: int) -> bool:
        """Return whether the bot is to introduce itself in a server now: once, as long as it stays.

        While the database is unavailable, it does not.
        """
        if self._cached.last_known(guild_id).introduced:  # which it stays: read nothing anew
            return False
        if (await self.settings(guild_id)).introduced or self._cached.is_failing:
            return False
        try:
            is_first = await self._store.claim(self._application_id(), guild_id, _INTRODUCED)
        except StoreError:
            self._cached.note_failure()
            return False
        self._cached.drop(guild_id)
        return is_first

    async def take_introduction_back(self, guild_id: int) -> None:
        """Let the bot introduce itself another time, because this time it could not."""
        self._cached.drop(guild_id)
        try:
            await self._store.unclaim(self._application_id(), guild_id, _INTRODUCED)
        except StoreError:
            self._cached.note_failure()

    async def forget(self, guild_id: int) -> None:
        """Erase what was chosen by a server that the bot has left."""
        await self._forget([guild_id])

    async def forget_where(self, has_left: Callable[[int], bool]) -> None:
        """Erase what was chosen by servers that the bot has left, perhaps while it was off."""
        try:
            guild_ids = await self._store.guilds(self._application_id())
        except StoreError:
            self._cached.note_failure()
        else:
            if left := list(filter(has_left, guild_ids)):
                await self._forget(left)

    async def _forget(self, guild_ids: list[int]) -> None:
        for guild_id in guild_ids:
            self._cached.drop(guild_id)
        try:
            await self._store.erase(self._application_id(), guild_ids)
        except StoreError:
            self._cached.note_failure()

    async def _read(self, guild_ids: Collection[int]) -> Mapping[int, GuildSettings]:
        choices = await self._store.read(self._application_id(), guild_ids)
        return {
            guild_id: self._default.overridden_by(chosen) for guild_id, chosen in choices.items()
        }

    def _remember(self, guild_id: int, choices: Mapping[str, object]) -> GuildSettings:
        settings = self._default.overridden_by(choices)
        self._cached.put(guild_id, settings)
        return settings
