"""What a server has chosen."""

from dataclasses import dataclass
from typing import Self

import discord
from discord import app_commands

from palette import Order

from .language import Language, language_of
from .settings import Listen, Settings


class NotAdmittedError(app_commands.CheckFailure):
    """Only people with one of ``roles``, which are mentions, may use the bot in this server."""

    def __init__(self, roles: frozenset[int]) -> None:
        super().__init__("This person has none of the roles that may use the bot here.")
        self.roles = " ".join(f"<@&{role}>" for role in sorted(roles))


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one server (or, with nothing chosen, in direct messages).

    ``channels`` are the ids of the channels in which posted images are answered, empty for all;
    ``roles`` the ids of those who may use the bot, empty for everyone. ``language`` is one of
    :data:`bot.language.LANGUAGES`, or None for the server's own on Discord.
    """

    listen: Listen
    channels: frozenset[int] = frozenset()
    colors: int = 10
    order: Order = "path"
    show_source: bool = True
    language: str | None = None
    roles: frozenset[int] = frozenset()

    @classmethod
    def default(cls, settings: Settings) -> Self:
        """Return what holds where nothing was chosen."""
        return cls(listen=settings.listen, colors=settings.colors)

    def listens_in(self, channel: discord.abc.Messageable) -> bool:
        """Tell whether a channel is one of those chosen; a thread is part of its channel."""
        ids = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        return not self.channels or not self.channels.isdisjoint(ids)

    def language_for(self, locale: discord.Locale | None) -> Language:
        """Return the language of what everyone sees.

        ``locale`` is Discord's for the place: of an interaction the ``guild_locale`` or else the
        ``locale``, of a guild the ``preferred_locale``, and None where there is none of these.
        """
        return language_of(self.language or locale)

    def admit(self, person: discord.User | discord.Member) -> None:
        """Raise :class:`NotAdmittedError` unless a person may use the bot.

        People who manage the server always may.
        """
        if not self.roles or not isinstance(person, discord.Member):
            return
        permissions = person.resolved_permissions or person.guild_permissions
        if not (permissions.manage_guild or any(map(person.get_role, self.roles))):
            raise NotAdmittedError(self.roles)
