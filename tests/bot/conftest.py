"""The bot in a simulated Discord, as one person in one channel sees it."""

import asyncio
import io
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files

import discord
import pytest
import pytest_asyncio
import simcord
from discord import ui
from PIL import Image

from bot.demo.simulation import simulated_discord
from bot.services import Services
from bot.settings import Settings
from bot.workers.engine import Engine
from tests.bot.local_discord import LocalDiscord

File = tuple[str, bytes]  # its name and its bytes
RGB = tuple[int, int, int]


@dataclass
class Seen:
    """What a person sees of a message."""

    message: discord.Message
    cards: list[bytes]

    @classmethod
    async def of(cls, message: discord.Message) -> "Seen":
        return cls(message, [await attachment.read() for attachment in message.attachments])

    @property
    def _items(self) -> list[ui.Item[ui.LayoutView]]:
        return list(ui.LayoutView.from_message(self.message).walk_children())

    @property
    def texts(self) -> list[str]:
        content = [self.message.content] if self.message.content else []
        return content + [item.content for item in self._items if isinstance(item, ui.TextDisplay)]

    @property
    def codes(self) -> list[str]:
        """The codes in the blocks that are there to be copied."""
        blocks = re.findall(r"```(.*?)```", "\n".join(self.texts), re.DOTALL)
        return " ".join(blocks).split()

    @property
    def accents(self) -> list[str]:
        containers = [item for item in self._items if isinstance(item, ui.Container)]
        return [str(container.accent_color) for container in containers]

    @property
    def descriptions(self) -> list[str | None]:
        galleries = [item for item in self._items if isinstance(item, ui.MediaGallery)]
        return [picture.description for gallery in galleries for picture in gallery.items]


@dataclass
class World:
    env: simcord.Env
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor
    errors_seen: int = 0

    def errors(self) -> list[BaseException]:
        """Return what the bot raised; a test fails on what it has not asked for."""
        self.errors_seen = self.env.error_cursor
        return self.env.errors

    @property
    def client(self) -> discord.Client:
        return self.env.bot

    async def post(
        self, *posts: File, content: str = "", where: simcord.ChannelHandle | None = None
    ) -> Seen | None:
        """Post files as Alice and return the bot's reply, if there is one."""
        channel = where or self.channel
        posted = await self.alice.send(channel, content, attachments=posts)
        last = channel.last_message
        return None if last is None or last.id == posted.id else await Seen.of(last)

    async def post_directly(self, post: File, content_type: str | None) -> Seen | None:
        """Send the bot a file as Alice, of a type as Discord would tell it."""
        direct = self.alice.user.dm_channel
        (upload,) = self.env.backend.store_attachments(direct.id, [post])
        sent = await self.alice.send_dm(attachments=[upload | {"content_type": content_type}])
        last = direct.last_message
        return None if last is None or last.id == sent.id else await Seen.of(last)

    async def palette(
        self, image: File | None = None, **options: object
    ) -> simcord.InteractionResult:
        """Give the command as Alice."""
        given = options if image is None else options | {"image": image}
        return await self.alice.slash(self.channel, "palette", **given)

    def serve(self, url: str, data: bytes) -> str:
        """Put a file on the web, or where Discord keeps pictures; return its URL."""
        cdn = self.env.backend.cdn
        known = cdn.get
        cdn.get = lambda asked: data if asked == url else known(asked)
        return url

    def channel_where_the_bot(self, **permissions: bool) -> simcord.ChannelHandle:
        """Make a channel with these permissions for the bot."""
        overwrite = discord.PermissionOverwrite(**permissions)
        return self.env.guild.create_text_channel("other", overwrites={self.client.user: overwrite})


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bot_engine() -> AsyncGenerator[Engine]:
    async with Engine(workers=1) as engine:
        yield engine


@pytest.fixture
def open_world(bot_engine: Engine) -> Callable[..., AbstractAsyncContextManager[World]]:
    """Return what starts the bot: keywords are settings, or ``approved_intents``."""

    @asynccontextmanager
    async def opened(
        *, approved_intents: discord.Intents | None = None, **settings: object
    ) -> AsyncGenerator[World]:
        # Not from the environment, which is the developer's.
        chosen = Settings.model_construct(**settings)
        async with simulated_discord(chosen, bot_engine, approved_intents=approved_intents) as env:
            guild = env.create_guild()
            alice = guild.add_member(env.create_user("alice"))
            world = World(env, guild.create_text_channel("photos"), alice)
            yield world
        assert not env.errors_since(world.errors_seen)

    return opened


@pytest_asyncio.fixture(loop_scope="session")
async def world(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncGenerator[World]:
    async with open_world() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def local_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[LocalDiscord]:
    """Run a Discord where discord.py believes the real one to be."""
    async with LocalDiscord().running() as here:
        monkeypatch.setattr(discord.http.Route, "BASE", here.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", here.gateway)
        yield here


@pytest.fixture(scope="session")
def see() -> Callable[[discord.Message], Awaitable[Seen]]:
    return Seen.of


@pytest.fixture(scope="session")
def flower() -> File:
    return "flower.jpg", files("sklearn.datasets.images").joinpath("flower.jpg").read_bytes()


@pytest.fixture(scope="session")
def stripes() -> Callable[..., bytes]:
    """Return what makes an image of vertical stripes, of any format and colours."""

    def make(*colors: RGB, kind: str = "PNG") -> bytes:
        image = Image.new("RGB", (16 * len(colors), 16))
        for column, color in enumerate(colors):
            image.paste(color, (16 * column, 0, 16 * column + 16, 16))
        file = io.BytesIO()
        image.save(file, kind)
        return file.getvalue()

    return make


@pytest.fixture
def meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, Callable[[int], None]], None]:
    """Return what makes something happen to a message while the bot is at work on it.

    It is given the event of which the bot is to have heard before it goes on.
    """

    def happens(event: str, change: Callable[[int], None]) -> None:
        harvest = world.client.services.process
        changes = [change]

        async def harvest_while_it_happens(*args: object, **keywords: object) -> object:
            while changes:
                heard = asyncio.ensure_future(world.client.wait_for(event))
                changes.pop()(world.channel.last_message.id)
                await heard
            return await harvest(*args, **keywords)

        monkeypatch.setattr(Services, "process", staticmethod(harvest_while_it_happens))

    return happens
