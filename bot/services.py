"""The services that features share, and the client through which they reach them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self, TypeAlias

import discord

from bot.chips.chips import Chips
from bot.download.fetcher import Fetcher
from bot.guilds.cache import GuildSettingsCache
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.ignored import IgnoredPeople
from bot.guilds.store import Store
from bot.requests.cooldowns import Cooldowns, rate_of_presses
from bot.requests.messages import Deletions, MessageLocks, Replies
from bot.requests.request import Request
from bot.requests.running import Running
from bot.requests.shared_counts import SharedCounts
from bot.sources.source import Source
from bot.workers.engine import Engine
from bot.workers.job import Job, Result

from .gate import Gate
from .settings import Rate, Settings


@dataclass(frozen=True)
class Services:
    """What the features of the bot share.

    ``command_mentions`` are what a message says to show a command that can be pressed, by its name;
    they are known once the commands are at Discord. ``is_content_refused`` says that Discord
    refused the content of messages, which the host wanted.
    """

    settings: Settings
    fetcher: Fetcher
    engine: Engine
    store: Store
    guilds: GuildSettingsCache
    ignored: IgnoredPeople
    running: Running
    cooldowns: Cooldowns
    press_cooldowns: Cooldowns
    deletions: Deletions
    replies: Replies
    message_locks: MessageLocks
    chips: Chips
    command_mentions: dict[str, str]
    gate: Gate
    is_content_refused: bool

    @classmethod
    def build(  # noqa: PLR0913, each is one thing they share, given by name
        cls,
        settings: Settings,
        *,
        fetcher: Fetcher,
        engine: Engine,
        store: Store,
        client: discord.Client,
        gate: Gate,
        is_content_refused: bool,
    ) -> Self:
        """Assemble the services; ``client`` need not have logged in yet."""
        rates = settings.user_limit, settings.server_limit

        def bot_id() -> int:
            return client.application_id or 0

        def cooldowns(kind: Literal["request", "press"], user: Rate, server: Rate) -> Cooldowns:
            is_shared = settings.is_spread and store.database.is_postgresql
            shared = SharedCounts(store.database, bot_id, kind, user) if is_shared else None
            return Cooldowns(user, server, shared)

        return cls(
            settings=settings,
            fetcher=fetcher,
            engine=engine,
            store=store,
            guilds=GuildSettingsCache(store, bot_id, GuildSettings.default(settings)),
            ignored=IgnoredPeople(store, bot_id),
            running=Running(),
            cooldowns=cooldowns("request", *rates),
            press_cooldowns=cooldowns("press", *map(rate_of_presses, rates)),
            deletions=Deletions(),
            replies=Replies(),
            message_locks=MessageLocks(),
            chips=Chips(client),
            command_mentions={},
            gate=gate,
            is_content_refused=is_content_refused,
        )

    async def process(
        self, source: Source, job: Callable[[bytes], Job[Result]], *, tenant: int
    ) -> Result:
        """Download an image and run a job on its bytes, in the turn of ``tenant``.

        Until its turn comes, an image is nothing but its URL. Raises
        :class:`~bot.download.errors.FetchError`, :class:`palette.PaletteError`,
        :class:`~bot.workers.errors.EngineError`, :class:`~bot.turns.BusyError` or
        :class:`~bot.turns.ClosedError`.
        """
        async with self.fetcher.download(
            source.url, tenant=tenant, by_stranger=source.by_stranger
        ) as data:
            return await self.engine.run(job(data), tenant=tenant)

    async def guild_settings(self, guild_id: int | None) -> GuildSettings:
        """Return how the bot behaves in a server or, without one, in direct messages."""
        if guild_id is None:
            return GuildSettings.default(self.settings)
        return await self.guilds.settings(guild_id)

    async def request(self, interaction: "Interaction") -> Request:
        """Return the request that a command or a press makes, with the settings that apply now."""
        settings = await self.guild_settings(interaction.guild_id)
        return Request.from_interaction(interaction, settings)

    async def begin_if_allowed(self, interaction: "Interaction") -> Request:
        """Register an interaction as under way, if the person may use the bot.

        Raises :class:`~bot.requests.running.StoppingError` or
        :class:`~bot.guilds.guild_settings.NotAllowedError`.
        """
        self.running.begin(interaction)
        request = await self.request(interaction)
        request.settings.check_allowed(interaction.user)
        return request


class Client(discord.AutoShardedClient):
    """The client as features see it: Discord, and the services."""

    services: Services

    async def handle_press(self, interaction: "Interaction", custom_id: str) -> None:
        """Do what the control that was pressed is for."""
        raise NotImplementedError


Interaction: TypeAlias = discord.Interaction[Client]
