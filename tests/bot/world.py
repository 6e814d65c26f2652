"""The bot in a simulated Discord, as one person in one channel sees it."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
import simcord
from discord import ui
from simcord.components import resolve_attachment_references

from bot.client import HueHarvest
from bot.guilds.store import Store

File = tuple[str, bytes]
"""A file's name and its content."""

COMPONENTS_V2 = 1 << 15  # the flag of messages that consist of components


def items_in(message: discord.Message) -> list[ui.Item[Any]]:
    """Return every component of a message."""
    kind = ui.LayoutView if message.flags.components_v2 else ui.View
    return list(kind.from_message(message).walk_children())


def texts_in(message: discord.Message) -> list[str]:
    """Return what a message says, in order."""
    content = [message.content] if message.content else []
    return content + [
        each.content for each in items_in(message) if isinstance(each, ui.TextDisplay)
    ]


def codes_in(message: discord.Message) -> list[str]:
    """Return the codes in the blocks that are there to be copied."""
    return [code for block in blocks_in("\n".join(texts_in(message))) for code in block]


def blocks_in(text: str) -> list[list[str]]:
    """Return the codes of each palette: one has a block of them, several have a line each."""
    return [block.split() for block in re.findall(r"`+\n?(#[#0-9a-f\s]+)`+", text)]


def private_text(result: simcord.InteractionResult) -> str:
    """Return the text of the one message that answers an interaction, which nobody else sees."""
    (message,) = result.followups or [result.response]
    assert message.ephemeral
    return message.content


@dataclass
class ReceivedReply:
    """A reply of the bot, and the content of its attached files."""

    message: discord.Message
    cards: list[bytes]

    @classmethod
    async def of(cls, message: discord.Message) -> "ReceivedReply":
        return cls(message, [await attachment.read() for attachment in message.attachments])

    @property
    def texts(self) -> list[str]:
        return texts_in(self.message)

    @property
    def codes(self) -> list[str]:
        return codes_in(self.message)

    @property
    def accents(self) -> list[str]:
        containers = [item for item in items_in(self.message) if isinstance(item, ui.Container)]
        return [str(container.accent_color) for container in containers]

    @property
    def descriptions(self) -> list[str | None]:
        """The alt texts of the images."""
        galleries = [item for item in items_in(self.message) if isinstance(item, ui.MediaGallery)]
        return [image.description for gallery in galleries for image in gallery.items]


@dataclass
class World:
    """A server with one channel, in which Alice uses the bot; ``locale`` is everyone's language.

    ``owners`` says, in Discord's words, for whom the bot is there; SimCord leaves that out.
    """

    env: simcord.Env
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor
    locale: str = "en-GB"
    owners: dict[str, str] = field(default_factory=dict)
    errors_seen: int = 0

    def __post_init__(self) -> None:
        # SimCord says en-US in every interaction.
        emit = self.env.backend.emit

        def emit_localized(event: str, payload: dict[str, Any], **keywords: object) -> None:
            if event == "INTERACTION_CREATE":
                payload = payload | {
                    "locale": self.locale,
                    "authorizing_integration_owners": self.owners,
                }
                if guild_id := payload.get("guild_id"):
                    guild = self.env.backend.get_guild(int(guild_id))
                    payload["guild_locale"] = guild.preferred_locale
            emit(event, payload, **keywords)

        self.env.backend.emit = emit_localized

    @property
    def client(self) -> HueHarvest:
        return self.env.bot

    def errors(self) -> list[BaseException]:
        """Return what the bot raised; a test fails if it raised anything after the last call."""
        self.errors_seen = self.env.error_cursor
        return self.env.errors

    def add_member(
        self, name: str, *, roles: Sequence[simcord.RoleHandle] = (), **user: object
    ) -> simcord.MemberActor:
        """Add a person to the server; ``user`` is what SimCord is to know of them."""
        return self.env.guild.add_member(self.env.create_user(name, **user), roles=roles)

    def bring_bot_along(self) -> None:
        """Have Alice bring the bot to a server in which nobody has installed it."""
        self.owners = {"1": str(self.alice.id)}

    def add_manager(self) -> simcord.MemberActor:
        """Add a person who manages the server."""
        permissions = discord.Permissions(manage_guild=True)
        role = self.env.guild.create_role("managers", permissions=permissions)
        return self.add_member("manager", roles=[role])

    async def post(
        self, *files: File, content: str = "", where: simcord.ChannelHandle | None = None
    ) -> ReceivedReply | None:
        """Post files as Alice and return the bot's reply, if there is one."""
        channel = where or self.channel
        posted = await self.alice.send(channel, content, attachments=files)
        return await self._newest_reply(channel, posted)

    async def post_directly(self, file: File, content_type: str | None) -> ReceivedReply | None:
        """Send the bot a file as Alice, whose type Discord calls ``content_type``."""
        channel = self.alice.user.dm_channel
        (upload,) = self.env.backend.store_attachments(channel.id, [file])
        posted = await self.alice.send_dm(attachments=[upload | {"content_type": content_type}])
        return await self._newest_reply(channel, posted)

    async def write_directly(self, content: str = "", **parts: Any) -> ReceivedReply | None:  # noqa: ANN401
        """Send the bot a message without files as Alice."""
        channel = self.alice.user.dm_channel
        return await self._newest_reply(channel, await self.alice.send_dm(content, **parts))

    async def _newest_reply(
        self, channel: simcord.ChannelHandle, posted: discord.Message
    ) -> ReceivedReply | None:
        newest = channel.last_message
        return None if newest is None or newest.id == posted.id else await ReceivedReply.of(newest)

    def post_as_bot(
        self,
        content: str = "",
        view: ui.LayoutView | None = None,
        **parts: Any,  # noqa: ANN401
    ) -> discord.Message:
        """Post a message of another bot, made of what Discord would send."""
        if view is not None:
            components = resolve_attachment_references(view.to_components(), parts["attachments"])
            parts |= {"components": components, "flags": COMPONENTS_V2}
        robot = self.add_member("robot", bot=True)
        self.env.backend.create_message(self.channel.id, robot.id, content, **parts)
        assert self.channel.last_message is not None
        return self.channel.last_message

    async def palette(
        self, image: File | None = None, **options: object
    ) -> simcord.InteractionResult:
        """Use ``/palette`` as Alice."""
        chosen = options if image is None else options | {"image": image}
        return await self.alice.slash(self.channel, "palette", **chosen)

    async def apps_palette(
        self, target: discord.Message | simcord.MemberActor
    ) -> simcord.InteractionResult:
        """Right-click a message or a person as Alice, and choose Apps → Palette."""
        return await self.alice.context_menu(self.channel, "Palette", target)

    def serve(self, url: str, data: bytes) -> str:
        """Put a file on the web, or where Discord keeps images; return its URL."""
        cdn = self.env.backend.cdn
        get = cdn.get
        cdn.get = lambda requested: data if requested == url else get(requested)
        return url

    def channel_with_bot_permissions(self, **permissions: bool) -> simcord.ChannelHandle:
        """Create a channel in which the bot has these permissions."""
        overwrite = discord.PermissionOverwrite(**permissions)
        return self.env.guild.create_text_channel("other", overwrites={self.client.user: overwrite})

    async def choose(self, name: str, value: object) -> None:
        """Change a setting of the server."""
        await self.client.services.guilds.choose(self.env.guild.id, name, value)

    async def change(self, event: str, change: Callable[[], object]) -> None:
        """Change something at Discord; return when the bot has received the event."""
        received = asyncio.ensure_future(self.client.wait_for(event))
        change()
        await received

    async def delete(self, message: discord.Message) -> None:
        """Delete a message; return when the bot knows."""
        delete = self.env.backend.delete_message
        await self.change("raw_message_delete", lambda: delete(message.channel.id, message.id))

    def delete_unseen(self, message: discord.Message) -> None:
        """Delete a message while the bot is away: it hears nothing of it."""
        del self.env.backend.messages[message.channel.id][message.id]

    async def restart(self, store: Store | None = None) -> None:
        """Replace the bot by a new one, which shares nothing with it but the database.

        A ``store`` is another database.
        """
        old = self.client.services
        new = HueHarvest(
            old.settings, fetcher=old.fetcher, engine=old.engine, store=store or old.store
        )
        await self.env.restart_bot(new)
