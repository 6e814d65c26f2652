"""Answers to images that people post, or point at by mentioning the bot."""

import asyncio
import logging

import discord

from bot.delivery import DISCORD_ERRORS
from bot.errors import report
from bot.guilds.guild_settings import GuildSettings, NotAllowedError
from bot.language import Language
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.requests.cooldowns import CooldownError
from bot.requests.messages import Watch
from bot.requests.request import Request
from bot.services import Client
from bot.settings import Listen
from bot.sources.errors import DeletedError, UnreadableError
from bot.sources.message import truncation_note
from bot.sources.reference import images_replied_to
from bot.sources.source import Source, attached_images
from bot.workers.jobs import CopyMode, Outcome

from .channel import Typing, permissions_in, send_reply

MAX_IMAGES = 4  # of one message
MAX_CONCURRENT_STARTS = 32  # messages: starting a whole burst at once would stop the event loop

_log = logging.getLogger(__name__)


class Listener:
    """Answers posted messages.

    A message gets at most one reply, about those of its images that it still has by then.
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
        if not images and not self._is_reply_with_mention(message):
            return
        watch = self._services.deletions.watch(message.id)
        self._images_left[message.id] = {image.key for image in images}
        try:
            async with self._start_slots:
                settings = await self._services.guild_settings(message.guild and message.guild.id)
            if self._is_wanted(message, settings):
                self._services.running.begin(message)
                await self._answer(message, images, settings, watch)
        finally:
            self._images_left.pop(message.id, None)

    def on_edit(self, message: discord.Message) -> None:
        """Forget images that were removed; an added one has to be asked for."""
        if message.id in self._images_left:
            self._images_left[message.id] &= {image.key for image in attached_images(message)}

    def _is_reply_with_mention(self, message: discord.Message) -> bool:
        """Return whether a message is a reply whose text mentions the bot.

        Discord counts any reply to the bot as a mention.
        """
        user = self._client.user
        return (
            message.type is discord.MessageType.reply
            and user is not None
            and user.id in message.raw_mentions
        )

    def _is_wanted(self, message: discord.Message, settings: GuildSettings) -> bool:
        try:
            settings.check_allowed(message.author)
        except NotAllowedError:
            return False
        is_asked = message.guild is None or self._client.user in message.mentions
        match settings.listen:
            case Listen.EVERYWHERE:
                return is_asked or settings.is_listening_in(message.channel)
            case Listen.MENTIONS:
                return is_asked
            case Listen.OFF:
                return False

    async def _answer(
        self,
        message: discord.Message,
        images: list[Source],
        settings: GuildSettings,
        watch: Watch,
    ) -> None:
        permissions = permissions_in(message)
        if not permissions.send_messages:
            _log.info("may not write in channel %d", message.channel.id)
            return
        request = Request.from_message(message, settings, permissions)
        try:
            self._services.cooldowns.take(request)
        except CooldownError as error:
            parts = [f"-# {report(error, request.language)}"] if error.is_news else []
        else:
            with self._typing.during(message.channel):
                parts = await self._parts(
                    message, images, request, can_read_again=permissions.read_message_history
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
            await send_reply(message, Reply(parts, layout), permissions)

    async def _parts(
        self,
        message: discord.Message,
        images: list[Source],
        request: Request,
        *,
        can_read_again: bool,
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
            else:
                parts.append(_error_line(result, number, len(images), language))
        if parts and len(images) > MAX_IMAGES:
            parts.append(truncation_note(MAX_IMAGES, len(images), language))
        return parts


def _error_line(error: BaseException, number: int, count: int, language: Language) -> str:
    sentence = report(error, language)
    if count == 1:
        return sentence
    return language.say("Image {number}: {sentence}", number=number, sentence=sentence)
