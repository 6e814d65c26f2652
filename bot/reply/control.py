"""What discord.py is told of the controls: any of them, wherever and whenever it was sent."""

import re
from typing import Any, Self

import discord
from discord import ui

from .state import PATTERN


class Control(ui.DynamicItem[ui.Item[Any]], template=PATTERN):
    """A button or a menu whose custom id tells what it is for.

    discord.py keeps nothing of a view that has no other items to be pressed.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the control that was pressed."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Have :meth:`bot.client.HueHarvest.press` do it: what it calls imports this module."""
        await interaction.client.press(interaction, self.custom_id)
