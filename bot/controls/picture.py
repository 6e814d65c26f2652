"""The picture that a palette was made from: found again."""

from dataclasses import dataclass
from typing import Self

import discord

from bot.delivery import deliver
from bot.sources.source import Source, from_attachment
from bot.reply.uploads import Sent, files_of

from bot.sources.errors import PictureGoneError
from .press import Press
from bot.reply.state import HERE


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the picture is; ``copy`` is the file of the reply, if that is where."""

    source: Source
    copy: Sent | None = None

    @classmethod
    def of_copy(cls, copy: Sent) -> Self:
        """Return a picture that is a file of the reply."""
        return cls(Source(copy.url, spoiler=copy.spoiler), copy)


async def find_picture(press: Press) -> Picture:
    """Find the picture in the reply or in the message it answers.

    Raises :class:`PictureGoneError`.
    """
    if press.origin.picture != HERE:
        return Picture(await _answered(press))
    return Picture.of_copy(copy_in(press.message, press.number))


def copy_in(message: discord.Message, number: int) -> Sent:
    """Return the copy of the picture that a message carries. Raises :class:`PictureGoneError`."""
    for sent in files_of(message):
        if sent.plain_name.startswith(f"picture-{number}."):
            return sent
    raise PictureGoneError


async def _answered(press: Press) -> Source:
    reference = press.message.reference
    if reference is None or (message_id := reference.message_id) is None:
        raise PictureGoneError
    channel = press.client.get_partial_messageable(reference.channel_id)
    try:
        message = await deliver(lambda: channel.fetch_message(message_id))
    except (discord.NotFound, discord.Forbidden) as error:
        raise PictureGoneError from error
    for attachment in message.attachments:
        if attachment.id == press.origin.picture:
            return from_attachment(attachment)
    raise PictureGoneError
