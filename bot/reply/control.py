"""What discord.py knows of the controls: any of them, wherever and whenever it was sent."""

import re
from enum import StrEnum
from typing import Any, Self

import discord
from discord import ui

from .state import PATTERN


class NotTheirsError(Exception):
    """Somebody would delete a reply that was neither made for them nor of their image."""


class Action(StrEnum):
    """What a control does. The values are part of custom ids and never change."""

    FEWER = "fewer"
    MORE = "more"
    ADJUST = "adjust"
    ADJUSTED = "adjusted"
    NUMBER = "number"
    STYLE = "style"
    ORDER = "order"
    KEEP = "keep"
    LEAVE_OUT = "leave"
    COPY = "copy"
    NOTATION = "notation"
    ONE_COLOR = "one"
    DOWNLOAD = "file"
    PROGRAM_FILE = "program"
    CODE_FILE = "code"
    OTHER_FILE = "sheet"
    RECOLOR = "recolor"
    DITHER = "dither"
    PLAIN = "plain"
    CHECK = "check"
    THEME = "theme"
    SHARE = "share"
    SHARE_COLOR = "sharecolor"
    DELETE = "delete"


ControlItem = ui.Button[Any] | ui.Select[Any]
"""What a control looks like."""


class Control(ui.DynamicItem[ui.Item[Any]], template=PATTERN):
    """A button or a menu whose custom id says what it does.

    discord.py keeps nothing of a view whose items are all dynamic.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the control that was pressed."""
        del interaction, match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the client: what it calls imports this module."""
        await interaction.client.handle_press(interaction, self.custom_id)
