"""What the features of the bot share, and the client through which they reach it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from weakref import WeakValueDictionary

import discord

from bot.requests.cooldowns import Cooldowns
from bot.requests.messages import Deletions
from bot.workers.engine import Engine
from bot.workers.job import Job, Result
from bot.download.fetcher import Fetcher
from bot.guilds.guild_settings import GuildSettings
from bot.guilds.known import KnownGuilds
from bot.requests.running import Running
from .settings import Settings
from bot.sources.source import Source


class MessageLocks:
    """Makes edits of the same message wait for one another."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, message_id: int) -> asyncio.Lock:
        """Return the lock to hold while a message is edited."""
        return self._locks.setdefault(message_id, asyncio.Lock())


@dataclass(frozen=True)
class Services:
    """What the features of the bot share."""

    settings: Settings
    fetcher: Fetcher
    engine: Engine
    guilds: KnownGuilds
    running: Running
    cooldowns: Cooldowns
    press_cooldowns: Cooldowns
    deletions: Deletions
    edits: MessageLocks

    async def process(
        self, source: Source, job: Callable[[bytes], Job[Result]], *, tenant: int
    ) -> Result:
        """Download an image and run a job on its bytes, in the tenant's turn."""
        async with self.fetcher.download(
            source.url, tenant=tenant, by_stranger=source.by_stranger
        ) as data:
            return await self.engine.run(job(data), tenant=tenant)

    async def guild_settings(self, guild_id: int | None) -> GuildSettings:
        """Return how the bot behaves in a server, or, without one, in direct messages."""
        if guild_id is None:
            return GuildSettings.default(self.settings)
        return await self.guilds.settings(guild_id)

    async def admit(self, interaction: "Interaction") -> GuildSettings:
        """Begin with an interaction, and return the settings of the server it comes from.

        Raises :class:`StoppingError` or :class:`~bot.guilds.guild_settings.NotAdmittedError`.
        """
        self.running.begin(interaction)
        settings = await self.guild_settings(interaction.guild_id)
        settings.admit(interaction.user)
        return settings


class Client(discord.AutoShardedClient):
    """The client as features see it: Discord, and what they share."""

    services: Services

    async def press(self, interaction: "Interaction", custom_id: str) -> None:
        """Do what a control under a reply is for."""
        raise NotImplementedError


Interaction: TypeAlias = discord.Interaction[Client]
