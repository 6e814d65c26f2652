"""One press on a control: by whom, on what, and what that person may do."""

from dataclasses import dataclass, replace
from typing import Any, Self

import discord
from discord import ui

from bot.language import Language, language_of
from bot.reply.control import Action, ControlItem
from bot.reply.existing import controls_in, state_in
from bot.reply.state import PATTERN, Origin, State, UnknownControlError
from bot.requests.request import Request
from bot.services import Interaction, Services
from bot.sources.errors import ImageGoneError
from palette import Palette


@dataclass(frozen=True, slots=True)
class Press:
    """One press on the control ``action`` of palette ``number`` of ``message``.

    ``state`` is what the message said at that time.
    """

    interaction: Interaction
    message: discord.Message
    action: Action
    number: int
    state: State
    request: Request

    @classmethod
    def read(cls, interaction: Interaction, custom_id: str, request: Request) -> Self:
        """Read the control that was pressed and those beside it.

        Raises :class:`UnknownControlError`, also for a choice that its menu does not offer.
        """
        press = cls.of_modal(interaction, custom_id, request)
        if not any(
            control.custom_id == custom_id and _has_options(control, press.values)
            for control in controls_in(press.message)
        ):
            raise UnknownControlError
        return press

    @classmethod
    def of_modal(cls, interaction: Interaction, custom_id: str, request: Request) -> Self:
        """Read what a modal is about, which the message does not show.

        Raises :class:`UnknownControlError`.
        """
        found = PATTERN.fullmatch(custom_id)
        if not found or interaction.message is None:
            raise UnknownControlError
        try:
            action = Action(found["action"])
        except ValueError:
            raise UnknownControlError from None
        number = int(found["number"])
        state = state_in(interaction.message, number)
        return cls(interaction, interaction.message, action, number, state, request)

    def on(self, message: discord.Message) -> Self:
        """Return the same press on the message as it is by now.

        Raises :class:`UnknownControlError`.
        """
        return replace(self, message=message, state=state_in(message, self.number))

    @property
    def services(self) -> Services:
        """What the features of the bot share."""
        return self.interaction.client.services

    @property
    def palette(self) -> Palette:
        """The palette that is shown."""
        return self.state.palette

    @property
    def origin(self) -> Origin:
        """Where the palette comes from. Raises :class:`ImageGoneError`."""
        return origin_of(self.state)

    @property
    def values(self) -> list[str]:
        """What was chosen in a menu."""
        data: Any = self.interaction.data or {}
        return list(data.get("values", ()))

    @property
    def components(self) -> list[dict[str, Any]]:
        """What a modal says was chosen in each of its components."""
        data: Any = self.interaction.data or {}
        return list(data.get("components", ()))

    @property
    def message_language(self) -> Language:
        """The language of those who see the message; a public one stays in that which it is in."""
        if self.message.flags.ephemeral:
            return self.request.language
        code = self.state.language
        return language_of(code) if code else self.request.server_language

    @property
    def can_change(self) -> bool:
        """Whether this person may change the message for all who see it."""
        return (
            self.message.flags.ephemeral
            or self.origin.asker == self.request.asker
            or self.interaction.permissions.manage_messages
        )

    @property
    def can_delete(self) -> bool:
        """Whether this person may take the message away, whoever posted the image."""
        metadata, origin = self.message.interaction_metadata, self.state.origin
        return (
            self.message.flags.ephemeral
            or (metadata is not None and metadata.user == self.interaction.user)
            or (origin is not None and origin.asker == self.request.asker)
            or self.interaction.permissions.manage_messages
        )


def origin_of(state: State) -> Origin:
    """Return where a palette comes from. Raises :class:`ImageGoneError`."""
    if state.origin is None:
        raise ImageGoneError
    return state.origin


def _has_options(control: ControlItem, values: list[str]) -> bool:
    """Return whether people can choose these values in a control, or press it if it is a button."""
    if isinstance(control, ui.Button):
        return True
    offered = {option.value for option in control.options}
    return offered.issuperset(values) and control.min_values <= len(values) <= control.max_values
