"""When a session may begin at Discord's gateway.

Discord counts them for a day, usually up to a thousand for all processes of a bot together, and
resets the token of a bot that begins more. discord.py heeds neither that nor ``max_concurrency``.
"""

import asyncio
import logging
import math
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import discord

from bot.guilds.database import StoreError

if TYPE_CHECKING:
    from discord.types.gateway import SessionStartLimit

_KEPT_AT_LAUNCH = 0.1  # of a day's sessions: however often the bot is restarted, so many are left
_KEPT_ALWAYS = 0.01
_INTERVAL = 5.0  # seconds between two sessions of shards that Discord counts together
_LASTING = 600.0  # seconds after which a session did not end too soon
_PAUSES = (0.0, 5.0, 10.0, 20.0, 40.0)  # seconds before one more; discord.py waits for a minute
# Seconds until a connection gives up. discord.py closes one after 82, which are two heartbeats, and
# then a turn among other processes would be wasted on it.
_PATIENCE = 70.0

_log = logging.getLogger(__name__)


class SessionLimitError(ConnectionError):
    """No session can begin for now; discord.py takes it for a fault that passes."""


class _Lane:
    """Shards that begin their sessions one after the other."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = -math.inf


class SessionStarts:
    """Keeps the sessions of a process within Discord's limits; ``clock`` returns seconds.

    ``claim``, if there are other processes, takes a lane for them all, for so many seconds, as
    :meth:`bot.guilds.store.Store.claim_session` does; while it fails, this process heeds only
    itself. It outlives the clients, because Discord's count does.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        claim: Callable[[int, float], Awaitable[float]] | None = None,
    ) -> None:
        self._clock = clock
        self._claim = claim
        self._is_alone = False
        self._lanes: defaultdict[int, _Lane] = defaultdict(_Lane)
        # By shard: how many sessions in a row ended too soon, and when the newest began.
        self._newest: dict[int, tuple[int, float]] = {}

    async def wait_for_all(
        self,
        fetch: Callable[[], Awaitable[tuple[int, str, "SessionStartLimit"]]],
        own: int | None = None,
    ) -> tuple[int, str]:
        """Return how many shards Discord recommends, and where, once all may begin a session.

        All are those of this process: ``own``, or by default as many as recommended. ``fetch`` is
        :meth:`discord.http.HTTPClient.get_bot_gateway`; what it raises is raised.
        """
        while True:
            recommended, gateway, limits = await fetch()
            shards = own or recommended
            if limits["remaining"] - shards >= _KEPT_AT_LAUNCH * limits["total"]:
                return recommended, gateway
            seconds = max(1, math.ceil(limits["reset_after"] / 1000))
            _log.warning(
                "waiting %s: of %d sessions a day, Discord lets the bot begin only %d more, too "
                "few for its shards here (%d) and for those whose sessions will end",
                timedelta(seconds=seconds),
                limits["total"],
                limits["remaining"],
                shards,
            )
            await asyncio.sleep(seconds)

    async def wait_for(self, shard_id: int, limits: discord.SessionStartLimits) -> None:
        """Return when a shard may begin a session: later each time if they end soon.

        ``limits`` must be fresh. Raises :class:`SessionLimitError`.
        """
        if limits.remaining - 1 < _KEPT_ALWAYS * limits.total:
            wait = timedelta(seconds=math.ceil(limits.reset_after / 1000))
            raise SessionLimitError(f"Discord lets the bot begin no session for {wait}")
        until = self._clock() + _PATIENCE
        soon_ended, begun_at = self._newest.get(shard_id, (0, -math.inf))
        soon_ended = soon_ended + 1 if self._clock() - begun_at < _LASTING else 0
        await asyncio.sleep(_PAUSES[min(soon_ended, len(_PAUSES) - 1)])
        number = shard_id % limits.max_concurrency
        lane = self._lanes[number]
        async with lane.lock:
            await asyncio.sleep(max(0, lane.free_at - self._clock()))
            await self._wait_for_others(number, until)
            begun_at = self._clock()
            lane.free_at = begun_at + _INTERVAL
        self._newest[shard_id] = soon_ended, begun_at

    async def _wait_for_others(self, lane: int, until: float) -> None:
        if self._claim is None:
            return
        try:
            # Nobody has a place in a queue: who gives up, or dies, leaves no gap.
            while seconds := await self._claim(lane, _INTERVAL):
                if self._clock() + seconds > until:
                    raise SessionLimitError("other processes begin their sessions first")
                await asyncio.sleep(seconds)
            self._is_alone = False
        except StoreError as error:
            if not self._is_alone:
                _log.warning("sessions begin without regard to other processes: %s", error)
            self._is_alone = True
