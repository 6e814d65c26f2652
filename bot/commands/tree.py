"""The commands as a whole: who may give them, and who is told what went wrong."""

from discord import app_commands

from bot.errors import tell
from bot.services import Client, Interaction


class Commands(app_commands.CommandTree[Client]):
    """The commands; a running one is finished before the bot stops."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Begin with a command, if this person may use it."""
        if interaction.command and interaction.command.extras.get("for_everyone"):
            interaction.client.services.running.begin(interaction)
        else:
            await interaction.client.services.admit(interaction)
        return True

    async def on_error(
        self,
        interaction: Interaction,
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        """Tell the person who gave the command, and nobody else, what went wrong."""
        await tell(interaction, error)
