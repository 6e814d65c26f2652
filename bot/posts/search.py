"""Searching the history of a server for posts that may want a reply and have none."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

import discord
from discord.utils import time_snowflake, utcnow

from bot.delivery import DISCORD_ERRORS, deliver
from bot.errors import report
from bot.guilds.guild_settings import GuildSettings
from bot.services import Client
from bot.settings import Listen
from bot.sources.attachments import posted_images

from .channel import logging_refusals
from .wanted import is_asked, is_from_bot

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

MAX_AGE = timedelta(minutes=15)  # of a post; later, a reply would surprise
MAX_CHANNELS = 100  # of a server, those with the newest messages
MAX_MESSAGES = 1000  # of a channel, the newest
MAX_CONCURRENT_REQUESTS = 2  # replies are more urgent

_Channel: TypeAlias = (
    discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
)


class Search:
    """Searches each channel that has newer messages, where the bot may read the history.

    What has a reply there is left alone, as is what is too old by then.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_REQUESTS)

    async def find(self, guild: discord.Guild, after: int) -> list[discord.Message]:
        """Return the messages after an id that may want a reply and have none, in order."""
        newer = [
            each for each in _channels(guild) if _has_newer(each, after) and _is_readable(each)
        ]
        if not newer:
            return []
        settings = await self._client.services.guild_settings(guild.id)
        if settings.listen is Listen.OFF:
            return []
        # Elsewhere, only mentions are answered.
        newer.sort(key=lambda each: (settings.is_listening_in(each), each.last_message_id))
        missed = [
            message
            for channel in newer[-MAX_CHANNELS:]
            for message in await self._unanswered(channel, after)
            if self._may_be_wanted(message) and await self._knows_author(message, settings)
        ]
        return sorted(missed, key=lambda message: message.id)

    async def _unanswered(self, channel: _Channel, after: int) -> list[discord.Message]:
        """Return the messages of a channel after an id to which the bot has not replied."""
        history: list[discord.Message] = []

        async def fetch() -> list[discord.Message]:
            newest = channel.history(limit=MAX_MESSAGES, after=_oldest(after), oldest_first=False)
            return [message async for message in newest]

        async with self._slots:
            if self._client.services.gate.is_open_to_unasked and _has_newer(channel, after):
                with _reporting_errors("look for missed posts", channel):
                    history = await deliver(fetch, patience=0)
        answered = {
            message.reference.message_id
            for message in history
            if message.reference and message.author == self._client.user
        }
        return [message for message in history if message.id not in answered]

    def _may_be_wanted(self, message: discord.Message) -> bool:
        asked = is_asked(message, self._client.user)
        return not is_from_bot(message) and (asked or bool(posted_images(message)))

    async def _knows_author(self, message: discord.Message, settings: GuildSettings) -> bool:
        """Ask Discord which roles somebody has, if that matters: the history does not say so."""
        guild, author = message.guild, message.author
        if not settings.roles or message.webhook_id or guild is None:
            return True
        async with self._slots:
            with _reporting_errors("find out who posted", message.channel):
                message.author = await deliver(lambda: guild.fetch_member(author.id), patience=0)
                return True
        return False


def newest_message(guild: discord.Guild) -> int:
    """Return the id of the newest message of a server, perhaps deleted, or 0."""
    return max((channel.last_message_id or 0 for channel in _channels(guild)), default=0)


def _channels(guild: discord.Guild) -> list[_Channel]:
    return [each for each in (*guild.channels, *guild.threads) if isinstance(each, _Channel)]


def _has_newer(channel: _Channel, after: int) -> bool:
    """Return whether a channel has messages after an id that are not too old."""
    return (channel.last_message_id or 0) > _oldest(after).id


def _is_readable(channel: _Channel) -> bool:
    """Return whether the bot may read what was posted before."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False
    return channel.permissions_for(channel.guild.me).read_message_history


def _oldest(after: int) -> discord.Object:
    return discord.Object(max(after, time_snowflake(utcnow() - MAX_AGE)))


@contextmanager
def _reporting_errors(what: str, channel: "MessageableChannel") -> Generator[None]:
    """Report why something could not be done in a channel, so that others are searched, too."""
    try:
        with logging_refusals(what, channel.id):
            yield
    except DISCORD_ERRORS as error:
        report(error)
