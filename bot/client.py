"""The Discord client: what it listens to, how it starts, how it stops."""

import logging
import sys

import discord

from bot.commands.context_menus import add_context_menus
from bot.commands.help import add_help
from bot.commands.palette import add_palette
from bot.commands.palette_settings import add_settings
from bot.commands.tree import Commands
from bot.reply.control import Control
from bot.controls.dispatch import press
from bot.requests.cooldowns import Cooldowns
from bot.requests.messages import Deletions
from bot.workers.engine import Engine
from .errors import report
from bot.download.fetcher import Fetcher
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.known import KnownGuilds
from bot.posts.listener import Listener
from bot.commands.picker import ImageMenu
from bot.requests.running import Running
from .services import Client, Interaction, Services
from bot.requests.messages import MessageLocks
from .settings import Listen, Settings
from bot.guilds.store import Store
from bot.commands.tree import CatalogueTranslator

PRESSES_A_REQUEST = 4  # presses on controls that count as much: people go step by step
GRACE = 30.0  # seconds that running replies have to finish when the bot stops

_log = logging.getLogger(__name__)


class HueHarvest(Client):
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
        self.services = Services(
            settings,
            fetcher,
            engine,
            KnownGuilds(store, lambda: self.application_id or 0, GuildSettings.default(settings)),
            Running(),
            Cooldowns(settings.user_limit, settings.server_limit),
            Cooldowns(
                *(
                    rate._replace(requests=PRESSES_A_REQUEST * rate.requests)
                    for rate in (settings.user_limit, settings.server_limit)
                )
            ),
            Deletions(),
            MessageLocks(),
        )
        self._listener = Listener(self)
        self.tree = Commands(self)
        for add in (add_palette, add_context_menus, add_settings, add_help):
            add(self.tree)
        self.add_dynamic_items(ImageMenu, Control)

    @property
    def at_work(self) -> int:
        """How many messages and interactions the bot is at work on."""
        return len(self.services.running)

    async def setup_hook(self) -> None:
        """Tell Discord the commands, now that it has told who the bot is."""
        await self.tree.set_translator(CatalogueTranslator())
        await self.tree.sync()

    async def on_ready(self) -> None:
        """Tell who runs the bot that it is there."""
        _log.info("ready as %s in %d servers", self.user, len(self.guilds))
        await self.services.guilds.forget_all(self._has_left)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot; discord.py tells this from an outage."""
        await self.services.guilds.forget(guild.id)

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
        self.services.deletions.see([payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Leave deleted messages without an answer."""
        self.services.deletions.see(payload.message_ids)

    async def press(self, interaction: Interaction, custom_id: str) -> None:
        """Do what a control under a reply is for."""
        await press(interaction, custom_id)

    async def on_error(self, _event: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what a listener did not handle; there is nobody to tell."""
        if error := sys.exception():
            report(error)

    async def close(self) -> None:
        """Finish what is running, for at most :data:`GRACE` seconds, then leave Discord."""
        self.services.fetcher.dismiss()
        try:
            await self.services.running.finish(GRACE)
        finally:
            await super().close()
