"""The names and descriptions of the commands, in the languages of those who see them listed."""

from typing import Any

import discord
from discord import app_commands

from bot.language import language_of


class CatalogueTranslator(app_commands.Translator):
    """Translates as everything else the bot says."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],  # noqa: ARG002, discord.py gives it
    ) -> str | None:
        """Return the translation, or None when English is shown."""
        translated = language_of(locale).say(string.message)
        return translated if translated != string.message else None
