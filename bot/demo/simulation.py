"""The bot in a Discord of its own, for the demo and for tests."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType

import discord
import simcord
from yarl import URL

from bot.client import HueHarvest
from bot.download.fetcher import Fetcher, FetchLimits
from bot.download.ssrf import IPAddress, is_public
from bot.guilds.store import Store
from bot.settings import Settings
from bot.workers.engine import Engine

from .cdn import LocalCdn

SETTLE_TIMEOUT = 60.0  # seconds that an image may take before the simulation calls it stuck
_NO_FILES: Mapping[str, bytes] = MappingProxyType({})


@asynccontextmanager
async def simulated_discord(
    settings: Settings,
    engine: Engine,
    *,
    approved_intents: discord.Intents | None = None,
    files: Mapping[str, bytes] = _NO_FILES,
    web: bool = False,
) -> AsyncGenerator[simcord.Env]:
    """Run the bot in a Discord of its own, which grants ``approved_intents`` (default: all).

    There the bot finds what people post; ``files``, by their paths at Discord, which come first;
    and, with ``web``, what links lead to on the real web.
    """

    def blob(url: str) -> bytes | None:
        return files.get(URL(url).path) or env.backend.cdn.get(url)

    def is_allowed(address: IPAddress) -> bool:
        return cdn.is_allowed(address) or (web and is_public(address))

    async with (
        LocalCdn(blob) as cdn,
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
        await env.start()
        try:
            yield env
        finally:
            await env.shutdown()
