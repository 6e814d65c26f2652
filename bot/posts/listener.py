"""Answers to images that people post, or point at by mentioning the bot."""

import asyncio
import logging
from collections.abc import Mapping

import discord
from cachetools import LRUCache

from bot.errors import report
from bot.guilds.guild_settings import GuildSettings
from bot.reply.message import Reply
from bot.reply.panel import Layout, PaletteEntry
from bot.requests.cooldowns import CooldownError
from bot.requests.messages import Watch
from bot.requests.request import Request
from bot.services import Client
from bot.sources.attachments import attached_files, posted_images

from .channel import Typing, permissions_in, send_reply
from .introduction import introduced
from .parts import find_parts
from .post import Post
from .progress import Progress
from .retraction import take_away
from .wanted import is_asked, is_from_bot, is_question, is_wanted

MAX_CONCURRENT_STARTS = 32  # messages: starting a whole burst at once would stop the event loop

_MAX_REMEMBERED = 10_000  # messages

_log = logging.getLogger(__name__)


class Listener:
    """Answers posted messages.

    A message gets at most one reply, about those of its images that it still has by then. What goes
    wrong is told only to those who asked for an answer; it is always in the log.
    """

    def __init__(self, client: Client, progress: Progress) -> None:
        self._client = client
        self._services = client.services
        self._progress = progress
        # One that was found as missed may come as well.
        self._taken: LRUCache[int, bool] = LRUCache(_MAX_REMEMBERED)
        self._typing = Typing()
        self._start_slots = asyncio.Semaphore(MAX_CONCURRENT_STARTS)
        self._posts: dict[int, Post] = {}  # by message, those in work

    async def on_message(self, message: discord.Message) -> None:
        """Reply to a message with the palettes of its images, where that is wanted and allowed."""
        if message.guild:
            self._progress.see(message.guild.shard_id, message.id)
        if is_from_bot(message):
            return
        asked = is_asked(message, self._client.user)
        images = attached_files(message) if asked else posted_images(message)
        if not images and not is_question(message, self._client.user):
            return
        if message.id in self._taken:
            return
        self._taken[message.id] = True
        about = [message.id]
        if not images and message.reference and message.reference.message_id:
            about.append(message.reference.message_id)
        watches = {each: self._services.deletions.watch(each) for each in about}
        post = Post(message, images, asked, {image.key for image in images}, watches)
        self._posts[message.id] = post
        try:
            with self._progress.dealing_with(message):
                await self._answer_if_wanted(post)
        finally:
            self._posts.pop(message.id, None)

    def on_edit(self, message: discord.Message) -> None:
        """Forget images that were removed; an added one has to be asked for."""
        if post := self._posts.get(message.id):
            post.keys_left.intersection_update(file.key for file in attached_files(message))

    async def _answer_if_wanted(self, post: Post) -> None:
        message = post.message
        async with self._start_slots:
            settings = await self._services.guild_settings(message.guild and message.guild.id)
            wanted = is_wanted(message, settings, asked=post.asked) and (
                post.asked or not await self._services.ignored.includes(message.author.id)
            )
        if wanted and self._may_answer(post):
            self._services.running.begin(message)
            await self._answer(post, settings)

    def _may_answer(self, post: Post) -> bool:
        """Return whether to answer while Discord refuses much; who asked can wait."""
        may = post.asked or self._services.gate.is_open_to_unasked
        if not may:
            _log.info("message %d is left unanswered: Discord refuses requests", post.message.id)
        return may

    async def _answer(self, post: Post, settings: GuildSettings) -> None:
        message = post.message
        permissions = permissions_in(message)
        if not permissions.send_messages:
            _log.info("may not write in channel %d", message.channel.id)
            return
        request = Request.from_message(message, settings, permissions)
        try:
            await self._services.cooldowns.take(request)
        except CooldownError as error:
            line = f"-# {report(error, request.language)}"
            parts: list[PaletteEntry | str] = [line] if post.asked else []
        else:
            with self._typing.during(message.channel):
                can_read_again = permissions.read_message_history
                parts = await find_parts(
                    self._services, post, request, can_read_again=can_read_again
                )
        if post.is_gone:
            _log.info("message %d was deleted in the meantime", message.id)
        elif parts and self._may_answer(post):
            # A reply that says that something is gone stays.
            watches = {key: watch for key, watch in post.watches.items() if not watch.is_gone}
            if reply := await self._send(post, parts, Layout.of(request), permissions):
                await self._remember(reply, watches)

    async def _send(
        self,
        post: Post,
        parts: list[PaletteEntry | str],
        layout: Layout,
        permissions: discord.Permissions,
    ) -> discord.Message | None:
        """Send a reply; the first unasked one in a server also says how to change that."""
        message, guilds = post.message, self._services.guilds
        guild = None if post.asked else message.guild
        introduces = guild is not None and await guilds.begin_introduction(guild.id)
        if introduces:
            parts = introduced(parts, self._services, layout.language)
        reply = None
        try:
            reply = await send_reply(
                message, Reply(parts, layout), permissions, silent=not post.asked
            )
        finally:
            if guild and introduces and reply is None:
                await guilds.take_introduction_back(guild.id)
        return reply

    async def _remember(self, reply: discord.Message, watches: Mapping[int, Watch]) -> None:
        """Remember what a reply depends on, or take it away if that was deleted meanwhile."""
        for message_id in watches:
            self._services.replies.remember(message_id, reply.id)
        if any(watch.is_gone for watch in watches.values()):
            channel = self._client.get_partial_messageable(reply.channel.id)
            await take_away(channel, [reply.id])
