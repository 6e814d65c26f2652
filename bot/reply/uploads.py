"""Files to send with a message, and those that a message already has."""

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self

import discord
from slugify import slugify
from yarl import URL

from bot.sources.components import media_in
from palette import SourceCopy

if TYPE_CHECKING:
    from discord.types.message import Attachment as AttachmentPayload

SPOILER_PREFIX = "SPOILER_"  # of the names of hidden files
_CARD = re.compile(r"(?:(?P<name>[\w-]+)-)?palette-(?P<number>\d)\.png")
_MAX_NAME = 60  # characters
_ATTACHMENT = re.compile(r"attachments/\d+/(\d+)/")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send; ``description`` is its alt text."""

    name: str
    data: bytes
    description: str | None = None
    spoiler: bool = False

    @property
    def uri(self) -> str:
        """How a component of the same message refers to the file."""
        return f"attachment://{SPOILER_PREFIX if self.spoiler else ''}{self.name}"

    @classmethod
    def of_copy(cls, copy: SourceCopy, number: int, description: str, *, spoiler: bool) -> Self:
        """Return a copy of an image to send, which :func:`copy_in` finds again."""
        return cls(_copy_name(number) + copy.suffix, copy.data, description, spoiler=spoiler)

    def file(self) -> discord.File:
        """Return the file for one attempt to send it."""
        return discord.File(
            io.BytesIO(self.data), self.name, spoiler=self.spoiler, description=self.description
        )


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a message."""

    id: int
    name: str
    url: str

    @property
    def spoiler(self) -> bool:
        """Whether it is hidden until somebody reveals it."""
        return self.name.startswith(SPOILER_PREFIX)

    @property
    def plain_name(self) -> str:
        """The name without the mark of a spoiler."""
        return self.name.removeprefix(SPOILER_PREFIX)

    @property
    def uri(self) -> str:
        """How a component of the same message refers to the file."""
        return f"attachment://{self.name}"


class ExistingAttachment(discord.Attachment):
    """A file that stays in a message when it is edited: Discord wants no more than its id."""

    def __init__(self, sent: SentFile) -> None:
        self.id = sent.id

    def to_dict(self) -> "AttachmentPayload":
        """Return what Discord is sent."""
        return {"id": self.id}  # pyright: ignore[reportReturnType], the rest may be left out


def attachment_id(url: str) -> int | None:
    """Return the id of the attachment that Discord keeps at an address, or None if it is none."""
    found = _ATTACHMENT.search(url)
    return int(found[1]) if found else None


def file_at(url: str) -> SentFile | None:
    """Return the attachment that Discord keeps at an address, or None if it is none."""
    number = attachment_id(url)
    return SentFile(number, PurePosixPath(URL(url).path).name, url) if number else None


def files_of(message: discord.Message) -> list[SentFile]:
    """Return the files of one of the bot's own messages."""
    # Discord lists under attachments only those that no component shows.
    shown = [each.media.url for each in media_in(message.components)]
    files = map(file_at, [*shown, *(each.url for each in message.attachments)])
    return list({sent.id: sent for sent in files if sent}.values())


def copy_in(message: discord.Message, number: int) -> SentFile | None:
    """Return the copy of the image that a message carries for its palette ``number``, if any."""
    copies = (sent for sent in files_of(message) if sent.plain_name.startswith(_copy_name(number)))
    return next(copies, None)


def card_name(number: int, name: str) -> str:
    """Return the file name of a card: with the image's ``name``, which may be empty."""
    return f"{name}-palette-{number}.png" if name else f"palette-{number}.png"


def plain_image_name(filename: str) -> str:
    """Return what is left of an image's file name for the names of other files; maybe nothing."""
    return slugify(PurePosixPath(filename).stem, max_length=_MAX_NAME)


def image_name_in(message: discord.Message, number: int) -> str:
    """Return the name of the image of palette ``number``, which the name of its card holds."""
    for sent in files_of(message):
        found = _CARD.fullmatch(sent.plain_name)
        if found and int(found["number"]) == number:
            return found["name"] or ""
    return ""


def _copy_name(number: int) -> str:
    """Return the name of a copy without its suffix; it never changes."""
    return f"picture-{number}."
