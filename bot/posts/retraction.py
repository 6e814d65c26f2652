"""Taking replies away when what they answer is deleted."""

import asyncio
import logging
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

import discord

from bot.delivery import deliver
from bot.services import Client

from .channel import logging_refusals

MAX_AGE = timedelta(hours=1)  # of messages whose replies are searched for
MESSAGES_SEARCHED = 50
MAX_CONCURRENT_SEARCHES = 4  # channels at a time

_log = logging.getLogger(__name__)


class Retraction:
    """Takes a reply away when the message it answers is deleted, or the one that has its image.

    The bot remembers what it answered since it was started. A deleted message that is older, but by
    no more than an hour, may have a reply that it knows nothing about. That one is searched for
    among the fifty messages that follow: it refers to the deleted one. This takes one request, and
    only where the bot may read the history. A channel is searched for one deletion, or one bulk, at
    a time, and what is deleted there meanwhile is searched for at once afterwards.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._replies = client.services.replies
        self._since = datetime.min.replace(tzinfo=UTC)
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_SEARCHES)
        # The messages to search for, for each channel in which a search is under way.
        self._pending: dict[int, set[int]] = {}

    def begin(self) -> None:
        """Take what is posted from now on for known."""
        self._since = discord.utils.utcnow()

    async def on_delete(
        self, message_ids: Collection[int], *, channel_id: int, guild_id: int | None
    ) -> None:
        """Take away the replies to messages that were deleted in a channel."""
        known = {message_id: self._replies.forget(message_id) for message_id in message_ids}
        replies = {reply for found in known.values() for reply in found}
        channel = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        await take_away(channel, replies.difference(message_ids))
        unknown = {
            message_id
            for message_id, found in known.items()
            if not found and self._may_be_answered(message_id)
        }
        if unknown and self._can_read(channel_id, guild_id):
            await self._search_for(unknown, channel)

    def _may_be_answered(self, message_id: int) -> bool:
        """Return whether a message may have a reply from before the bot was started."""
        posted_at, now = discord.utils.snowflake_time(message_id), discord.utils.utcnow()
        return posted_at < self._since and now - posted_at < MAX_AGE

    def _can_read(self, channel_id: int, guild_id: int | None) -> bool:
        if guild_id is None:
            return True
        guild = self._client.get_guild(guild_id)
        channel = guild and guild.get_channel_or_thread(channel_id)
        return bool(channel and channel.permissions_for(channel.guild.me).read_message_history)

    async def _search_for(self, message_ids: set[int], channel: discord.PartialMessageable) -> None:
        if channel.id in self._pending:
            self._pending[channel.id] |= message_ids
            return
        self._pending[channel.id] = message_ids
        try:
            while sought := self._pending[channel.id]:
                self._pending[channel.id] = set()
                replies = await self._replies_to(sought, channel)
                for reply in replies:  # known, so that their own deletion starts no search
                    self._replies.remember(reply, reply)
                await take_away(channel, replies)
        finally:
            del self._pending[channel.id]

    async def _replies_to(
        self, message_ids: set[int], channel: discord.PartialMessageable
    ) -> list[int]:
        first = discord.Object(min(message_ids))
        found: list[int] = []
        async with self._slots:
            with logging_refusals("search for replies", channel.id):
                found = [
                    message.id
                    async for message in channel.history(limit=MESSAGES_SEARCHED, after=first)
                    if message.author == self._client.user
                    and message.reference
                    and message.reference.message_id in message_ids
                ]
        return found


async def take_away(channel: discord.PartialMessageable, reply_ids: Iterable[int]) -> None:
    """Delete replies of the bot, unless they are gone or Discord forbids it."""
    for reply_id in reply_ids:
        with logging_refusals("take a reply away", channel.id):
            await deliver(channel.get_partial_message(reply_id).delete)
            _log.info("took away reply %d, as what it answers was deleted", reply_id)
