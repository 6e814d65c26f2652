"""``/palette-settings``: one private panel in which people who manage a server set it up."""

import json
import re
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str

from bot.delivery import defer, deliver
from bot.errors import reporting_errors
from bot.guilds.guild_settings import GuildSettings
from bot.language import Language
from bot.services import Client, Interaction
from bot.settings import Listen
from bot.ui import with_content_id

from .palette_settings_menus import PREFIX, menus

if TYPE_CHECKING:
    from collections.abc import Mapping

_RESET, _CONFIRM, _CANCEL = "reset", "confirm", "cancel"


def add_settings(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/palette-settings``, for servers."""

    @tree.command(
        name=locale_str("palette-settings"),
        description=locale_str("How I behave in this server (for people who manage it)"),
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def palette_settings(interaction: Interaction) -> None:
        guild = _require_manager(interaction)
        await defer(interaction, ephemeral=True)
        await _show(interaction, guild)


def _require_manager(interaction: Interaction) -> discord.Guild:
    """Return the server to set up. Raises :class:`discord.app_commands.CheckFailure`.

    Discord checks permissions only when the command is given, and servers can choose others.
    """
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    if guild is None:  # its settings would be erased like those of a server that the bot left
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return guild


class SettingsControl(ui.DynamicItem[ui.Item[Any]], template=PREFIX + r"(?P<field>\w+)"):
    """A menu or the button of the panel; its id holds all that it needs to know."""

    def __init__(self, item: ui.Item[Any]) -> None:
        super().__init__(item)
        self._field = self.custom_id.removeprefix(PREFIX)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Return the control that was pressed."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Change the setting and show all settings as they are now."""
        async with reporting_errors(interaction):
            interaction.client.services.running.begin(interaction)
            guild = _require_manager(interaction)
            await defer(interaction)
            await self._change(interaction, guild)

    async def _change(self, interaction: Interaction, guild: discord.Guild) -> None:
        guilds = interaction.client.services.guilds
        try:
            if self._field == _CONFIRM:
                await guilds.reset(guild.id)
            elif self._field not in {_RESET, _CANCEL}:
                await guilds.choose(guild.id, self._field, _chosen(interaction, guild))
        finally:
            await _show(interaction, guild, asks=self._field == _RESET)


def _chosen(interaction: Interaction, guild: discord.Guild) -> object:
    """Return what was chosen in a menu: see :mod:`.palette_settings_menus`."""
    data = cast("Mapping[str, Any]", interaction.data)
    values: list[str] = data["values"]
    if data["component_type"] == discord.ComponentType.select.value:
        return json.loads(values[0])
    ids = {int(value) for value in values}
    # No member is listed with the role @everyone, whose id is the server's.
    return set[int]() if guild.id in ids else ids


async def _show(interaction: Interaction, guild: discord.Guild, *, asks: bool = False) -> None:
    """Show the settings; if it ``asks``, with the question whether to reset them."""
    services = interaction.client.services
    request = await services.request(interaction)
    language = request.language
    panel = _panel(request.settings, guild, services.settings.listen, language)
    for item in _question(language) if asks else _reset_row(language):
        panel.add_item(item)
    await deliver(lambda: interaction.edit_original_response(view=panel))


def _panel(
    settings: GuildSettings, guild: discord.Guild, listen: Listen, language: Language
) -> ui.LayoutView:
    shown = ui.Container[Any](ui.TextDisplay(_title(listen, language)))
    for heading, menu in menus(settings, guild, listen, language):
        shown.add_item(ui.TextDisplay(f"**{heading}**"))
        shown.add_item(ui.ActionRow[Any](SettingsControl(with_content_id(menu))))
    return ui.LayoutView(timeout=None).add_item(shown)


def _reset_row(language: Language) -> list[ui.Item[Any]]:
    reset = ui.Button[Any](label=language.say("Reset all of this"), custom_id=PREFIX + _RESET)
    return [ui.ActionRow[Any](SettingsControl(reset))]


def _question(language: Language) -> list[ui.Item[Any]]:
    confirm = ui.Button[Any](
        label=language.say("Yes, reset everything"),
        custom_id=PREFIX + _CONFIRM,
        style=discord.ButtonStyle.danger,
    )
    cancel = ui.Button[Any](label=language.say("No, keep it"), custom_id=PREFIX + _CANCEL)
    return [
        ui.TextDisplay[Any](language.say("Really forget everything that was chosen here?")),
        ui.ActionRow[Any](SettingsControl(confirm), SettingsControl(cancel)),
    ]


def _title(listen: Listen, language: Language) -> str:
    lines = [
        "## " + language.say("My settings in this server"),
        language.say("Changes apply at once. Only you see this message."),
    ]
    match listen:
        case Listen.EVERYWHERE:
            pass
        case Listen.MENTIONS:
            lines.append(
                language.say(
                    "I only see images in messages that mention me: "
                    "my host has not turned on more than that."
                )
            )
        case Listen.OFF:
            lines.append(
                language.say(
                    "I can't see messages, so I only answer commands: "
                    "my host has turned the rest off."
                )
            )
    return "\n".join(lines)
