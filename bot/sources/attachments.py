"""The files of a message, and which of them can be images."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

import discord

from .source import Source, from_attachment

# What palette decodes, by the names that Discord, browsers and people use, without "x-".
_TYPES = frozenset(
    {
        *("png", "apng", "vnd.mozilla.apng", "jpeg", "jpg", "pjpeg", "webp", "gif", "avif"),
        *("heic", "heif", "heic-sequence", "heif-sequence", "jxl", "bmp", "ms-bmp", "tiff"),
    }
)
_SUFFIXES = frozenset(
    {
        *("png", "apng", "jpeg", "jpg", "jpe", "jfif", "pjpeg", "pjp", "webp", "gif", "avif"),
        *("heic", "heif", "hif", "jxl", "bmp", "dib", "tiff", "tif"),
    }
)
# Discord omits the type, or names a general one, for formats it cannot show (HEIC, TIFF).
_GENERAL_TYPES = frozenset({"", "application/octet-stream"})


def attachments_of(message: discord.Message) -> list[discord.Attachment]:
    """Return the attachments that a message has or forwards, in order."""
    return [file for part in (message, *message.message_snapshots) for file in part.attachments]


def attached_files(message: discord.Message) -> list[Source]:
    """Return all files that a message has or forwards, for somebody who asks about them."""
    return [from_attachment(file) for file in attachments_of(message)]


def posted_images(message: discord.Message) -> list[Source]:
    """Return the files that are worth a look though nobody asks: images, and what may be one."""
    return _sources(attachments_of(message), may_be_image)


def unmarked_files(message: discord.Message) -> list[Source]:
    """Return the files of which nothing says what they are."""
    return _sources(attachments_of(message), says_nothing)


def images_among(attachments: Iterable[discord.Attachment]) -> list[Source]:
    """Return the attachments that are or claim to be images."""
    return _sources(attachments, can_be_image)


def can_be_image(filename: str, content_type: str | None) -> bool:
    """Return whether a file is or claims to be an image of a format that palette decodes."""
    kind, _, name = _plain_type(content_type).partition("/")
    is_type = kind == "image" and name.removeprefix("x-") in _TYPES
    return is_type or _suffix(filename) in _SUFFIXES


def may_be_image(filename: str, content_type: str | None) -> bool:
    """Return whether a file claims to be an image, or nothing says what it is."""
    return can_be_image(filename, content_type) or says_nothing(filename, content_type)


def says_nothing(filename: str, content_type: str | None) -> bool:
    """Return whether neither the name of a file nor its type says what it is."""
    return not _suffix(filename) and _plain_type(content_type) in _GENERAL_TYPES


def _sources(
    files: Iterable[discord.Attachment], is_wanted: Callable[[str, str | None], bool]
) -> list[Source]:
    return [from_attachment(file) for file in files if is_wanted(file.filename, file.content_type)]


def _plain_type(content_type: str | None) -> str:
    """Return a content type without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def _suffix(filename: str) -> str:
    return PurePosixPath(filename).suffix.lower().removeprefix(".")
