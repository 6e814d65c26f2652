"""Posts that the bot missed: it was stopped or killed, or Discord ended one of its sessions."""

import asyncio
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import TypeAlias

import discord
from discord.utils import time_snowflake, utcnow

from bot.delivery import deliver
from bot.errors import report
from bot.guilds.guild_settings import GuildSettings
from bot.services import Client
from bot.settings import Listen
from bot.sources.attachments import posted_images

from .channel import logging_refusals
from .progress import Progress
from .saved_progress import SavedProgress
from .wanted import is_asked, is_from_bot

MAX_AGE = timedelta(minutes=15)  # of a post; later, a reply would surprise
MAX_CHANNELS = 100  # of a server, those with the newest messages
MAX_MESSAGES = 1000  # of a channel, the newest
MAX_CONCURRENT_REQUESTS = 2  # replies are more urgent

_SESSION = 0  # what holds the progress of a shard until its servers are known

_Channel: TypeAlias = (
    discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
)


class MissedPosts:
    """Finds the posts that were missed, and hands them on as if they had just come.

    Discord repeats nothing to a new session. So each channel that has newer messages than were
    dealt with is searched, where the bot may read the history. What has a reply there is left
    alone, as is what is too old by then.
    """

    def __init__(self, client: Client, progress: Progress) -> None:
        self._client = client
        self._progress = progress
        self._saved = SavedProgress(client, progress)
        self._reached: dict[int, int] = {}  # by shard, when its session began
        self._beginning: set[int] = set()  # shards whose servers are not all known yet
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_REQUESTS)
        self._searches: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Begin to save how far the bot has got, once it is logged in."""
        self._saved.begin()

    async def end(self) -> None:
        """Leave the rest to the next process, and save for it how far this one has got."""
        for search in self._searches:
            search.cancel()
        await self._saved.end()

    def begin_session(self, shard_id: int) -> None:
        """Take everything that a shard has not dealt with for missed."""
        self._progress.hold(shard_id, _SESSION)
        self._reached[shard_id] = self._progress.reached(shard_id)
        self._beginning.add(shard_id)

    def search_all(self, shard_id: int) -> None:
        """Search the servers of a new session, which are known now."""
        self._beginning.discard(shard_id)
        guilds = [guild for guild in self._client.guilds if guild.shard_id == shard_id]
        self._begin_searches(shard_id, guilds)
        self._progress.release(shard_id, _SESSION)

    def search(self, guild: discord.Guild) -> None:
        """Search a server that is available now, unless it will be with the others."""
        if guild.shard_id not in self._beginning:
            self._begin_searches(guild.shard_id, [guild])

    def _begin_searches(self, shard_id: int, guilds: Collection[discord.Guild]) -> None:
        self._progress.hold(shard_id, *(guild.id for guild in guilds))
        for guild in guilds:
            search = asyncio.create_task(self._search(guild))
            self._searches.add(search)
            search.add_done_callback(self._searches.discard)

    async def _search(self, guild: discord.Guild) -> None:
        shard_id = guild.shard_id
        channels = [
            channel
            for channel in (*guild.channels, *guild.threads)
            if isinstance(channel, _Channel) and channel.last_message_id
        ]
        try:
            with self._progress.releasing(shard_id, guild.id):
                newest = max((channel.last_message_id or 0 for channel in channels), default=0)
                self._progress.see(shard_id, newest)
                reached = self._reached.get(shard_id) or await self._saved.earlier(shard_id)
                # Without any, this is the first session ever.
                if reached and newest > _oldest(reached).id:
                    for message in await self._missed(guild, channels, reached):
                        self._client.dispatch("message", message)
                    await asyncio.sleep(0)  # from now on, they hold the progress themselves
        except Exception as error:  # noqa: BLE001, nobody else would see it
            report(error)

    async def _missed(
        self, guild: discord.Guild, channels: Iterable[_Channel], after: int
    ) -> list[discord.Message]:
        """Return the messages after an id that may want a reply and have none, in order."""
        settings = await self._client.services.guild_settings(guild.id)
        if settings.listen is Listen.OFF:
            return []
        # Elsewhere, only mentions are answered.
        newer = sorted(
            (each for each in channels if _has_newer(each, after) and _is_readable(each)),
            key=lambda each: (settings.is_listening_in(each), each.last_message_id),
        )
        missed = [
            message
            for channel in newer[-MAX_CHANNELS:]
            for message in await self._unanswered(channel, after)
            if self._may_be_wanted(message) and await _knows_author(message, settings)
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
                with logging_refusals("look for missed posts", channel.id):
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


def _is_readable(channel: _Channel) -> bool:
    """Return whether the bot may read what was posted before."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False
    return channel.permissions_for(channel.guild.me).read_message_history


def _has_newer(channel: _Channel, after: int) -> bool:
    """Return whether a channel has messages after an id that are not too old."""
    return (channel.last_message_id or 0) > _oldest(after).id


def _oldest(after: int) -> discord.Object:
    return discord.Object(max(after, time_snowflake(utcnow() - MAX_AGE)))


async def _knows_author(message: discord.Message, settings: GuildSettings) -> bool:
    """Ask Discord which roles somebody has, if that matters: it does not say so in the history."""
    guild, author = message.guild, message.author
    if not settings.roles or message.webhook_id or guild is None:
        return True
    with logging_refusals("find out who posted", message.channel.id):
        message.author = await deliver(lambda: guild.fetch_member(author.id), patience=0)
        return True
    return False
