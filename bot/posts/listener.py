"""Answers to images that people post, or point at by mentioning the bot."""

import asyncio
import logging

import discord

from bot.delivery import DISCORD_ERRORS
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
from bot.sources.errors import DeletedError, UnreadableError
from bot.sources.message import truncation_note
from bot.sources.reference import images_replied_to
from bot.sources.source import Source, attached_images
from bot.workers.jobs import CopyMode, Outcome

from .channel import Typing, permissions_in, send_reply
from .wanted import is_asked, is_reply_with_mention, is_wanted

MAX_IMAGES = 4  # of one message
MAX_CONCURRENT_STARTS = 32  # messages: starting a whole burst at once would stop the event loop

_log = logging.getLogger(__name__)


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
        if message.author.bot:
            return
        images = attached_images(message)
        if not images and not is_reply_with_mention(message, self._client.user):
            return
        watch = self._services.deletions.watch(message.id)
        self._images_left[message.id] = {image.key for image in images}
        try:
            async with self._start_slots:
                settings = await self._services.guild_settings(message.guild and message.guild.id)
            asked = is_asked(message, self._client.user)
            if is_wanted(message, settings, asked=asked):
                self._services.running.begin(message)
                await self._answer(message, images, settings, watch, asked=asked)
        finally:
            self._images_left.pop(message.id, None)

    def on_edit(self, message: discord.Message) -> None:
        """Forget images that were removed; an added one has to be asked for."""
        if message.id in self._images_left:
            self._images_left[message.id] &= {image.key for image in attached_images(message)}

    async def _answer(
        self,
        message: discord.Message,
        images: list[Source],
        settings: GuildSettings,
        watch: Watch,
        *,
        asked: bool,
    ) -> None:
        permissions = permissions_in(message)
        if not permissions.send_messages:
            _log.info("may not write in channel %d", message.channel.id)
            return
        request = Request.from_message(message, settings, permissions)
        try:
            self._services.cooldowns.take(request)
        except CooldownError as error:
            line = f"-# {report(error, request.language)}"
            parts = [line] if asked else []
        else:
            with self._typing.during(message.channel):
                parts = await self._parts(
                    message,
                    images,
                    request,
                    can_read_again=permissions.read_message_history,
                    asked=asked,
                )
        if watch.is_gone:
            _log.info("message %d was deleted in the meantime", message.id)
        elif parts:
            layout = Layout(
                request.language,
                request.asker,
                attach=request.can_attach,
                show_source=settings.show_source,
            )
            await send_reply(message, Reply(parts, layout), permissions, silent=not asked)

    async def _parts(
        self,
        message: discord.Message,
        images: list[Source],
        request: Request,
        *,
        can_read_again: bool,
        asked: bool,
    ) -> list[PaletteEntry | str]:
        """Return what the reply says about a message's own images, or else those it replies to."""
        settings, language = request.settings, request.language
        options = Options(settings.colors, settings.style, order=settings.order)
        # The controls cannot find the image again where they cannot read the message.
        copy: CopyMode = "none" if can_read_again else "new"
        referenced = None
        if not (is_own := bool(images)):
            copy = "new"
            if message.reference and message.reference.message_id:
                referenced = self._services.deletions.watch(message.reference.message_id)
            try:
                images = await images_replied_to(message)
            except (UnreadableError, *DISCORD_ERRORS) as error:
                return [report(error, language)]
        job = options.job(language, copy, compact=len(images) > 1)
        results = await asyncio.gather(
            *(
                self._services.process(image, job, tenant=request.tenant)
                for image in images[:MAX_IMAGES]
            ),
            return_exceptions=True,
        )
        if referenced and referenced.is_gone:
            return [report(DeletedError(), language)]
        left = self._images_left[message.id] if is_own else {image.key for image in images}
        parts: list[PaletteEntry | str] = []
        for number, (image, result) in enumerate(zip(images, results, strict=False), start=1):
            if image.key not in left:
                continue
            if isinstance(result, Outcome):
                parts.append(PaletteEntry(result, options, image))
                continue
            line = _error_line(result, number, len(images), language)
            if asked:
                parts.append(line)
        if len(parts) == MAX_IMAGES < len(images):
            parts.append(truncation_note(MAX_IMAGES, len(images), language))
        return parts


def _error_line(error: BaseException, number: int, count: int, language: Language) -> str:
    sentence = report(error, language)
    if count == 1:
        return sentence
    return language.say("Image {number}: {sentence}", number=number, sentence=sentence)
