"""What people see and press under a reply."""

import re
from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from discord import ui
from simcord import interactions
from simcord.backend import serializers
from simcord.components import walk_components
from simcord.results import to_discord_message

from bot.reply.uploads import SentFile, files_of

if TYPE_CHECKING:
    from tests.bot.conftest import File, World

Item = ui.Item[Any]


@dataclass
class Pressed:
    """A message with controls as one person sees it, and the press that it came of, if any."""

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

    async def forge(self, action: str, *values: str) -> "Pressed":
        """Choose in a menu what it does not offer."""
        kind = discord.ComponentType.select.value
        record, payload = self._interaction(
            {"custom_id": self.custom_id(action), "component_type": kind, "values": values}
        )
        self.env.backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()
        return self._after(simcord.InteractionResult(self.env, record))

    def prepare_click(self, action: str, number: int = 1) -> Callable[[], None]:
        """Return what presses a button of the message as it is now, whatever else is going on."""
        _, payload = self._interaction(
            {"custom_id": self.custom_id(action, number), "component_type": 2}
        )
        return lambda: self.env.backend.emit("INTERACTION_CREATE", payload)

    def prepare_select(self, action: str, *values: str, number: int = 1) -> Callable[[], None]:
        """Return what chooses from a menu of the message as it is now, whatever else happens."""
        kind = discord.ComponentType.select.value
        custom_id = self.custom_id(action, number)
        _, payload = self._interaction(
            {"custom_id": custom_id, "component_type": kind, "values": list(values)}
        )
        return lambda: self.env.backend.emit("INTERACTION_CREATE", payload)

    def _interaction(self, data: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Return SimCord's record of a press on the message as it is now, and the payload of it."""
        backend, channel, guild = self.env.backend, self.message.channel, self.message.guild
        stored = backend.get_message(channel.id, self.message.id)
        record, payload = interactions.base_payload(
            backend,
            type=discord.InteractionType.component.value,
            channel_id=channel.id,
            guild_id=guild and guild.id,
            user_id=self.actor.id,
            data=data,
        )
        record.source_message_id = stored.id
        payload["message"] = deepcopy(serializers.message_payload(backend, stored))
        return record, payload

    def _after(self, result: simcord.InteractionResult) -> "Pressed":
        """Return the newest message, or this one when there is none."""
        shown = [*result.followups, *([result.response] if result.response else [])]
        return Pressed(self.env, self.actor, shown[0].message, result)

    def seen_by(self, actor: simcord.MemberActor) -> "Pressed":
        return Pressed(self.env, actor, self.message)

    def now(self) -> "Pressed":
        """Return the message as it is by now."""
        stored = self.env.backend.get_message(self.message.channel.id, self.message.id)
        return Pressed(self.env, self.actor, to_discord_message(self.env, stored))

    @property
    def items(self) -> list[Item]:
        kind = ui.LayoutView if self.message.flags.components_v2 else ui.View
        return list(kind.from_message(self.message).walk_children())

    @property
    def controls(self) -> dict[str, Any]:
        """The controls in order, by the action and the number that their ids tell."""
        found = [item for item in self.items if isinstance(item, ui.Button | ui.Select)]
        return {":".join(item.custom_id.split(":")[1:3]): item for item in found}

    def custom_id(self, action: str, number: int = 1) -> str:
        return self.controls[f"{action}:{number}"].custom_id

    @property
    def text(self) -> str:
        displays = [item.content for item in self.items if isinstance(item, ui.TextDisplay)]
        return "\n".join([self.message.content, *displays]).strip().replace("\xa0", " ")

    @property
    def blocks(self) -> list[list[str]]:
        """The codes of each palette."""
        return [block.split() for block in re.findall(r"```(.*?)```", self.text, re.DOTALL)]

    @property
    def codes(self) -> list[str]:
        (codes,) = self.blocks
        return codes

    @property
    def sent(self) -> Mapping[str, SentFile]:
        return {sent.name: sent for sent in files_of(self.message)}

    @property
    def attached(self) -> set[str]:
        """The names of all files of the message, be they shown or not."""
        stored = self.env.backend.get_message(self.message.channel.id, self.message.id)
        return {each["filename"] for each in stored.attachments}

    def file(self, name: str) -> bytes:
        data = self.env.backend.cdn.get(self.sent[name].url)
        assert data is not None
        return data

    @property
    def pictures(self) -> list[discord.MediaGalleryItem | ui.Thumbnail]:
        """The pictures that are shown."""
        galleries = [item for item in self.items if isinstance(item, ui.MediaGallery)]
        return [
            *(picture for gallery in galleries for picture in gallery.items),
            *(item for item in self.items if isinstance(item, ui.Thumbnail)),
        ]

    @property
    def private(self) -> bool:
        return self.message.flags.ephemeral


@pytest.fixture(autouse=True)
def _attachments_as_discord_tells_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out of a message's attachments, as Discord does, those that its components show."""
    complete = serializers.message_payload

    def told(*args: object, **keywords: object) -> dict[str, Any]:
        payload = dict(complete(*args, **keywords))
        shown = {
            str(media["attachment_id"])
            for component in walk_components(payload.get("components") or [])
            for holder in (component, *component.get("items", []))
            for media in (holder.get("media"), holder.get("file"))
            if media and "attachment_id" in media
        }
        payload["attachments"] = [
            each for each in payload["attachments"] if str(each["id"]) not in shown
        ]
        return payload

    monkeypatch.setattr(serializers, "message_payload", told)


@pytest.fixture
def slash(world: "World") -> Callable[..., Awaitable[Pressed]]:
    """Return what gives the command as Alice."""

    async def give(
        image: "File", *, where: simcord.ChannelHandle | None = None, **options: object
    ) -> Pressed:
        channel = where or world.channel
        result = await world.alice.slash(channel, "palette", image=image, **options)
        assert result.response is not None
        return Pressed(world.env, world.alice, result.response.message, result)

    return give


@pytest.fixture
def post(world: "World") -> Callable[..., Awaitable[Pressed]]:
    """Return what posts images as Alice."""

    async def give(*images: "File", where: simcord.ChannelHandle | None = None) -> Pressed:
        reply = await world.post(*images, where=where)
        assert reply is not None
        return Pressed(world.env, world.alice, reply.message)

    return give


@pytest.fixture
def bob(world: "World") -> simcord.MemberActor:
    """Somebody who has asked for nothing."""
    return world.env.guild.add_member(world.env.create_user("bob"))


@pytest.fixture
def moderator(world: "World") -> simcord.MemberActor:
    """Somebody who may manage messages."""
    role = world.env.guild.create_role(
        "moderators", permissions=discord.Permissions(manage_messages=True)
    )
    return world.env.guild.add_member(world.env.create_user("mod"), roles=[role])
