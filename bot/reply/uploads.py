"""Files that go along with a message, and those that a message has."""

import io
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Self

import discord
from yarl import URL

from palette.redrawing.source_copy import SourceCopy

from bot.sources.components import media_in

if TYPE_CHECKING:
    from discord.types.message import Attachment as AttachmentPayload

_SPOILER = "SPOILER_"  # what the names of hidden files begin with
_ATTACHMENT = re.compile(r"attachments/\d+/(\d+)/")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send; ``description`` is for those who cannot see it."""

    name: str
    data: bytes
    description: str | None = None
    spoiler: bool = False

    @property
    def uri(self) -> str:
        """What a component of the same message calls the file."""
        return f"attachment://{_SPOILER if self.spoiler else ''}{self.name}"

    @classmethod
    def of_copy(cls, copy: SourceCopy, number: int, description: str, *, spoiler: bool) -> Self:
        """Return a copy of a picture to send; :func:`bot.controls.picture.copy_in` finds it."""
        return cls(f"picture-{number}.{copy.suffix}", copy.data, description, spoiler=spoiler)

    def file(self) -> discord.File:
        """Return the file for one attempt to send it."""
        return discord.File(
            io.BytesIO(self.data), self.name, spoiler=self.spoiler, description=self.description
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of a message."""

    id: int
    name: str
    url: str

    @property
    def spoiler(self) -> bool:
        """Whether it is hidden until it is wanted."""
        return self.name.startswith(_SPOILER)

    @property
    def plain_name(self) -> str:
        """The name it would have if it were not hidden."""
        return self.name.removeprefix(_SPOILER)

    @property
    def uri(self) -> str:
        """What a component of the same message calls the file."""
        return f"attachment://{self.name}"


class Kept(discord.Attachment):
    """A file that stays in a message that is edited: Discord wants no more than its id."""

    def __init__(self, sent: Sent) -> None:
        self.id = sent.id

    def to_dict(self) -> "AttachmentPayload":
        """Return what Discord is told."""
        return {"id": self.id}  # pyright: ignore[reportReturnType], the rest may be left out


def may_attach(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether the bot may send files here; in direct messages nothing is forbidden."""
    return interaction.guild_id is None or interaction.app_permissions.attach_files


def attachment_id(url: str) -> int | None:
    """Return the id of the attachment that Discord keeps at an address."""
    found = _ATTACHMENT.search(url)
    return int(found[1]) if found else None


def file_at(url: str) -> Sent | None:
    """Return the file that Discord keeps at an address."""
    number = attachment_id(url)
    return Sent(number, PurePosixPath(URL(url).path).name, url) if number else None


def files_of(message: discord.Message) -> list[Sent]:
    """Return the files of a message of the bot's own."""
    # Discord lists under attachments only those that no component shows.
    shown = [each.media.url for each in media_in(message.components)]
    files = map(file_at, [*shown, *(each.url for each in message.attachments)])
    return list({sent.id: sent for sent in files if sent}.values())
