"""Answers to images that people post, or point at by mentioning the bot."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

import discord

import palette
from bot.delivery import DISCORD_ERRORS
from bot.download.errors import TooBigError
from bot.errors import report
from bot.guilds.guild_settings import GuildSettings
from bot.language import Language
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.requests.cooldowns import CooldownError
from bot.requests.messages import Watch
from bot.requests.request import Request
from bot.services import Client
from bot.sources.attachments import attached_files, may_be_image, posted_images
from bot.sources.errors import DeletedError, SourceError
from bot.sources.message import truncation_note
from bot.sources.reference import images_meant
from bot.sources.source import Kind, Source
from bot.workers.jobs import CopyMode, Outcome

from .channel import Typing, permissions_in, send_reply
from .introduction import introduced
from .retraction import take_away
from .wanted import is_asked, is_from_bot, is_question, is_wanted

MAX_IMAGES = 4  # of one message
# Seconds from a post until an unasked reply, where a proxy may post it anew and then delete it.
# PluralKit deletes it one second after that, and posting an image anew takes a while, too.
PROXY_DELAY = 3.0
MAX_CONCURRENT_STARTS = 32  # messages: starting a whole burst at once would stop the event loop

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Post:
    """A message, its own images, whether it asks for an answer, and what its answer depends on.

    ``watches`` has the message itself and, if it has no images, the one that it replies to.
    """

    message: discord.Message
    images: list[Source]
    asked: bool
    watches: Mapping[int, Watch]

    @property
    def is_gone(self) -> bool:
        """Whether the message was deleted."""
        return self.watches[self.message.id].is_gone


class Listener:
    """Answers posted messages.

    A message gets at most one reply, about those of its images that it still has by then. What goes
    wrong is told only to those who asked for an answer; it is always in the log.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._services = client.services
        self._typing = Typing()
        self._start_slots = asyncio.Semaphore(MAX_CONCURRENT_STARTS)
        # The keys of the images that each message in work still has.
        self._images_left: dict[int, set[str]] = {}

    async def on_message(self, message: discord.Message) -> None:
        """Reply to a message with the palettes of its images, where that is wanted and allowed."""
        if is_from_bot(message):
            return
        asked = is_asked(message, self._client.user)
        images = attached_files(message) if asked else posted_images(message)
        if not images and not is_question(message, self._client.user):
            return
        about = [message.id]
        if not images and message.reference and message.reference.message_id:
            about.append(message.reference.message_id)
        watches = {each: self._services.deletions.watch(each) for each in about}
        post = _Post(message, images, asked, watches)
        self._images_left[message.id] = {image.key for image in images}
        try:
            async with self._start_slots:
                settings = await self._services.guild_settings(message.guild and message.guild.id)
                wanted = is_wanted(message, settings, asked=post.asked) and (
                    post.asked or not await self._services.ignored.includes(message.author.id)
                )
            if wanted and self._may_answer(post):
                self._services.running.begin(message)
                await self._answer(post, settings)
        finally:
            self._images_left.pop(message.id, None)

    def on_edit(self, message: discord.Message) -> None:
        """Forget images that were removed; an added one has to be asked for."""
        if message.id in self._images_left:
            self._images_left[message.id] &= {file.key for file in attached_files(message)}

    def _may_answer(self, post: _Post) -> bool:
        """Return whether to answer while Discord refuses much; who asked can wait."""
        may = post.asked or self._services.gate.is_open_to_unasked
        if not may:
            _log.info("message %d is left unanswered: Discord refuses requests", post.message.id)
        return may

    async def _answer(self, post: _Post, settings: GuildSettings) -> None:
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
                parts = await self._parts(
                    post, request, can_read_again=permissions.read_message_history
                )
        if post.is_gone:
            _log.info("message %d was deleted in the meantime", message.id)
        elif parts and self._may_answer(post):
            layout = Layout(
                request.language,
                request.asker,
                attach=request.can_attach,
                show_source=settings.show_source,
                brief=settings.brief,
            )
            # A reply that says that something is gone stays.
            watches = {key: watch for key, watch in post.watches.items() if not watch.is_gone}
            if reply := await self._send(post, parts, layout, permissions):
                await self._remember(reply, watches)

    async def _send(
        self,
        post: _Post,
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

    async def _parts(
        self, post: _Post, request: Request, *, can_read_again: bool
    ) -> list[PaletteEntry | str]:
        """Return what the reply says about a message's own images, or else those it replies to."""
        settings, language = request.settings, request.language
        options = Options(settings.colors, settings.style, order=settings.order)
        # The controls cannot find the image again where they cannot read the message.
        copy: CopyMode = "none" if can_read_again else "new"
        images = post.images
        if not post.images:
            copy = "new"
            try:
                images = await images_meant(post.message)
            except (SourceError, *DISCORD_ERRORS) as error:
                return [report(error, language)]
        job = options.job(language, copy, compact=len(images) > 1)
        may_be_proxied = settings.proxied and not post.asked and post.message.webhook_id is None
        wait = asyncio.create_task(asyncio.sleep(PROXY_DELAY if may_be_proxied else 0))
        results = await asyncio.gather(
            *(
                self._services.process(image, job, tenant=request.tenant)
                for image in images[:MAX_IMAGES]
            ),
            return_exceptions=True,
        )
        await wait
        left = self._images_left[post.message.id]
        if not post.images:
            if any(watch.is_gone for watch in post.watches.values()):
                return [report(DeletedError(), language)]
            left = {image.key for image in images}
        parts: list[PaletteEntry | str] = []
        for number, (image, result) in enumerate(zip(images, results, strict=False), start=1):
            if image.key not in left:
                continue
            if isinstance(result, Outcome):
                parts.append(PaletteEntry(result, options, image))
                continue
            line = _error_line(_reason(result, image), number, len(images), language)
            if post.asked:
                parts.append(line)
        if len(parts) == MAX_IMAGES < len(images):
            parts.append(truncation_note(MAX_IMAGES, len(images), language))
        return parts


def _reason(error: BaseException, image: Source) -> BaseException:
    """Return why there is no palette: a large file that is no image is not too large a one."""
    is_file = image.kind is Kind.FILE
    if isinstance(error, TooBigError) and is_file and not may_be_image(image.name, None):
        return palette.NotAnImageError("This file is not an image.")
    return error


def _error_line(error: BaseException, number: int, count: int, language: Language) -> str:
    sentence = report(error, language)
    if count == 1:
        return sentence
    return language.say("Image {number}: {sentence}", number=number, sentence=sentence)
