"""Which images a message means."""

from dataclasses import dataclass
from pathlib import PurePosixPath

import discord

# What palette decodes, by the names Discord and people give it; the bytes have the last word.
_TYPES = frozenset({"png", "jpeg", "webp", "gif", "avif", "heic", "heif", "bmp", "tiff"})
_SUFFIXES = _TYPES | {"jpg", "jpe", "jfif", "hif", "tif", "dib"}


@dataclass(frozen=True, slots=True)
class Source:
    """An image to look at: where its bytes are, and how it was shown.

    ``by_stranger`` tells a link somebody typed from an address on Discord's own servers.
    """

    url: str
    spoiler: bool = False
    by_stranger: bool = False


def posted_images(message: discord.Message) -> list[Source]:
    """Return the attachments of a message that are or claim to be images, in order."""
    return [
        Source(attachment.url, spoiler=attachment.is_spoiler())
        for attachment in message.attachments
        if _may_be_image(attachment)
    ]


def _may_be_image(attachment: discord.Attachment) -> bool:
    # Discord leaves the type out, or gives a general one, for formats it cannot show (HEIC, TIFF).
    kind, _, name = (attachment.content_type or "").partition("/")
    suffix = PurePosixPath(attachment.filename).suffix.lower().removeprefix(".")
    return (kind == "image" and name in _TYPES) or suffix in _SUFFIXES
