"""What most tests of the bot need: the bot itself, images, and hooks into its work."""

import asyncio
import io
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from importlib.resources import files
from pathlib import Path

import discord
import pytest
import pytest_asyncio
import stamina
from PIL import Image
from pydantic import SecretStr

import bot.launch.service
import bot.posts.saved_progress
from bot.demo.simulation import simulated_discord
from bot.download.fetcher import Fetcher
from bot.guilds.store import Store
from bot.launch.service import run
from bot.services import Services
from bot.settings import AccountSettings, Settings
from bot.workers.engine import Engine
from bot.workers.processes import Processes
from tests.bot.colors import RGB
from tests.bot.local_discord import LocalDiscord
from tests.bot.postgresql import PostgreSQL, running_postgresql
from tests.bot.world import File, World

Hook = Callable[[], Awaitable[object]]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove settings from the environment, which is the developer's."""
    for name in AccountSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bot_engine() -> AsyncGenerator[Engine]:
    async with Engine(Processes(1)) as engine:
        yield engine


@pytest.fixture
def open_world(bot_engine: Engine) -> Callable[..., AbstractAsyncContextManager[World]]:
    """Return a function that starts the bot; its keywords are settings, or of the Discord there."""

    @asynccontextmanager
    async def opened(
        *,
        approved_intents: discord.Intents | None = None,
        locale: str = "en-GB",
        introduced: bool = True,
        **settings: object,
    ) -> AsyncGenerator[World]:
        async with simulated_discord(
            Settings.model_construct(**settings), bot_engine, approved_intents=approved_intents
        ) as env:
            guild = env.create_guild(preferred_locale=locale)
            alice = guild.add_member(env.create_user("alice"))
            world = World(env, guild.create_text_channel("photos"), alice, locale)
            if introduced:
                await world.choose("introduced", value=True)
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
async def broken_store(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Store]:
    """Return a store whose database never comes, for which the bot does not wait."""
    monkeypatch.setattr(bot.posts.saved_progress, "PATIENCE", 0.0)
    async with Store("sqlite:////nowhere/at/all") as store:
        yield store


@pytest_asyncio.fixture(loop_scope="session")
async def local_discord(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[LocalDiscord]:
    """Run a Discord where discord.py believes the real one to be."""
    async with LocalDiscord().running() as here:
        monkeypatch.setattr(discord.http.Route, "BASE", here.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", here.gateway)
        yield here


@pytest.fixture
def serving(
    local_discord: LocalDiscord,
    monkeypatch: pytest.MonkeyPatch,
    bot_engine: Engine,
    tmp_path: Path,
) -> Callable[..., AbstractAsyncContextManager[LocalDiscord]]:
    """Return a context in which the bot serves the local Discord; faults may be added before.

    Its keywords are settings. Entered twice, it is two processes of the bot, as far as they know.
    """
    defaults = {
        "discord_token": SecretStr(local_discord.token),
        "database_url": SecretStr(f"sqlite:///{tmp_path}/choices"),
    }
    network = {"is_allowed": local_discord.is_allowed, "middlewares": [local_discord.middleware]}
    monkeypatch.setattr(bot.launch.service, "Fetcher", lambda _limits: Fetcher(**network))
    monkeypatch.setattr(bot.launch.service, "Engine", lambda **_limits: nullcontext(bot_engine))
    sleep = asyncio.sleep  # discord.py waits as often as ever, but not as long
    monkeypatch.setattr(asyncio, "sleep", lambda seconds, *rest: sleep(min(seconds, 0.02), *rest))

    @asynccontextmanager
    async def serving(**settings: object) -> AsyncGenerator[LocalDiscord]:
        service = asyncio.create_task(run(AccountSettings.model_construct(**defaults | settings)))
        connected = asyncio.create_task(local_discord.connected.wait())
        await asyncio.wait({service, connected}, return_when=asyncio.FIRST_COMPLETED)
        connected.cancel()
        try:
            yield local_discord
        finally:
            service.cancel()
            with suppress(asyncio.CancelledError):
                await service

    return serving


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    with running_postgresql() as server:
        yield server


@pytest.fixture
def postgresql(postgresql_server: PostgreSQL) -> str:
    """Return the URL of a new database."""
    return postgresql_server.new_database()


@pytest.fixture
def immediate_retries() -> Iterator[None]:
    """Try again as the bot does, but without waiting."""
    with stamina.set_testing(True, attempts=8):
        yield


@pytest.fixture
def during_processing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that sets what happens while the bot processes the next image.

    ``before`` is awaited before the download, ``after`` once there is an outcome.
    """

    def set_hooks(before: Hook | None = None, *, after: Hook | None = None) -> None:
        process = Services.process
        hooks = [(before, after)]

        async def process_with_hooks(*arguments: object, **keywords: object) -> object:
            do_before, do_after = hooks.pop() if hooks else (None, None)
            if do_before:
                await do_before()
            outcome = await process(*arguments, **keywords)
            if do_after:
                await do_after()
            return outcome

        monkeypatch.setattr(Services, "process", process_with_hooks)

    return set_hooks


@pytest.fixture(scope="session")
def flower() -> File:
    """Return a photo."""
    return "flower.jpg", files("sklearn.datasets.images").joinpath("flower.jpg").read_bytes()


@pytest.fixture(scope="session")
def stripes() -> Callable[..., bytes]:
    """Return a function that draws vertical stripes of some colours, in any format."""

    def draw(*colors: RGB, kind: str = "PNG") -> bytes:
        image = Image.new("RGB", (16 * len(colors), 16))
        for column, color in enumerate(colors):
            image.paste(color, (16 * column, 0, 16 * column + 16, 16))
        file = io.BytesIO()
        image.save(file, kind)
        return file.getvalue()

    return draw
