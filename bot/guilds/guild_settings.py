"""What a server can choose, and the defaults for what it has not."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Self, get_type_hints

import discord
from discord import app_commands
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.language import LANGUAGES, Language, language_of
from bot.settings import Listen, Settings
from palette import MAX_COLORS, Order, Style

_ANNOUNCEMENTS = {discord.ChannelType.news, discord.ChannelType.news_thread}

_log = logging.getLogger(__name__)


class NotAllowedError(app_commands.CheckFailure):
    """Only people with one of ``roles``, which are ids, may use the bot in this server."""

    def __init__(self, roles: frozenset[int]) -> None:
        super().__init__(roles)
        self.roles = roles

    @property
    def mentions(self) -> str:
        """The roles, as Discord shows them in a message."""
        return " ".join(f"<@&{role}>" for role in sorted(self.roles))


def _check_language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError("is not a language the bot speaks")
    return code


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one server or, with the defaults, in direct messages.

    ``channels`` are the ids of the channels where posted images are answered, empty for all but
    announcement channels, and ``roles`` those of the roles that may use the bot, empty for
    everyone. ``colors``, ``style`` and ``order`` are what a palette has unless somebody asks for
    something else. Without ``show_source``, the image is in the reply as a file only. ``brief``
    replies have one row of buttons and no codes but those on the card. ``language`` is one of
    :data:`bot.language.LANGUAGES`, or None for the one that the server has on Discord.
    ``proxied`` says that what webhooks post comes from people, and is answered.
    ``introduced`` is not chosen: the bot has told the server that all of this can be.
    """

    listen: Listen
    channels: frozenset[int] = frozenset()
    colors: Annotated[int, Field(ge=1, le=MAX_COLORS)] | Literal["auto"] = 10
    style: Style = "seen"
    order: Order = "path"
    show_source: bool = True
    brief: bool = False
    language: Annotated[str, AfterValidator(_check_language)] | None = None
    roles: frozenset[int] = frozenset()
    proxied: bool = False
    introduced: bool = False

    @classmethod
    def default(cls, settings: Settings) -> Self:
        """Return the settings of a server that has chosen nothing."""
        return cls(listen=settings.listen, colors=settings.colors)

    def overridden_by(self, choices: Mapping[str, object]) -> Self:
        """Return these settings, overridden by what a server has chosen.

        Invalid choices, perhaps made in another version of the bot, are ignored. ``listen`` is the
        most that the environment allows, so a server can only choose less.
        """
        valid: dict[str, Any] = {}
        for name, value in choices.items():
            try:
                valid[name] = _FIELDS[name].validate_python(value)
            except (KeyError, ValidationError):
                _log.debug("ignoring an invalid choice of %r", name)
        if "listen" in valid:
            valid["listen"] = max(valid["listen"], self.listen, key=list(Listen).index)
        return replace(self, **valid) if valid else self

    def is_listening_in(self, channel: discord.abc.Messageable) -> bool:
        """Return whether posted images are answered in a channel; a thread is part of its channel.

        Announcement channels have to be chosen: all who follow them read what is posted there.
        """
        if not self.channels:
            return getattr(channel, "type", None) not in _ANNOUNCEMENTS
        ids = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        return not self.channels.isdisjoint(ids)

    def language_for(self, locale: discord.Locale | None) -> Language:
        """Return the language of what everyone sees.

        ``locale`` is Discord's for the place: the ``guild_locale`` or else the ``locale`` of an
        interaction, the ``preferred_locale`` of a guild, or None if there is neither.
        """
        is_own = self.language is None or str(locale).startswith(self.language)
        return language_of(locale if is_own else self.language)  # a place keeps its own spelling

    def check_allowed(self, person: discord.User | discord.Member) -> None:
        """Raise :class:`NotAllowedError` unless a person may use the bot.

        People who can manage the server always may.
        """
        if not self.roles or not isinstance(person, discord.Member):
            return
        permissions = person.resolved_permissions or person.guild_permissions
        if not (permissions.manage_guild or any(map(person.get_role, self.roles))):
            raise NotAllowedError(self.roles)


def validated(name: str, value: object) -> object:
    """Return a setting's value as JSON types. Raises ``ValueError`` if it is invalid."""
    return _FIELDS[name].dump_python(_FIELDS[name].validate_python(value), mode="json")


_FIELDS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(hint)
    for name, hint in get_type_hints(GuildSettings, include_extras=True).items()
}
