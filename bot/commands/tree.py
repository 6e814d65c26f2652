"""The commands as a whole: who may give them, and who is told what went wrong."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import tell

if TYPE_CHECKING:
    from bot.client import HueHarvest


class Commands(app_commands.CommandTree["HueHarvest"]):
    """The commands; a running one is finished before the bot stops."""

    async def interaction_check(self, interaction: "discord.Interaction[HueHarvest]", /) -> bool:
        """Begin with a command, if this person may use it."""
        if interaction.command and interaction.command.extras.get("for_everyone"):
            interaction.client.begin(interaction)
        else:
            await interaction.client.admit(interaction)
        return True

    async def on_error(
        self,
        interaction: "discord.Interaction[HueHarvest]",
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        """Tell the person who gave the command, and nobody else, what went wrong."""
        await tell(interaction, error)
