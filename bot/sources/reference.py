"""The images that a message without files is about, of those to the bot."""

import discord

from bot.delivery import deliver

from .attachments import attached_files
from .errors import NothingSentError, UnreadableError, VectorStickerError
from .message import images_except_emoji, images_in, is_content_hidden, no_image_error
from .source import Source


async def images_meant(message: discord.Message) -> list[Source]:
    """Return the images of the message that ``message`` replies to or, sent directly, its own.

    Raises what :func:`images_replied_to` does and, if what was sent directly has no image,
    :class:`NothingSentError`.
    """
    images = await images_replied_to(message)
    if images or message.guild:
        return images
    if images := images_in(message):
        return images
    error = no_image_error(message)
    raise error if isinstance(error, VectorStickerError) else NothingSentError


async def images_replied_to(message: discord.Message) -> list[Source]:
    """Return the images of the message that ``message`` replies to or, without any, its files.

    Without the message-content intent, Discord shows the bot the messages that mention it but
    empties those they reply to. If the intent is approved, though not requested, a fetched message
    is complete. Raises :class:`UnreadableError`, :class:`VectorStickerError` or one of
    :data:`~bot.delivery.DISCORD_ERRORS`.
    """
    channel, reference = message.channel, message.reference
    if reference is None or (message_id := reference.message_id) is None:
        return []
    found = reference.resolved
    if isinstance(found, discord.DeletedReferencedMessage):
        return []
    if found is None or is_content_hidden(found):
        try:
            found = await deliver(lambda: channel.fetch_message(message_id))
        except discord.NotFound:
            return []
        except discord.Forbidden:
            raise UnreadableError from None
        if is_content_hidden(found):
            raise UnreadableError
    images = images_except_emoji(found) or attached_files(found)
    if not images and isinstance(error := no_image_error(found), VectorStickerError):
        raise error
    return images
