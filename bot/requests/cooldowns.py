"""How much one person, and one server, may ask for in a while."""

import math

from cachetools import LRUCache
from discord import app_commands

from bot.settings import Rate

from .request import Request

PRESSES_PER_REQUEST = 4  # people press controls step by step, so a press costs less than a request
IMAGES_PER_REQUEST = 4  # as many as of a posted message are answered

_MAX_REMEMBERED = 100_000  # people, and servers: those who asked last


class CooldownError(app_commands.CheckFailure):
    """Somebody has to wait ``seconds``."""

    def __init__(self, retry_after: float) -> None:
        self.seconds = max(1, math.ceil(retry_after))
        super().__init__(self.seconds)


class UserCooldownError(CooldownError):
    """One person has asked for a lot."""


class ServerCooldownError(CooldownError):
    """A server has asked for a lot."""


class Cooldowns:
    """Counts the requests of each person and each server."""

    def __init__(self, user: Rate, server: Rate) -> None:
        self._users = _Counter(user, UserCooldownError)
        self._servers = _Counter(server, ServerCooldownError)

    @classmethod
    def for_presses(cls, user: Rate, server: Rate) -> "Cooldowns":
        """Return cooldowns for presses on controls, given those for requests."""
        return cls(
            *(
                rate._replace(requests=PRESSES_PER_REQUEST * rate.requests)
                for rate in (user, server)
            )
        )

    def take(self, request: Request, images: int = 1) -> None:
        """Count a request about some images; raise :class:`CooldownError` if it is one too many.

        It counts once for every four images, but never for more than are left: who may ask at all
        may ask about as many as fit. Refused requests do not count. The time is Discord's:
        requests that waited for a slow bot were not all made at once.
        """
        now = request.asked_at.timestamp()
        requests = math.ceil(images / IMAGES_PER_REQUEST)
        self._users.check(request.asker, now)
        if request.guild is not None:
            self._servers.check(request.guild, now)
            self._servers.count(request.guild, now, requests)
        self._users.count(request.asker, now, requests)


class _Counter:
    def __init__(self, rate: Rate, error: type[CooldownError]) -> None:
        self._rate = rate
        self._error = error
        self._cooldowns: LRUCache[int, app_commands.Cooldown] = LRUCache(_MAX_REMEMBERED)

    def check(self, key: int, at: float) -> None:
        requests = self._cooldown_of(key)
        if not requests.get_tokens(at):
            raise self._error(requests.get_retry_after(at))

    def count(self, key: int, at: float, requests: int) -> None:
        cooldown = self._cooldown_of(key)
        cooldown.update_rate_limit(at, tokens=min(requests, cooldown.get_tokens(at)))

    def _cooldown_of(self, key: int) -> app_commands.Cooldown:
        if key not in self._cooldowns:
            self._cooldowns[key] = app_commands.Cooldown(self._rate.requests, self._rate.seconds)
        return self._cooldowns[key]
