"""The image that a palette was made from: found again."""

from dataclasses import dataclass
from typing import Self

import discord

from bot.delivery import deliver
from bot.reply.state import HERE
from bot.reply.uploads import SentFile, copy_in
from bot.sources.attachments import attachments_of
from bot.sources.errors import ImageGoneError
from bot.sources.source import Source, from_attachment

from .press import Press


@dataclass(frozen=True, slots=True)
class FoundImage:
    """Where the image is; ``copy`` is the file of the reply, if that is where."""

    source: Source
    copy: SentFile | None = None

    @classmethod
    def from_copy(cls, copy: SentFile) -> Self:
        """Return an image that is a file of the reply."""
        return cls(Source(copy.url, spoiler=copy.spoiler), copy)


async def find_image(press: Press) -> FoundImage:
    """Find the image in the reply or in the message it answers. Raises :class:`ImageGoneError`."""
    if press.origin.image == HERE:
        return FoundImage.from_copy(copy_in_reply(press))
    return FoundImage(await _answered_image(press))


def copy_in_reply(press: Press) -> SentFile:
    """Return the copy of the image that the reply carries. Raises :class:`ImageGoneError`."""
    copy = copy_in(press.message, press.number)
    if copy is None:
        raise ImageGoneError
    return copy


async def _answered_image(press: Press) -> Source:
    reference = press.message.reference
    if reference is None or (message_id := reference.message_id) is None:
        raise ImageGoneError
    channel = press.interaction.client.get_partial_messageable(reference.channel_id)
    try:
        message = await deliver(lambda: channel.fetch_message(message_id))
    except (discord.NotFound, discord.Forbidden) as error:
        raise ImageGoneError from error
    for attachment in attachments_of(message):
        if attachment.id == press.origin.image:
            return from_attachment(attachment)
    raise ImageGoneError
