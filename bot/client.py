"""The Discord client: what it listens to, how it starts, how it stops."""

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import Any

import discord
from structlog.contextvars import bind_contextvars

from .commands.context_menus import add_context_menus
from .commands.help import add_help
from .commands.palette import add_palette
from .commands.settings import add_settings
from .commands.tree import Commands
from .controls.control import Control
from .controls.dispatch import press
from .controls.edit import Edits
from .cooldown import Cooldowns
from .deletions import Deletions
from .engine import Engine, Job, Result
from .errors import StoppingError, report
from .fetch import Fetcher
from .guilds import GuildSettings
from .known_guilds import KnownGuilds
from .listener import Listener
from .picker import ImageMenu
from .settings import Listen, Settings
from .sources import Source
from .store import Store
from .translator import CatalogueTranslator

PRESSES_A_REQUEST = 4  # presses on controls that count as much: people go step by step
GRACE = 30.0  # seconds that running replies have to finish when the bot stops

_log = logging.getLogger(__name__)


class HueHarvest(discord.AutoShardedClient):
    """Answers images with their palettes.

    Owns none of ``fetcher``, ``engine`` and ``store``: they outlive it. Sharded, because Discord
    refuses a single connection beyond 2,500 servers and one shard costs nothing more.
    """

    def __init__(
        self, settings: Settings, *, fetcher: Fetcher, engine: Engine, store: Store
    ) -> None:
        # Discord sends direct messages, and those that mention the bot, in full without
        # the privileged intent.
        intents = discord.Intents(
            guilds=True,
            messages=settings.listen is not Listen.OFF,
            message_content=settings.listen is Listen.EVERYWHERE,
        )
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.settings = settings
        self.fetcher = fetcher
        self.engine = engine
        self.store = store
        self.tree = Commands(self)
        add_palette(self.tree)
        add_context_menus(self.tree)
        self.add_dynamic_items(ImageMenu)
        self.cooldowns = Cooldowns(settings.user_limit, settings.server_limit)
        self._listener = Listener(self)
        self.deletions = Deletions()
        add_settings(self.tree)
        add_help(self.tree)
        self.add_dynamic_items(Control)
        self.press_cooldowns = Cooldowns(
            *(
                rate._replace(requests=PRESSES_A_REQUEST * rate.requests)
                for rate in (settings.user_limit, settings.server_limit)
            )
        )
        self.edits = Edits()
        self._running: set[asyncio.Task[Any]] = set()
        self._stopping = False

    @property
    def at_work(self) -> int:
        """How many messages and interactions the bot is at work on."""
        return len(self._running)

    async def harvest(
        self, source: Source, job: Callable[[bytes], Job[Result]], *, tenant: int
    ) -> Result:
        """Download an image, make a job of its bytes, and return what comes of it.

        Until its turn comes, an image is nothing but its URL. ``tenant`` is the server or user
        the work is done for. Raises :class:`~bot.fetch.FetchError`,
        :class:`~palette.PaletteError` or :class:`~bot.engine.EngineError`.
        """
        async with self.fetcher.download(
            source.url, tenant=tenant, by_stranger=source.by_stranger
        ) as data:
            return await self.engine.run(job(data), tenant=tenant)

    async def guild_settings(self, guild_id: int | None) -> GuildSettings:
        """Return how the bot behaves in a server, or, without one, in direct messages."""
        if guild_id is None:
            return GuildSettings.default(self.settings)
        return await self.known_guilds.settings(guild_id)

    def begin(self, event: discord.Message | discord.Interaction[Any]) -> None:
        """Make the current task one that :meth:`close` waits for, and whose logs name ``event``.

        Raises :class:`StoppingError` when the bot takes nothing new.
        """
        bind_contextvars(**_ids(event))
        if self._stopping:
            raise StoppingError
        if task := asyncio.current_task():
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def admit(self, interaction: discord.Interaction[Any]) -> GuildSettings:
        """Begin with an interaction, and return how the bot behaves where it comes from.

        Raises :class:`StoppingError` or :class:`~bot.guilds.NotAdmittedError`.
        """
        self.begin(interaction)
        settings = await self.guild_settings(interaction.guild_id)
        settings.admit(interaction.user)
        return settings

    async def setup_hook(self) -> None:
        """Tell Discord the commands, now that it has told who the bot is."""
        self.known_guilds = KnownGuilds(
            self.store, self.application_id or 0, GuildSettings.default(self.settings)
        )
        await self.tree.set_translator(CatalogueTranslator())
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Tell who runs the bot that it is there."""
        _log.info("ready as %s in %d servers", self.user, len(self.guilds))
        await self.known_guilds.forget_all(self._has_left)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot; discord.py tells this from an outage."""
        await self.known_guilds.forget(guild.id)

    def _has_left(self, guild_id: int) -> bool:
        """Tell whether the bot is in a server no more, as far as this process can know.

        That are the servers of its shards. Once they are ready, discord.py knows all of them, even
        those that an outage makes unavailable.
        """
        shard = (guild_id >> 22) % (self.shard_count or 1)
        return shard in self.shards and self.get_guild(guild_id) is None

    async def on_message(self, message: discord.Message) -> None:
        """Answer posted images."""
        await self._listener.hear(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Leave out what was removed from a message."""
        self._listener.see_edit(payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Leave a deleted message without an answer."""
        self.deletions.see([payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Leave deleted messages without an answer."""
        self.deletions.see(payload.message_ids)

    async def press(self, interaction: discord.Interaction["HueHarvest"], custom_id: str) -> None:
        """Do what a control under a reply is for."""
        await press(interaction, custom_id)

    async def on_error(self, _event: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what a listener did not handle; there is nobody to tell."""
        if error := sys.exception():
            report(error)

    async def close(self) -> None:
        """Finish what is running, for at most :data:`GRACE` seconds, then leave Discord."""
        self._stopping = True
        self.fetcher.dismiss()
        running = self._running - {asyncio.current_task()}
        try:
            if running:
                _log.info("finishing %d replies", len(running))
                _, unfinished = await asyncio.wait(running, timeout=GRACE)
                if unfinished:
                    _log.warning("gave up on %d replies", len(unfinished))
        finally:
            await super().close()


def _ids(event: discord.Message | discord.Interaction[Any]) -> dict[str, int | None]:
    """Return where something happened, and its own id."""
    if isinstance(event, discord.Interaction):
        return {"guild": event.guild_id, "channel": event.channel_id, "interaction": event.id}
    guild = event.guild.id if event.guild else None
    return {"guild": guild, "channel": event.channel.id, "message": event.id}
