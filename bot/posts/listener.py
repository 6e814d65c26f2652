"""Images that people post, or point at by mentioning the bot, are answered without a command."""

import asyncio
import logging

import discord

from bot.services import Client

from .channel import Typing, permissions_in, send_reply
from bot.requests.cooldowns import CooldownError
from bot.requests.messages import Watch
from bot.delivery import FAULTS
from bot.workers.jobs import Outcome
from bot.errors import report
from bot.guilds.guild_settings import GuildSettings, NotAdmittedError
from bot.language import Language
from bot.sources.message import first_of
from bot.reply.options import Options
from bot.sources.reference import images_referred_to
from bot.reply.panel import Part
from bot.reply.message import Reply
from bot.settings import Listen
from bot.sources.errors import DeletedError, UnreadableError
from bot.sources.source import Source, posted_images

MAX_IMAGES = 4
AT_A_TIME = 32  # messages that are begun: a burst at once would stop the event loop

_log = logging.getLogger(__name__)


class Listener:
    """Hears what is posted and changed.

    A message gets one reply at most, about those of its images that it still has by then.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._typing = Typing()
        self._few = asyncio.Semaphore(AT_A_TIME)
        # Of the messages at work on: the places of the images they still have.
        self._images_left: dict[int, set[str]] = {}

    async def hear(self, message: discord.Message) -> None:
        """Reply to a message with the palettes of its images, where that is wanted and allowed."""
        if message.author.bot:
            return
        images = posted_images(message)
        if not images and not self._refers(message):
            return
        watch = self._client.services.deletions.watch(message.id)
        self._images_left[message.id] = {image.place for image in images}
        try:
            async with self._few:
                settings = await self._client.services.guild_settings(
                    message.guild and message.guild.id
                )
            if self._is_wanted(message, settings):
                self._client.services.running.begin(message)
                await self._answer(message, images, settings, watch)
        finally:
            self._images_left.pop(message.id, None)

    def see_edit(self, message: discord.Message) -> None:
        """Forget images that were removed; one that was added has to be asked for."""
        if message.id in self._images_left:
            self._images_left[message.id] &= {image.place for image in posted_images(message)}

    def _refers(self, message: discord.Message) -> bool:
        """Tell whether a message is a reply whose text names the bot.

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
            settings.admit(message.author)
        except NotAdmittedError:
            return False
        asked = message.guild is None or self._client.user in message.mentions
        match settings.listen:
            case Listen.EVERYWHERE:
                return asked or settings.listens_in(message.channel)
            case Listen.MENTIONS:
                return asked
            case Listen.OFF:
                return False

    async def _answer(
        self,
        message: discord.Message,
        images: list[Source],
        settings: GuildSettings,
        watch: Watch,
    ) -> None:
        guild = message.guild
        permissions = permissions_in(message)
        if not permissions.send_messages:
            _log.info("may not write in channel %d", message.channel.id)
            return
        language = settings.language_for(guild.preferred_locale if guild else None)
        try:
            self._client.services.cooldowns.take(
                message.author.id, guild and guild.id, message.created_at
            )
        except CooldownError as error:
            parts = [f"-# {report(error, language)}"] if error.is_news else []
        else:
            with self._typing.during(message.channel):
                parts = await self._parts(
                    message, images, settings, language, may_read=permissions.read_message_history
                )
        if watch.is_gone:
            _log.info("message %d was deleted meanwhile", message.id)
        elif parts:
            reply = Reply(
                parts,
                language=language,
                asker=message.author.id,
                attach=permissions.attach_files,
                show_source=settings.show_source,
            )
            await send_reply(message, reply, permissions)

    async def _parts(
        self,
        message: discord.Message,
        images: list[Source],
        settings: GuildSettings,
        language: Language,
        *,
        may_read: bool,
    ) -> list[Part | str]:
        """Return what there is to say about a message's own images, or else of another's."""
        options = Options(settings.colors, settings.order)
        # Without the history, the controls could not read the message again.
        job = options.job if may_read else options.job_with_copy
        referred = None
        if not (own := bool(images)):
            job = options.job_with_copy
            if message.reference and message.reference.message_id:
                referred = self._client.services.deletions.watch(message.reference.message_id)
            try:
                images = await images_referred_to(message)
            except (UnreadableError, *FAULTS) as error:
                return [report(error, language)]
        tenant = message.guild.id if message.guild else message.author.id
        results = await asyncio.gather(
            *(
                self._client.services.process(image, job, tenant=tenant)
                for image in images[:MAX_IMAGES]
            ),
            return_exceptions=True,
        )
        if referred and referred.is_gone:
            return [report(DeletedError(), language)]
        left = self._images_left[message.id] if own else {image.place for image in images}
        parts: list[Part | str] = []
        for number, (image, result) in enumerate(zip(images, results, strict=False), start=1):
            if image.place not in left:
                continue
            if isinstance(result, Outcome):
                parts.append(Part(result, options, image))
            else:
                parts.append(_told(result, number, len(images), language))
        if parts and len(images) > MAX_IMAGES:
            parts.append(first_of(MAX_IMAGES, len(images), language))
        return parts


def _told(error: BaseException, number: int, count: int, language: Language) -> str:
    sentence = report(error, language)
    if count == 1:
        return sentence
    return language.say("Image {number}: {sentence}", number=number, sentence=sentence)
