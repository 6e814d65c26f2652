"""Images posted in a channel are answered without a command."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import discord

from .engine import Outcome
from .errors import report
from .language import language_of
from .options import Options
from .reply import Part, Reply
from .settings import Listen
from .sources import posted_images

if TYPE_CHECKING:
    from .client import HueHarvest

MAX_IMAGES = 4

_log = logging.getLogger(__name__)


async def answer(client: "HueHarvest", message: discord.Message) -> None:
    """Reply to a message with the palettes of its images, where that is wanted and allowed."""
    images = posted_images(message)
    if not images or message.author.bot or not _addressed(client, message):
        return
    client.begin()
    permissions = _permissions(message)
    if not permissions.send_messages:
        _log.info("may not write in channel %d", message.channel.id)
        return
    tenant = message.guild.id if message.guild else message.author.id
    options = Options(client.settings.colors)
    async with _typing(message.channel):
        results = await asyncio.gather(
            *(client.harvest(image, options.job, tenant=tenant) for image in images[:MAX_IMAGES]),
            return_exceptions=True,
        )
        parts = [
            Part(result, options, image)
            if isinstance(result, Outcome)
            else _told(result, number, len(images))
            for number, (image, result) in enumerate(zip(images, results, strict=False), start=1)
        ]
    if len(images) > MAX_IMAGES:
        parts.append(f"-# The first {MAX_IMAGES} of {len(images)} images.")
    language = language_of(message.guild.preferred_locale if message.guild else None)
    reply = Reply(
        parts, language=language, asker=message.author.id, attach=permissions.attach_files
    )
    await _send(message, reply, permissions)


def _addressed(client: "HueHarvest", message: discord.Message) -> bool:
    match client.settings.listen:
        case Listen.EVERYWHERE:
            return True
        case Listen.MENTIONS:
            return message.guild is None or client.user in message.mentions
        case Listen.OFF:
            return False


def _permissions(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do where the message is; a thread has a permission of its own."""
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return discord.Permissions(send_messages=True, attach_files=True, read_message_history=True)
    permissions = channel.permissions_for(message.guild.me)
    if isinstance(channel, discord.Thread):
        permissions.send_messages = permissions.send_messages_in_threads
    return permissions


def _told(error: BaseException, number: int, count: int) -> str:
    sentence = report(error)
    return sentence if count == 1 else f"Image {number}: {sentence}"


@contextlib.asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncGenerator[None]:
    """Show that the bot is at work; when that fails, the work goes on."""
    async with contextlib.AsyncExitStack() as stack:
        with contextlib.suppress(discord.HTTPException):
            await stack.enter_async_context(channel.typing())
        yield


async def _send(message: discord.Message, reply: Reply, permissions: discord.Permissions) -> None:
    try:
        if permissions.read_message_history:
            reference = message.to_reference(fail_if_not_exists=False)
            await message.channel.send(view=reply, files=reply.files, reference=reference)
        else:  # Discord refuses a reference to what the bot could not read again
            await message.channel.send(view=reply, files=reply.files)
    except (discord.Forbidden, discord.NotFound) as error:
        _log.info("could not reply in channel %d: %s", message.channel.id, error.text)
