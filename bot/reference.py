"""The images of a message that another one replies to."""

import discord

from .message_images import pictures_in
from .source_errors import UnreadableError
from .sources import Source


async def images_referred_to(message: discord.Message) -> list[Source]:
    """Return the images of the message that is replied to, if there is one and it has any.

    Without the message-content intent, Discord shows the bot the messages that mention it, but
    empties those they reply to. When it is approved, though not asked for, a message that is
    fetched is complete. Raises :class:`UnreadableError`.
    """
    reference = message.reference
    seen = reference.resolved if reference else None
    if reference is None or reference.message_id is None:
        return []
    if isinstance(seen, discord.DeletedReferencedMessage):
        return []
    if seen is None or _is_empty(seen):
        try:
            seen = await message.channel.fetch_message(reference.message_id)
        except discord.NotFound:
            return []
        except discord.Forbidden:
            raise UnreadableError from None
        if _is_empty(seen):
            raise UnreadableError
    return pictures_in(seen)


def _is_empty(message: discord.Message) -> bool:
    """Tell whether there is nothing in a message, which nobody can send."""
    return not any(
        part.content or part.attachments or part.embeds or part.components or part.stickers
        for part in (message, *message.message_snapshots)
    )
