"""The panel of ``/palette-settings`` as a person sees and uses it."""

from typing import Any

import simcord
from discord import ui

from tests.bot.world import World, items_in, texts_in


class SettingsPanel:
    def __init__(self, person: simcord.MemberActor, shown: simcord.InteractionResult) -> None:
        self.person = person
        self.shown = shown

    @classmethod
    async def opened_by(cls, person: simcord.MemberActor, world: World) -> "SettingsPanel":
        shown = await person.slash(world.channel, "palette-settings")
        assert shown.ephemeral
        return cls(person, shown)

    @property
    def text(self) -> str:
        return "\n".join(texts_in(self.shown.response.message))

    @property
    def menus(self) -> dict[str, Any]:
        return {
            item.custom_id.removeprefix("settings:"): item
            for item in items_in(self.shown.response.message)
            if isinstance(item, ui.Select | ui.ChannelSelect | ui.RoleSelect)
        }

    def options(self, field: str) -> list[str]:
        return [option.label for option in self.menus[field].options]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the menus show as chosen: a label, or ids."""
        return {
            field: next(option.label for option in menu.options if option.default)
            if isinstance(menu, ui.Select)
            else {value.id for value in menu.default_values}
            for field, menu in self.menus.items()
        }

    async def choose(self, field: str, *values: Any) -> simcord.InteractionResult:  # noqa: ANN401, labels or handles
        menu = self.menus[field]
        if isinstance(menu, ui.Select):
            values_by_label = {option.label: option.value for option in menu.options}
            values = [values_by_label[label] for label in values]
        return await self.person.select(self.shown.response, values, custom_id=f"settings:{field}")

    async def press(self, name: str) -> simcord.InteractionResult:
        return await self.person.click(self.shown.response, custom_id=f"settings:{name}")
