"""How much one person, and one server, may ask for in a while."""

import math

from cachetools import LRUCache
from discord import app_commands

from bot.settings import Rate

from .request import Request
from .shared_counts import SharedCounts

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


def rate_of_presses(rate: Rate) -> Rate:
    """Return how often people may press controls, given how often they may make requests."""
    return rate._replace(requests=PRESSES_PER_REQUEST * rate.requests)


class Cooldowns:
    """Counts the requests of each person and each server.

    One server's all come to one process. One person's are also in ``shared``, if other processes
    serve other servers; the count in memory applies as well.
    """

    def __init__(self, user: Rate, server: Rate, shared: SharedCounts | None = None) -> None:
        self._users = _Counter(user, UserCooldownError)
        self._servers = _Counter(server, ServerCooldownError)
        self._shared = shared

    async def take(self, request: Request, images: int = 1) -> None:
        """Count a request about some images; raise :class:`CooldownError` if it is one too many.

        It counts once for every four images, but never for more than are left: who may ask at all
        may ask about as many as fit. Refused requests do not count. The time is Discord's:
        requests that waited for a slow bot were not all made at once.
        """
        now = request.asked_at.timestamp()
        requests = math.ceil(images / IMAGES_PER_REQUEST)
        self._check(request, now)
        if self._shared:
            seconds = await self._shared.count(request.asker, now, requests)
            if seconds is not None:
                raise UserCooldownError(seconds)
            self._check(request, now)  # the last ones may have been taken in the meantime
        self._users.count(request.asker, now, requests)
        if request.guild is not None:
            self._servers.count(request.guild, now, requests)

    def _check(self, request: Request, at: float) -> None:
        self._users.check(request.asker, at)
        if request.guild is not None:
            self._servers.check(request.guild, at)


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
