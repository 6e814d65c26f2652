"""One press on a control: by whom, on what, and what that person may do."""

from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui

from bot.guilds.guild_settings import GuildSettings
from bot.language import Language, language_of
from bot.services import Client, Interaction, Services
from bot.reply.uploads import may_attach
from palette import Palette

from bot.sources.errors import PictureGoneError
from bot.reply.state import UnknownControlError
from bot.reply.state import PATTERN, Origin, State


@dataclass(frozen=True, slots=True)
class Press:
    """One press on the control ``action`` of palette ``number`` of ``message``.

    ``state`` is what the message said at that time, ``settings`` are those of the server.
    """

    interaction: Interaction
    message: discord.Message
    action: str
    number: int
    state: State
    settings: GuildSettings

    @classmethod
    def of(cls, interaction: Interaction, custom_id: str, settings: GuildSettings) -> Self:
        """Read the control that was pressed and those beside it.

        Raises :class:`UnknownControlError`, also for a choice that its menu does not offer.
        """
        found = PATTERN.fullmatch(custom_id)
        if not found or interaction.message is None:
            raise UnknownControlError
        number = int(found["number"])
        state = state_in(interaction.message, number)
        pressed = cls(interaction, interaction.message, found["action"], number, state, settings)
        if not any(
            control.custom_id == custom_id and _offers(control, pressed.values)
            for control in _controls_in(interaction.message)
        ):
            raise UnknownControlError
        return pressed

    @property
    def client(self) -> Client:
        """The bot."""
        return self.interaction.client

    @property
    def services(self) -> Services:
        """What the features share."""
        return self.interaction.client.services

    @property
    def palette(self) -> Palette:
        """The palette that is shown."""
        return self.state.palette

    @property
    def origin(self) -> Origin:
        """Where the palette comes from. Raises :class:`PictureGoneError`."""
        if self.state.origin is None:
            raise PictureGoneError
        return self.state.origin

    @property
    def values(self) -> list[str]:
        """What was chosen in a menu."""
        data = self.interaction.data or {}
        return list(data.get("values", ()))

    @property
    def language(self) -> Language:
        """The language of the person who pressed."""
        return language_of(self.interaction.locale)

    @property
    def language_of_message(self) -> Language:
        """The language of those who see the message."""
        if self.message.flags.ephemeral:
            return self.language
        return self.settings.language_for(self.interaction.guild_locale or self.interaction.locale)

    @property
    def tenant(self) -> int:
        """The server or the person the work is done for."""
        return self.interaction.guild_id or self.interaction.user.id

    @property
    def may_attach(self) -> bool:
        """Whether the bot may send files here."""
        return may_attach(self.interaction)

    @property
    def may_change(self) -> bool:
        """Whether this person may change the message for all who see it."""
        return (
            self.message.flags.ephemeral
            or self.origin.asker == self.interaction.user.id
            or self.interaction.permissions.manage_messages
        )


def state_in(message: discord.Message, number: int) -> State:
    """Return what the controls of a palette say. Raises :class:`UnknownControlError`."""
    ids = (control.custom_id for control in _controls_in(message))
    return State.read([each for each in ids if each], number)


def _controls_in(message: discord.Message) -> list[ui.Button[Any] | ui.Select[Any]]:
    kind = ui.LayoutView if message.flags.components_v2 else ui.View
    items = kind.from_message(message, timeout=None).walk_children()
    return [item for item in items if isinstance(item, ui.Button | ui.Select)]


def _offers(control: ui.Button[Any] | ui.Select[Any], values: list[str]) -> bool:
    if isinstance(control, ui.Button):
        return True
    offered = {option.value for option in control.options}
    return offered.issuperset(values) and control.min_values <= len(values) <= control.max_values
