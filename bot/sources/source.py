"""One image that somebody means: where its bytes are, and how it was shown."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

import discord
from yarl import URL

from bot.language import N_

from .errors import NotCustomEmojiError

_CDN, _MEDIA_PROXY = "cdn.discordapp.com", "media.discordapp.net"
_FOLDERS = ("/attachments/", "/ephemeral-attachments/")  # of what people upload
_SIGNATURE = ("ex", "is", "hm")  # what an address of the CDN needs of its query

# What Discord counts as images, and what else palette decodes. Discord takes at most ten.
IMAGE_FILE_TYPES = [
    "image",
    ".heic",
    ".heif",
    ".hif",
    ".jxl",
    ".tif",
    ".tiff",
    ".bmp",
    ".dib",
    ".jpe",
]
"""What people may choose from where they are asked for images."""

EMOJI = re.compile(r"<(?P<animated>a?):(?P<name>\w{2,32}):(?P<id>\d{15,20})>")
_EMOJI_ID = re.compile(r"(?:https://\w+\.discordapp\.\w+/emojis/)?(?P<id>\d{15,20})(?:\.\S+)?")


class Kind(StrEnum):
    """What an image is to people; the values are translated."""

    FILE = N_("Image")
    PREVIEW = N_("Link preview")
    STICKER = N_("Sticker")
    EMOJI = N_("Emoji")


@dataclass(frozen=True, slots=True)
class Source:
    """An image: where its bytes are, and how it was shown.

    ``by_stranger`` marks an address that somebody chose, unlike one on Discord's own servers.
    """

    url: str
    spoiler: bool = False
    by_stranger: bool = False
    name: str = ""
    kind: Kind = Kind.FILE

    @property
    def key(self) -> str:
        """The address without what may change: the signature or size that Discord adds."""
        return self.url if self.by_stranger else self.url.partition("?")[0]


def from_attachment(attachment: discord.Attachment) -> Source:
    """Return an uploaded file."""
    return Source(attachment.url, spoiler=attachment.is_spoiler(), name=_plain(attachment.filename))


def from_upload(url: str, filename: str) -> Source:
    """Return an uploaded file that is known only by its address and name."""
    spoiler = filename.startswith("SPOILER_")
    return Source(url, spoiler=spoiler, name=_plain(filename))


def from_link(url: str, proxy_url: str | None = None, *, kind: Kind = Kind.FILE) -> Source:
    """Return what is at ``url``, or Discord's copy of it at ``proxy_url``.

    Files that Discord itself keeps are not read through its media proxy, which refuses formats that
    it does not know (HEIC and TIFF).
    """
    copy = proxy_url if proxy_url and _is_discords(proxy_url) and not _is_discords(url) else None
    nearest = _on_cdn(copy or url)
    return Source(
        nearest,
        by_stranger=not _is_discords(nearest),
        name=PurePosixPath(url.partition("?")[0]).name,
        kind=kind,
    )


def from_emoji(text: str) -> Source:
    """Return a custom emoji, given its mention, id or address.

    Raises :class:`NotCustomEmojiError`.
    """
    if mention := EMOJI.fullmatch(text.strip()):
        animated, name = bool(mention["animated"]), mention["name"]
    elif mention := _EMOJI_ID.fullmatch(text.strip()):
        animated, name = ".gif" in text or "animated=true" in text, mention["id"]
    else:
        raise NotCustomEmojiError
    emoji = discord.PartialEmoji(name=name, animated=animated, id=int(mention["id"]))
    return Source(emoji.url, name=name, kind=Kind.EMOJI)


def from_user(user: discord.User | discord.Member) -> Source:
    """Return a person's avatar: the one for this server, or else the global one."""
    return Source(user.display_avatar.url, name=user.display_name)


def is_file_of_discord(url: str) -> bool:
    """Return whether an address is that of an uploaded file, on Discord's CDN or its proxy."""
    try:
        host, path = URL(url).host, URL(url).path
    except ValueError:
        return False
    return host in {_CDN, _MEDIA_PROXY} and path.startswith(_FOLDERS)


def _plain(filename: str) -> str:
    """Return a file name without the mark of a spoiler."""
    return filename.removeprefix("SPOILER_")


def _on_cdn(url: str) -> str:
    """Return the address of an uploaded file as it is, for one of the proxy's copies of it."""
    if not is_file_of_discord(url) or (parts := URL(url)).host == _CDN:
        return url
    signature = {name: parts.query[name] for name in _SIGNATURE if name in parts.query}
    return str(parts.with_host(_CDN).with_query(signature))


def _is_discords(url: str) -> bool:
    """Return whether an address is on the servers where Discord keeps images."""
    try:
        host = URL(url).host or ""
    except ValueError:
        return False
    return host == _CDN or host.endswith(".discordapp.net")
