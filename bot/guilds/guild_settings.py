"""What a server can choose, and what holds where it has not."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self, get_type_hints

import discord
from discord import app_commands
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.language import LANGUAGES, Language, language_of
from bot.settings import Listen, Settings
from palette import MAX_COLORS, Order

_log = logging.getLogger(__name__)


class NotAllowedError(app_commands.CheckFailure):
    """Only people with one of the roles in ``mentions`` may use the bot in this server."""

    def __init__(self, roles: frozenset[int]) -> None:
        super().__init__()
        self.mentions = " ".join(f"<@&{role}>" for role in sorted(roles))


def _spoken(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError("is no language of the bot")
    return code


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """How the bot behaves in one server (or, with nothing chosen, in direct messages).

    ``channels`` are the ids of the channels in which posted images are answered, empty for all;
    ``roles`` the ids of those who may use the bot, empty for everyone. ``language`` is one of
    :data:`bot.language.LANGUAGES`, or None for the server's own on Discord.
    """

    listen: Listen
    channels: frozenset[int] = frozenset()
    colors: Annotated[int, Field(ge=1, le=MAX_COLORS)] = 10
    order: Order = "path"
    show_source: bool = True
    language: Annotated[str, AfterValidator(_spoken)] | None = None
    roles: frozenset[int] = frozenset()

    @classmethod
    def default(cls, settings: Settings) -> Self:
        """Return what holds where nothing was chosen."""
        return cls(listen=settings.listen, colors=settings.colors)

    def with_choices(self, choices: Mapping[str, object]) -> Self:
        """Return these settings changed by what a server has chosen.

        Choices that make no sense, perhaps made in another version of the bot, do not count. Of
        ``listen``, which is what the environment allows, a server can only choose less.
        """
        made: dict[str, Any] = {}
        for name, value in choices.items():
            try:
                made[name] = _FIELDS[name].validate_python(value)
            except (KeyError, ValidationError):
                _log.debug("a choice of %r makes no sense", name)
        if "listen" in made:
            made["listen"] = max(made["listen"], self.listen, key=list(Listen).index)
        return replace(self, **made) if made else self

    def listens_in(self, channel: discord.abc.Messageable) -> bool:
        """Tell whether a channel is one of those chosen; a thread is part of its channel."""
        ids = {getattr(channel, "id", None), getattr(channel, "parent_id", None)}
        return not self.channels or not self.channels.isdisjoint(ids)

    def language_for(self, locale: discord.Locale | None) -> Language:
        """Return the language of what everyone sees.

        ``locale`` is Discord's for the place: of an interaction the ``guild_locale`` or else the
        ``locale``, of a guild the ``preferred_locale``, and None where there is none of these.
        """
        is_own = self.language is None or str(locale).startswith(self.language)
        return language_of(locale if is_own else self.language)  # a place keeps its own spelling

    def check_allowed(self, person: discord.User | discord.Member) -> None:
        """Raise :class:`NotAllowedError` unless a person may use the bot.

        People who manage the server always may.
        """
        if not self.roles or not isinstance(person, discord.Member):
            return
        permissions = person.resolved_permissions or person.guild_permissions
        if not (permissions.manage_guild or any(map(person.get_role, self.roles))):
            raise NotAllowedError(self.roles)


def checked(name: str, value: object) -> object:
    """Return a setting's value in types of JSON; raises ``ValueError`` for an impossible one."""
    return _FIELDS[name].dump_python(_FIELDS[name].validate_python(value), mode="json")


_FIELDS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(hint)
    for name, hint in get_type_hints(GuildSettings, include_extras=True).items()
}
