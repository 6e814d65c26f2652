"""All commands together: who may use them, their translations, and who reads what went wrong."""

from typing import Any

import discord
from discord import app_commands

from bot.errors import send_error
from bot.language import language_of
from bot.services import Client, Interaction

FOR_EVERYONE = "for_everyone"
"""Marks, in the ``extras`` of a command, one that people may use even where they may not others."""


class Commands(app_commands.CommandTree[Client]):
    """The command tree; a running command is finished before the bot stops."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Register a command as under way, if this person may use it."""
        services = interaction.client.services
        if interaction.type is discord.InteractionType.autocomplete:
            return True  # while people type there is nobody to tell, and nothing to finish
        if interaction.command and interaction.command.extras.get(FOR_EVERYONE):
            services.running.begin(interaction)
        else:
            await services.begin_if_allowed(interaction)
        return True

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Report what went wrong to the person who gave the command, and to nobody else."""
        await send_error(interaction, error)


class CatalogueTranslator(app_commands.Translator):
    """Translates names and descriptions of commands like everything else the bot says."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],  # noqa: ARG002, discord.py passes it
    ) -> str | None:
        """Return the translation, or None where the English text is shown."""
        translated = language_of(locale).say(string.message)
        return translated if translated != string.message else None
