"""Every image that a message shows."""

import re
from collections.abc import Iterator
from dataclasses import replace

import discord

from bot.language import Language

from .attachments import can_be_image, images_among
from .components import media_in
from .errors import NoImageError, VectorStickerError
from .source import EMOJI, Kind, Source, from_emoji, from_link

_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)


def images_in(message: discord.Message) -> list[Source]:
    """Return every image that a message shows or forwards, each once."""
    unique: dict[str, Source] = {}
    for source in (source for part in _parts(message) for source in _shown_by(part)):
        known = unique.setdefault(source.key, source)
        unique[source.key] = replace(known, spoiler=known.spoiler or source.spoiler)
    return list(unique.values())


def images_except_emoji(message: discord.Message) -> list[Source]:
    """Return the same without custom emoji, which mostly stand for words."""
    return [image for image in images_in(message) if image.kind is not Kind.EMOJI]


def is_content_hidden(message: discord.Message) -> bool:
    """Return whether Discord withheld the content: a message that a person sends is never empty."""
    message = original_of(message)
    is_by_person = not (message.is_system() or message.poll or _is_thread_starter(message))
    return is_by_person and not any(
        part.content or part.attachments or part.embeds or part.components or part.stickers
        for part in _parts(message)
    )


def original_of(message: discord.Message) -> discord.Message:
    """Return the message that a thread begins with, for what Discord puts there in its place."""
    reference = message.reference
    if (
        _is_thread_starter(message)
        and reference
        and isinstance(reference.resolved, discord.Message)
    ):
        return reference.resolved
    return message


def truncation_note(shown: int, total: int, language: Language) -> str:
    """Return a line that says that only some of the images are shown."""
    return language.say("-# The first {shown} of {total} images.", shown=shown, total=total)


def no_image_error(message: discord.Message) -> NoImageError:
    """Return the error for a message without images."""
    stickers = (sticker for part in _parts(message) for sticker in part.stickers)
    return VectorStickerError() if any(map(_is_vector, stickers)) else NoImageError()


def _parts(message: discord.Message) -> tuple[discord.Message | discord.MessageSnapshot, ...]:
    message = original_of(message)
    return message, *message.message_snapshots


def _is_thread_starter(message: discord.Message) -> bool:
    return message.type is discord.MessageType.thread_starter_message


def _shown_by(message: discord.Message | discord.MessageSnapshot) -> Iterator[Source]:
    hidden = "\n".join(_SPOILER.findall(message.content))
    for media, spoiler, filename in media_in(message.components):
        is_video = (media.content_type or "").startswith("video/")
        if not is_video and (filename is None or can_be_image(filename, None)):
            yield replace(from_link(media.url, media.proxy_url), spoiler=spoiler)
    yield from images_among(message.attachments)
    for embed in message.embeds:
        spoiler = bool(embed.url and embed.url in hidden)
        for image in (embed.image, embed.thumbnail):
            if image.url:
                found = from_link(image.url, image.proxy_url, kind=Kind.PREVIEW)
                yield replace(found, spoiler=spoiler)
    for sticker in message.stickers:
        if not _is_vector(sticker):
            yield Source(sticker.url, name=sticker.name, kind=Kind.STICKER)
    for emoji in EMOJI.finditer(message.content):
        yield replace(from_emoji(emoji[0]), spoiler=emoji[0] in hidden)


def _is_vector(sticker: discord.StickerItem) -> bool:
    return sticker.format is discord.StickerFormatType.lottie
