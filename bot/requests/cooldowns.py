"""How much one person, and one server, may ask for in a while."""

import math
from datetime import datetime

from cachetools import LRUCache
from discord import app_commands

from bot.settings import Rate

_REMEMBERED = 100_000  # people, and servers: those who asked last


class CooldownError(app_commands.CheckFailure):
    """Somebody has to wait for ``seconds``; ``is_news`` the first time in a while."""

    def __init__(self, retry_after: float, *, is_news: bool = True) -> None:
        self.seconds = max(1, math.ceil(retry_after))
        super().__init__(f"Please wait for {self.seconds} s.")
        self.is_news = is_news


class UserCooldownError(CooldownError):
    """One person has asked for a lot."""


class ServerCooldownError(CooldownError):
    """A server has asked for a lot."""


class Cooldowns:
    """Counts the requests of each person and of each server."""

    def __init__(self, user: Rate, server: Rate) -> None:
        self._users = _Counter(user, UserCooldownError)
        self._servers = _Counter(server, ServerCooldownError)

    def take(self, user_id: int, guild_id: int | None, at: datetime) -> None:
        """Count one request, made at that time; raise :class:`CooldownError` if it is too many.

        What is refused does not count. The time is Discord's: what waited for a slow bot was not
        asked all at once.
        """
        now = at.timestamp()
        self._users.admit(user_id, now)
        if guild_id is not None:
            self._servers.admit(guild_id, now)
            self._servers.count(guild_id, now)
        self._users.count(user_id, now)


class _Counter:
    def __init__(self, rate: Rate, error: type[CooldownError]) -> None:
        self._rate = rate
        self._error = error
        # What each has left of requests, and of being told that there are none left.
        self._left: LRUCache[int, tuple[app_commands.Cooldown, app_commands.Cooldown]]
        self._left = LRUCache(_REMEMBERED)

    def admit(self, key: int, at: float) -> None:
        requests, news = self._of(key)
        if not requests.get_tokens(at):
            is_news = news.update_rate_limit(at) is None
            raise self._error(requests.get_retry_after(at), is_news=is_news)

    def count(self, key: int, at: float) -> None:
        requests, _ = self._of(key)
        requests.update_rate_limit(at)

    def _of(self, key: int) -> tuple[app_commands.Cooldown, app_commands.Cooldown]:
        if key not in self._left:
            seconds = self._rate.seconds
            self._left[key] = (
                app_commands.Cooldown(self._rate.requests, seconds),
                app_commands.Cooldown(1, seconds),
            )
        return self._left[key]
