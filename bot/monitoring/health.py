"""Whether the bot is alive, and whether it is ready: two questions with different consequences.

A bot that is not alive is restarted. That ends all of its sessions at Discord, which allows about a
thousand a day, and helps only against what is wrong here. So an outage of Discord, a network that
is down and a wait for sessions are no reason: discord.py connects again by itself, whenever it can.
The reasons are that the event loop hangs, and so cannot even answer the question, that discord.py
has not noticed that a connection is dead, or that it no longer tries to replace a lost one.
"""

import asyncio
import time
from collections.abc import Callable

from discord import ShardInfo
from discord.gateway import DiscordWebSocket

from bot.services import Client

SILENCE = 300.0  # seconds; Discord answers a heartbeat every 41, and discord.py gives up after 60
PATIENCE = 1800.0  # seconds; discord.py waits up to 17 minutes from one attempt to the next


class Health:
    """Judges the bot by its newest client; ``clock`` is the one that discord.py uses."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._client: Client | None = None
        self._tried_at = clock()
        self._listening: asyncio.Task[object] | None = None

    @property
    def client(self) -> Client | None:
        """The newest client; there is none until the database and a worker are ready."""
        return self._client

    def watch(self, client: Client) -> None:
        """Judge by this client from now on."""
        self.stop()
        self._client = client
        # Its handlers of events are its own; a check is called for every event until it is true.
        listening = client.wait_for("shard_disconnect", check=self._note_attempt)
        self._listening = asyncio.create_task(listening)

    def stop(self) -> None:
        """Stop watching."""
        if self._listening:
            self._listening.cancel()

    def _note_attempt(self, _shard: int) -> bool:
        """Note that a connection was lost, or that an attempt to replace one has failed."""
        self._tried_at = self._clock()
        return False

    def why_dead(self) -> str | None:
        """Return why the bot should be restarted, if it should."""
        client = self._client
        if client is None or client.is_closed() or client.services.running.is_stopping:
            return None
        now, shards = self._clock(), client.shards
        if not any(shard.is_closed() for shard in shards.values()):
            self._tried_at = now  # there was nothing to try
        for number, shard in shards.items():
            if shard.is_closed():
                if now - self._tried_at > PATIENCE:
                    return f"shard {number} has lost its connection, and nobody tries to replace it"
            elif now - _heard_at(shard, now) > SILENCE:
                return f"shard {number} has heard nothing from Discord for {SILENCE:.0f} s"
        return None

    def why_unready(self) -> str | None:
        """Return why the bot cannot answer everybody at the moment, if it cannot."""
        client = self._client
        if client is None:
            return "the bot is starting"
        # One that is closed is followed by another, once Discord is within reach.
        if client.is_closed() or not client.shard_count:
            return "not connected to Discord yet"
        if client.services.running.is_stopping:
            return "the bot is stopping"
        if not client.services.engine.is_ready:
            return "the cluster is out of reach"
        shards = connected_shards(client)
        missing = [str(number) for number, is_connected in shards.items() if not is_connected]
        if missing:
            return f"not connected to Discord: shard {', '.join(missing)}"
        return None if client.is_ready() else "learning about the servers"


def connected_shards(client: Client) -> dict[int, bool]:
    """Return which shards this process has, and whether each has a session at Discord."""
    numbers = client.shard_ids or range(client.shard_count or 0)
    shards = client.shards
    return {number: number in shards and _has_session(shards[number]) for number in numbers}


def _has_session(shard: ShardInfo) -> bool:
    return not shard.is_closed() and _websocket(shard).session_id is not None


def _heard_at(shard: ShardInfo, now: float) -> float:
    """Return when Discord last said anything to a shard, if only that it got a heartbeat."""
    keep_alive = _websocket(shard)._keep_alive  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    return keep_alive._last_recv if keep_alive else now  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _websocket(shard: ShardInfo) -> DiscordWebSocket:
    # discord.py has no public way to a connection and its times.
    return shard._parent.ws  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
