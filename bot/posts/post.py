"""A message that may get a reply."""

from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.requests.messages import Watch
from bot.sources.source import Source


@dataclass(frozen=True)
class Post:
    """A message, its own images, whether it asks for an answer, and what its answer depends on.

    ``keys_left`` are those of the images that it still has. ``watches`` has the message itself and,
    if it has no images, the one that it replies to.
    """

    message: discord.Message
    images: list[Source]
    asked: bool
    keys_left: set[str]
    watches: Mapping[int, Watch]

    @property
    def is_gone(self) -> bool:
        """Whether the message was deleted."""
        return self.watches[self.message.id].is_gone
