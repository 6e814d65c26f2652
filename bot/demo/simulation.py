"""The bot in a simulated Discord, for the demo and for tests."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from types import MappingProxyType

import discord
import simcord
from simcord.http import _helpers
from yarl import URL

from bot.client import HueHarvest
from bot.download.fetcher import Fetcher, FetchLimits
from bot.download.ssrf import IPAddress, is_public
from bot.guilds.store import Store
from bot.settings import Settings
from bot.workers.engine import Engine

from .cdn import LocalCdn

SETTLE_TIMEOUT = 60.0  # seconds that a reply may take before the simulation reports it as stuck
SETTLE_INTERVAL = 0.001  # seconds between two looks at whether there is nothing left to do
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@asynccontextmanager
async def simulated_discord(
    settings: Settings,
    engine: Engine,
    *,
    approved_intents: discord.Intents | None = None,
    files: Mapping[str, bytes] = _NO_FILES,
    allow_web: bool = False,
) -> AsyncGenerator[simcord.Env]:
    """Run the bot in a simulated Discord, which grants ``approved_intents`` (by default, all).

    The bot can download what people post there and, with ``allow_web``, links to the real web.
    ``files``, by their paths on Discord's CDN, take precedence over what was posted.
    """

    def get_file(url: str) -> bytes | None:
        return files.get(URL(url).path) or env.backend.cdn.get(url)

    def is_allowed(address: IPAddress) -> bool:
        return cdn.is_allowed(address) or (allow_web and is_public(address))

    async with (
        LocalCdn(get_file) as cdn,
        Fetcher(
            FetchLimits(max_bytes=settings.max_bytes),
            is_allowed=is_allowed,
            middlewares=[cdn.middleware],
        ) as fetcher,
        Store("sqlite://") as store,
    ):
        client = HueHarvest(settings, fetcher=fetcher, engine=engine, store=store)
        env = simcord.Env(
            client,
            shard_count=1,
            approved_intents=approved_intents,
            settle_timeout=SETTLE_TIMEOUT,
        )
        _settle_at_once(env)
        _end_deleted_deferrals(env)
        _ignore_themes()
        await env.start()
        try:
            yield env
        finally:
            await env.shutdown()


def _settle_at_once(env: simcord.Env) -> None:
    """Wait no longer than necessary: SimCord looks only every 50 ms whether the bot is done."""
    env.settle = partial(env.settle, idle=SETTLE_INTERVAL)
    env._settle_internal = partial(env._settle_internal, idle=SETTLE_INTERVAL)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def _end_deleted_deferrals(env: simcord.Env) -> None:
    """Make a deferral end when it is deleted: at Discord, a follow-up is then a new message."""
    backend = env.backend
    delete = backend.delete_message

    def delete_and_end(channel_id: int, message_id: int) -> None:
        delete(channel_id, message_id)
        for interaction in backend.interactions.values():
            if interaction.loading and interaction.message_id == message_id:
                interaction.complete_deferred()

    backend.delete_message = delete_and_end


def _ignore_themes() -> None:
    """Take messages with a theme, which SimCord does not know yet, as if they had none."""
    known = _helpers._MESSAGE_IGNORED  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    ignored = dict.fromkeys((*known, "shared_client_theme"))
    _helpers._MESSAGE_IGNORED = tuple(ignored)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
