"""How far the shards of a bot have got, in the database: saved now and then, read at the start."""

import asyncio
import logging
from collections.abc import Mapping

import stamina
from discord.ext import tasks

from bot.guilds.database import StoreError
from bot.services import Client

from .progress import Progress

SAVE_INTERVAL = 5.0  # seconds
PATIENCE = 600.0  # seconds; a database that starts with the bot may take a while

_log = logging.getLogger(__name__)


class SavedProgress:
    """Saves the progress of a client's shards, and knows how far an earlier process had got."""

    def __init__(self, client: Client, progress: Progress) -> None:
        self._client = client
        self._progress = progress
        self._store = client.services.store
        self._saved: dict[int, int] = {}  # by shard, what this process saved
        self._earlier: asyncio.Task[Mapping[tuple[int, int], int]] | None = None

    def begin(self) -> None:
        """Begin to save; the bot is logged in."""
        self._save_again.start()

    async def end(self) -> None:
        """Save once more, and no longer."""
        self._save_again.cancel()
        if self._earlier:
            self._earlier.cancel()
        await self._save()

    async def earlier(self, shard_id: int) -> int:
        """Return how far an earlier process had got with the servers of a shard, 0 if none had.

        With another number of shards, they had other servers: then it is how far all had got.
        """
        if self._earlier is None:
            self._earlier = asyncio.create_task(self._read())
        earlier = await asyncio.shield(self._earlier)
        every = min(earlier.values(), default=0)
        return earlier.get((shard_id, self._client.shard_count or 1), every)

    async def _read(self) -> Mapping[tuple[int, int], int]:
        try:
            async for attempt in stamina.retry_context(
                on=StoreError, attempts=None, timeout=PATIENCE, wait_initial=1, wait_max=20
            ):
                with attempt:
                    return await self._store.progress(self._client.application_id or 0)
        except StoreError:
            _log.warning("what was posted while the bot was away is left unanswered")
        return {}

    @tasks.loop(seconds=SAVE_INTERVAL)
    async def _save_again(self) -> None:
        await self._save()

    async def _save(self) -> None:
        reached = dict(self._progress.all_reached().items() - self._saved.items())
        if not reached:
            return
        bot_id, shards = self._client.application_id or 0, self._client.shard_count or 1
        try:
            await self._store.save_progress(bot_id, shards, reached)
        except StoreError:
            return  # which is logged; the next time
        self._saved |= reached
