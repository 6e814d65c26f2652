"""How far the bot has got with the messages of its servers, so that the next process can go on."""

import asyncio
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import discord
from discord.utils import time_snowflake, utcnow

from bot.requests.running import StoppingError

MAX_DELAY = timedelta(seconds=2)  # of Discord's events: one may come after that of a newer message


class Progress:
    """The id up to which each shard has dealt with all messages of its servers, or 0.

    A message is dealt with once it is answered, or is not to be. Direct messages do not count.
    """

    def __init__(self) -> None:
        self._newest: defaultdict[int, int] = defaultdict(int)
        # By shard: what is under way, and how far all was dealt with before it.
        self._holds: defaultdict[int, dict[int, int]] = defaultdict(dict)

    def see(self, shard_id: int, message_id: int) -> None:
        """Take notice of a message, which is dealt with unless it is under way."""
        self._newest[shard_id] = max(self._newest[shard_id], message_id)

    def reached(self, shard_id: int) -> int:
        """Return how far a shard has got."""
        settled = min(self._newest[shard_id], time_snowflake(utcnow() - MAX_DELAY))
        return min(self._holds[shard_id].values(), default=settled)

    def all_reached(self) -> dict[int, int]:
        """Return how far the shards have got of which that is known."""
        return {
            shard_id: reached for shard_id in self._newest if (reached := self.reached(shard_id))
        }

    def hold(self, shard_id: int, *keys: int) -> None:
        """Keep a shard where it is until all ``keys``, ids of what begins, are released."""
        self._holds[shard_id] |= dict.fromkeys(keys, self.reached(shard_id))

    def release(self, shard_id: int, key: int) -> None:
        """Let a shard go on."""
        self._holds[shard_id].pop(key, None)

    @contextmanager
    def releasing(self, shard_id: int, key: int) -> Generator[None]:
        """Let a shard go on after the block, unless a stop of the bot ends it."""
        is_left_to_the_next = False
        try:
            yield
        except (StoppingError, asyncio.CancelledError):
            is_left_to_the_next = True
            raise
        finally:
            if not is_left_to_the_next:
                self.release(shard_id, key)

    @contextmanager
    def dealing_with(self, message: discord.Message) -> Generator[None]:
        """Deal with a message in the block, unless a stop of the bot ends it."""
        if message.guild is None:
            yield
            return
        shard_id = message.guild.shard_id
        self._holds[shard_id][message.id] = message.id - 1
        with self.releasing(shard_id, message.id):
            yield
