"""Messages with controls as people see them, and pressing those controls."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from discord import ui
from simcord import interactions
from simcord.backend import serializers
from simcord.results import to_discord_message

from bot.reply.uploads import SentFile, files_of
from tests.bot.limits import LABEL, MENU
from tests.bot.world import blocks_in, items_in, texts_in


@dataclass
class Pressed:
    """A message with controls as one person sees it, and the press that led to it, if any."""

    env: simcord.Env
    actor: simcord.MemberActor
    message: discord.Message
    result: simcord.InteractionResult | None = None

    async def click(self, action: str, number: int = 1) -> "Pressed":
        custom_id = self.custom_id(action, number)
        return self._after(await self.actor.click(self.message, custom_id=custom_id))

    async def select(self, action: str, *values: str, number: int = 1) -> "Pressed":
        custom_id = self.custom_id(action, number)
        return self._after(await self.actor.select(self.message, values, custom_id=custom_id))

    async def adjust(self, action: str, *values: str, number: int = 1) -> "Pressed":
        """Open the form, choose in one of its menus, leave the others, and submit it."""
        opened = await self.actor.click(self.message, custom_id=self.custom_id("adjust", number))
        filled = {menu["custom_id"]: _defaults(menu) for menu in menus_of(opened)}
        (custom_id,) = (each for each in filled if each.startswith(f"{action}="))
        return self._after(
            await self.actor.submit_modal(opened, filled | {custom_id: list(values)})
        )

    async def chosen(self, action: str, number: int = 1) -> frozenset[str]:
        """Return the values that a menu of the form shows as chosen."""
        return frozenset(_defaults(await self.menu(action, number)))

    async def menu(self, action: str, number: int = 1) -> dict[str, Any]:
        """Open the form, and return one of its menus."""
        opened = await self.actor.click(self.message, custom_id=self.custom_id("adjust", number))
        (menu,) = (m for m in menus_of(opened) if m["custom_id"].startswith(f"{action}="))
        return menu

    async def forge(self, action: str, *values: str) -> "Pressed":
        """Choose what a menu does not offer."""
        return await self._emit(self._selection(action, values))

    async def forge_form(self, action: str, *values: str) -> "Pressed":
        """Choose what a menu of the form does not offer."""
        menu = {"type": MENU, "custom_id": f"{action}=", "values": list(values)}
        return await self._emit(_submission([menu]), discord.InteractionType.modal_submit)

    async def prepare_adjust(self, action: str, *values: str) -> Callable[[], None]:
        """Open the form, choose in one of its menus, and return a function that submits it."""
        opened = await self.actor.click(self.message, custom_id=self.custom_id("adjust"))
        menus = [
            {
                "type": MENU,
                "custom_id": menu["custom_id"],
                "values": list(values)
                if menu["custom_id"].startswith(f"{action}=")
                else _defaults(menu),
            }
            for menu in menus_of(opened)
        ]
        return self._prepare(_submission(menus), discord.InteractionType.modal_submit)

    async def _emit(
        self,
        data: dict[str, Any],
        kind: discord.InteractionType = discord.InteractionType.component,
    ) -> "Pressed":
        record, payload = self._interaction(data, kind)
        self.env.backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()
        return self._after(simcord.InteractionResult(self.env, record))

    def prepare_click(self, action: str, number: int = 1) -> Callable[[], None]:
        """Return a function that presses a button of the message as it is now."""
        return self._prepare(
            {
                "custom_id": self.custom_id(action, number),
                "component_type": discord.ComponentType.button.value,
            }
        )

    def _selection(self, action: str, values: tuple[str, ...], number: int = 1) -> dict[str, Any]:
        return {
            "custom_id": self.custom_id(action, number),
            "component_type": discord.ComponentType.select.value,
            "values": list(values),
        }

    def _prepare(
        self,
        data: dict[str, Any],
        kind: discord.InteractionType = discord.InteractionType.component,
    ) -> Callable[[], None]:
        _, payload = self._interaction(data, kind)
        return lambda: self.env.backend.emit("INTERACTION_CREATE", payload)

    def _interaction(
        self, data: dict[str, Any], kind: discord.InteractionType
    ) -> tuple[Any, dict[str, Any]]:
        """Return SimCord's record of a press on the message as it is now, and its payload."""
        backend, channel, guild = self.env.backend, self.message.channel, self.message.guild
        stored = backend.get_message(channel.id, self.message.id)
        record, payload = interactions.base_payload(
            backend,
            type=kind.value,
            channel_id=channel.id,
            guild_id=guild and guild.id,
            user_id=self.actor.id,
            data=data,
        )
        record.source_message_id = stored.id
        payload["message"] = deepcopy(serializers.message_payload(backend, stored))
        return record, payload

    def _after(self, result: simcord.InteractionResult) -> "Pressed":
        """Return the message that answered a press: the one it updated, if there is no new one."""
        answers = [*result.followups, *([result.response] if result.response else [])]
        message = answers[0].message if answers else self.message
        return Pressed(self.env, self.actor, message, result)

    def seen_by(self, actor: simcord.MemberActor) -> "Pressed":
        return Pressed(self.env, actor, self.message)

    def now(self) -> "Pressed":
        """Return the message as it is by now."""
        stored = self.env.backend.get_message(self.message.channel.id, self.message.id)
        return Pressed(self.env, self.actor, to_discord_message(self.env, stored))

    @property
    def items(self) -> list[ui.Item[Any]]:
        return items_in(self.message)

    @property
    def controls(self) -> dict[str, Any]:
        """The controls in order, by their action and number, such as ``fewer:1``; no links."""
        found = [item for item in self.items if isinstance(item, ui.Button | ui.Select)]
        return {":".join(item.custom_id.split(":")[1:3]): item for item in found if item.custom_id}

    def custom_id(self, action: str, number: int = 1) -> str:
        return self.controls[f"{action}:{number}"].custom_id

    @property
    def text(self) -> str:
        return "\n".join(texts_in(self.message)).replace("\xa0", " ")

    @property
    def blocks(self) -> list[list[str]]:
        """The codes of each palette."""
        return blocks_in(self.text)

    @property
    def codes(self) -> list[str]:
        (codes,) = self.blocks
        return codes

    @property
    def sent(self) -> Mapping[str, SentFile]:
        return {sent.name: sent for sent in files_of(self.message)}

    @property
    def attached(self) -> set[str]:
        """The names of all files of the message, shown or not."""
        stored = self.env.backend.get_message(self.message.channel.id, self.message.id)
        return {attachment["filename"] for attachment in stored.attachments}

    def file(self, name: str) -> bytes:
        data = self.env.backend.cdn.get(self.sent[name].url)
        assert data is not None
        return data

    def card(self, number: int = 1) -> bytes:
        (name,) = (name for name in self.sent if name.endswith(f"palette-{number}.png"))
        return self.file(name)

    @property
    def images(self) -> list[discord.MediaGalleryItem | ui.Thumbnail]:
        """The images that are shown."""
        galleries = [item for item in self.items if isinstance(item, ui.MediaGallery)]
        return [
            *(image for gallery in galleries for image in gallery.items),
            *(item for item in self.items if isinstance(item, ui.Thumbnail)),
        ]

    @property
    def private(self) -> bool:
        return self.message.flags.ephemeral


def menus_of(opened: simcord.InteractionResult) -> list[dict[str, Any]]:
    """Return the menus of a modal that was opened."""
    assert opened.modal is not None
    return [label["component"] for label in opened.modal["components"]]


def _defaults(menu: dict[str, Any]) -> list[str]:
    return [option["value"] for option in menu["options"] if option.get("default")]


def _submission(menus: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "custom_id": "hh1:adjusted:1:",
        "components": [{"type": LABEL, "component": menu} for menu in menus],
    }


Ask = Callable[..., Awaitable[Pressed]]
"""A function that asks for palettes, and returns the message with them."""
