"""The images of a message that another one replies to."""

import discord

from bot.delivery import deliver
from .message import is_emptied, pictures_in
from .errors import UnreadableError
from .source import Source


async def images_referred_to(message: discord.Message) -> list[Source]:
    """Return the images of the message that is replied to, if there is one and it has any.

    Without the message-content intent, Discord shows the bot the messages that mention it, but
    empties those they reply to. When it is approved, though not asked for, a message that is
    fetched is complete. Raises :class:`UnreadableError` or one of :data:`~bot.delivery.FAULTS`.
    """
    channel, reference = message.channel, message.reference
    if reference is None or (message_id := reference.message_id) is None:
        return []
    seen = reference.resolved
    if isinstance(seen, discord.DeletedReferencedMessage):
        return []
    if seen is None or is_emptied(seen):
        try:
            seen = await deliver(lambda: channel.fetch_message(message_id))
        except discord.NotFound:
            return []
        except discord.Forbidden:
            raise UnreadableError from None
        if is_emptied(seen):
            raise UnreadableError
    return pictures_in(seen)
