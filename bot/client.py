"""The Discord client: which events it asks for, and which part of the bot each goes to."""

import logging
import sys
from contextlib import AsyncExitStack
from typing import Any

import discord

from bot.commands.color import add_color
from bot.commands.context_menus import add_context_menus
from bot.commands.help import add_help
from bot.commands.ignore_me import add_ignore_me
from bot.commands.palette import add_palette
from bot.commands.palette_of_many import add_palette_of_many, answer_form
from bot.commands.palette_settings import SettingsControl, add_settings
from bot.commands.picker import ImageMenu
from bot.commands.sync import CommandSync
from bot.commands.tree import CatalogueTranslator, Commands
from bot.controls.dispatch import handle_press
from bot.download.fetcher import Fetcher
from bot.guilds.store import Store
from bot.posts.listener import Listener
from bot.posts.missed import MissedPosts
from bot.posts.progress import Progress
from bot.posts.retraction import Retraction
from bot.reply.control import Control
from bot.reply.many_form import MANY_FORM
from bot.workers.engine import Engine

from .errors import report
from .gate import Gate
from .services import Client, Interaction, Services
from .settings import Listen, Settings
from .shards import format_shards

STOP_GRACE = 30.0  # seconds that running replies have to finish when the bot stops

_log = logging.getLogger(__name__)


class HueHarvest(Client):
    """Answers images with their palettes.

    It owns none of ``fetcher``, ``engine``, ``store`` and ``gate``: they outlive it. Sharded,
    because Discord refuses a single connection beyond 2,500 servers and one shard costs nothing
    more. If Discord refused the content of messages, it behaves as with ``LISTEN=mentions``, and
    says so in /help.
    """

    def __init__(  # noqa: PLR0913, each is one thing it uses, given by name
        self,
        settings: Settings,
        *,
        fetcher: Fetcher,
        engine: Engine,
        store: Store,
        gate: Gate | None = None,
        is_content_refused: bool = False,
    ) -> None:
        gate = gate or Gate()
        if is_content_refused:
            settings = settings.model_copy(update={"listen": Listen.MENTIONS})
        # Without the privileged intent, Discord still sends the full content of direct messages
        # and of messages that mention the bot.
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
            http_trace=gate.trace(),
        )
        self.services = Services.build(
            settings,
            fetcher=fetcher,
            engine=engine,
            store=store,
            client=self,
            gate=gate,
            is_content_refused=is_content_refused,
        )
        progress = Progress()
        self._listener = Listener(self, progress)
        self._missed = MissedPosts(self, progress)
        self._retraction = Retraction(self)
        self.tree = Commands(self)
        for add in (
            add_palette,
            add_palette_of_many,
            add_color,
            add_context_menus,
            add_settings,
            add_ignore_me,
            add_help,
        ):
            add(self.tree)
        self.add_dynamic_items(ImageMenu, SettingsControl, Control)
        self._sync = CommandSync(self.tree)

    async def setup_hook(self) -> None:
        """Begin what needs the application's id, which is known only after login.

        Of several processes, that of the first shard sends the commands.
        """
        self._retraction.begin()
        self._missed.begin()
        await self.tree.set_translator(CatalogueTranslator())
        await self._sync.begin(sends=not self.shard_ids or 0 in self.shard_ids)

    async def on_ready(self) -> None:
        """Log readiness, load the chips, and forget servers the bot has left."""
        shards = ""
        if self.shard_count and self.shard_count > 1:
            own = format_shards(sorted(self.shards))
            shards = f" (shard{'' if own.isdigit() else 's'} {own} of {self.shard_count})"
        _log.info("ready as %s in %d servers%s", self.user, len(self.guilds), shards)
        self.services.chips.load()
        await self.services.guilds.forget_where(self._has_left)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that a session begins; discord.py reports one that is resumed elsewhere."""
        self._missed.begin_session(shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Look for missed posts, now that the servers of a session are known."""
        self._missed.search_all(shard_id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look for missed posts in a server that comes later."""
        self._missed.search(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot; discord.py does not report outages here."""
        await self.services.guilds.forget(guild.id)

    def _has_left(self, guild_id: int) -> bool:
        """Return whether the bot is no longer in a server.

        It can judge only servers on its own shards. Once these are ready, discord.py knows all of
        their servers, even those that an outage makes unavailable.
        """
        shard = (guild_id >> 22) % (self.shard_count or 1)
        return shard in self.shards and self.get_guild(guild_id) is None

    async def on_message(self, message: discord.Message) -> None:
        """Answer posted images."""
        await self._listener.on_message(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Drop images that were removed from a message."""
        self._listener.on_edit(payload.message)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Leave a deleted message unanswered, or take its reply away."""
        await self._on_delete({payload.message_id}, payload)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Leave deleted messages unanswered, or take their replies away."""
        await self._on_delete(payload.message_ids, payload)

    async def _on_delete(
        self,
        message_ids: set[int],
        payload: discord.RawMessageDeleteEvent | discord.RawBulkMessageDeleteEvent,
    ) -> None:
        self.services.deletions.mark_deleted(message_ids)
        await self._retraction.on_delete(
            message_ids, channel_id=payload.channel_id, guild_id=payload.guild_id
        )

    async def handle_press(self, interaction: Interaction, custom_id: str) -> None:
        """Do what the control that was pressed is for."""
        await handle_press(interaction, custom_id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what was filled in: discord.py drops a modal that was opened before a restart."""
        data: Any = interaction.data
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        if data["custom_id"] == MANY_FORM:
            await answer_form(interaction)
        else:
            await handle_press(interaction, data["custom_id"])

    async def on_error(self, _event: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what an event handler did not catch; there is nobody to answer."""
        if error := sys.exception():
            report(error)

    async def close(self) -> None:
        """Finish what is running, for at most :data:`STOP_GRACE` seconds, then leave Discord."""
        self.services.fetcher.refuse_waiting()
        async with AsyncExitStack() as always:  # also if somebody cannot wait, and cancels this
            always.push_async_callback(super().close)
            always.callback(self._sync.stop)
            always.callback(self.services.chips.stop)
            always.push_async_callback(self._missed.end)
            await self.services.running.finish(STOP_GRACE)
