"""Who asks, for whom the work is done, in which language, and what may be attached."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

import discord

from bot.guilds.guild_settings import GuildSettings
from bot.language import Language, language_of


@dataclass(frozen=True, slots=True)
class Request:
    """Everything about one command, post or press that later steps need to know.

    ``asker`` is a user id; ``guild`` the id of the server, None in direct messages. ``language`` is
    the asker's own, ``server_language`` that of the server. What everyone sees is in the
    ``public_language``: that of the server or, where nobody has ever chosen one, of who asks, if
    that is known. ``can_attach`` says whether the bot may send files there.
    """

    asker: int
    guild: int | None
    asked_at: datetime
    settings: GuildSettings
    language: Language
    server_language: Language
    public_language: Language
    can_attach: bool

    @classmethod
    def from_interaction(
        cls, interaction: discord.Interaction[discord.Client], settings: GuildSettings
    ) -> Self:
        """Describe a command or a press."""
        guild = interaction.guild_id
        language = language_of(interaction.locale)
        server_language = settings.language_for(interaction.guild_locale or interaction.locale)
        is_chosen = settings.language is not None or _is_language_chosen(interaction)
        return cls(
            asker=interaction.user.id,
            guild=guild,
            asked_at=interaction.created_at,
            settings=settings,
            language=language,
            server_language=server_language,
            public_language=server_language if is_chosen else language,
            can_attach=guild is None or interaction.app_permissions.attach_files,
        )

    @classmethod
    def from_message(
        cls, message: discord.Message, settings: GuildSettings, permissions: discord.Permissions
    ) -> Self:
        """Describe a posted message; Discord does not say which language its author reads."""
        guild = message.guild
        language = settings.language_for(guild.preferred_locale if guild else None)
        return cls(
            asker=message.author.id,
            guild=guild and guild.id,
            asked_at=message.created_at,
            settings=settings,
            language=language,
            server_language=language,
            public_language=language,
            can_attach=permissions.attach_files,
        )

    def answer_language(self, *, private: bool) -> Language:
        """Return the language of those who see an answer."""
        return self.language if private else self.public_language

    @property
    def tenant(self) -> int:
        """The server or user in whose turn the work is done."""
        return self.guild or self.asker


def _is_language_chosen(interaction: discord.Interaction[discord.Client]) -> bool:
    """Return whether the server may have chosen its language on Discord.

    Only Community servers can. Any other has English (US), unless it was one.
    """
    is_default = interaction.guild_locale is discord.Locale.american_english
    guild = interaction.guild
    return not is_default or guild is None or "COMMUNITY" in guild.features
