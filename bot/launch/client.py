"""The bot in a process of its own: launching its shards, and when it collects garbage."""

import asyncio
import gc
import logging
import sys
from collections.abc import Coroutine
from importlib import import_module
from typing import Any

import discord
import stamina
from discord.ext import tasks
from yarl import URL

from bot.client import HueHarvest
from bot.settings import AccountSettings

from .garbage import collect_if_idle, defer_full_collections, freeze_long_lived_objects
from .sessions import SessionStarts

_COLLECTION_INTERVAL = 30.0  # seconds

_log = logging.getLogger(__name__)


class ServiceClient(HueHarvest):
    """The bot, whose shards are launched in the background: each that fails is tried again alone.

    Other failures to connect are left to :func:`bot.launch.service.run`.
    """

    recommended_shards = 0
    """How many Discord recommended when it was last asked."""
    _has_been_ready = False
    _gateway: URL

    def __init__(
        self,
        settings: AccountSettings,
        *,
        sessions: SessionStarts,
        **others: Any,  # noqa: ANN401, as the bot takes them
    ) -> None:
        super().__init__(settings, **others)
        if settings.shard_count:
            self.shard_count = settings.shard_count
        if settings.shard_ids:
            self.shard_ids = list(settings.shard_ids)
        self._sessions = sessions
        self._launches: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        """Set up, then exclude what lasts from garbage collections."""
        await super().setup_hook()
        # The first names of colours would import it in the event loop, for a quarter of a second.
        await asyncio.to_thread(import_module, "scipy.optimize")
        is_replacement = gc.get_freeze_count() > 0  # an earlier client froze its own objects
        freeze_long_lived_objects(refreeze=is_replacement)
        defer_full_collections()
        self._collect_garbage.start()

    async def on_ready(self) -> None:
        """Exclude the servers as well, now that they are known."""
        freeze_long_lived_objects(refreeze=self._has_been_ready)  # a new session replaces them
        self._has_been_ready = True
        await super().on_ready()

    @tasks.loop(seconds=_COLLECTION_INTERVAL)
    async def _collect_garbage(self) -> None:
        collect_if_idle(len(self.services.running))

    async def close(self) -> None:
        """Stop collecting garbage and launching shards, then leave Discord."""
        self._collect_garbage.cancel()
        for launch in self._launches:
            launch.cancel()
        await super().close()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Serve Discord until a shard is refused or the task is cancelled."""
        # While a shard reconnects, discord.py would swallow a cancellation, and go on.
        serving = asyncio.create_task(super().connect(reconnect=reconnect))
        try:
            await asyncio.shield(serving)
        finally:
            serving.cancel()

    async def launch_shards(self) -> None:
        """Begin to launch the shards, once Discord lets all of them begin a session.

        They are launched in the background, so that what happens to the first ones, such as a
        refusal, is noticed before the last.
        """
        own = len(self.shard_ids) if self.shard_ids else self.shard_count
        recommended, gateway = await self._sessions.wait_for_all(self.http.get_bot_gateway, own)
        if self.shard_count and self.shard_count < recommended:
            _log.warning(
                "Discord recommends %d shards, and will refuse those of SHARD_COUNT=%d when they "
                "have too many servers: raise it for all processes",
                recommended,
                self.shard_count,
            )
        self.recommended_shards, self._gateway = recommended, URL(gateway)
        self.shard_count = self.shard_count or recommended
        self._launch(super().launch_shards())

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:  # noqa: ARG002, only a default
        """Connect a shard; if that fails, begin to try again with growing pauses."""
        if error := sys.exception():
            # discord.py tries again from inside its except clause: after 1,000 attempts, 5 s apart,
            # the bot would die of a RecursionError.
            raise discord.GatewayNotFound from error
        try:
            await super().launch_shard(self._gateway, shard_id, initial=initial)
        except discord.GatewayNotFound:
            self._launch(self._keep_launching(shard_id))

    async def _keep_launching(self, shard_id: int) -> None:
        async for attempt in stamina.retry_context(
            on=discord.GatewayNotFound, attempts=None, timeout=None, wait_initial=1, wait_max=300
        ):
            with attempt:
                await super().launch_shard(self._gateway, shard_id)

    def _launch(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._launches.add(task)
        task.add_done_callback(self._launches.discard)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002, all wait
        """Wait until Discord lets a shard begin a session."""
        # Asked each time: other processes of the bot, and earlier ones, count as well.
        self.recommended_shards, _, limits = await self.http.get_bot_gateway()
        await self._sessions.wait_for(shard_id or 0, discord.SessionStartLimits(**limits))
