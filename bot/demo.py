"""The bot in a simulated Discord on this machine: no token, no network."""

import asyncio
import re
import webbrowser
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

import discord
import simcord
from discord import ui
from rich.console import Console
from rich.text import Text

from .client import HueHarvest
from .demo_cdn import LocalCdn
from .engine import Engine
from .fetch import Fetcher, FetchLimits
from .settings import Listen, Settings
from .store import Store

CARDS = Path("demo-cards")
SETTLE_TIMEOUT = 60.0  # seconds that an image may take before the simulation calls it stuck


@asynccontextmanager
async def simulated_discord(
    settings: Settings, engine: Engine, *, approved_intents: discord.Intents | None = None
) -> AsyncGenerator[simcord.Env]:
    """Run the bot in a Discord of its own, which grants ``approved_intents`` (default: all)."""

    def blob(url: str) -> bytes | None:
        return env.backend.cdn.get(url)

    async with (
        LocalCdn(blob) as cdn,
        Fetcher(
            FetchLimits(max_bytes=settings.max_bytes),
            is_allowed=cdn.is_allowed,
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


async def demo(images: Sequence[Path], *, browser: bool, once: bool) -> None:
    """Post images as a user would, print what the bot replied, then serve a page to go on in.

    Without ``images`` it posts two photos; with ``once`` there is no page.
    """
    settings = Settings.load(listen=Listen.EVERYWHERE)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    async with (
        Engine(workers=settings.workers) as engine,
        simulated_discord(settings, engine) as env,
    ):
        if env.bot.user is not None:
            await env.bot.user.edit(username="HueHarvest")
        channel = env.create_guild("Demo").create_text_channel("photos")
        you = env.guild.add_member(env.create_user("you"))
        for image in images or _sample_photos():
            posted = await you.send(channel, attachments=[(image.name, image.read_bytes())])
            reply = channel.last_message
            if reply is None or reply.id == posted.id:
                console.print(f"{image.name}: no image, so no reply")
            else:
                console.print(f"{image.name}:", await _told(reply, CARDS / f"{image.stem}.png"))
        if once:
            return
        async with env.preview(channel, viewers=[you], layout="channel") as preview:
            console.print(f"Go on at {preview.url} (Ctrl-C ends it).")
            if browser:
                await asyncio.to_thread(webbrowser.open, preview.url)
            await preview.wait_closed()


def _sample_photos() -> list[Path]:
    """Return the photos that come with scikit-learn."""
    folder = Path(str(files("sklearn.datasets.images")))
    return [folder / "china.jpg", folder / "flower.jpg"]


async def _told(reply: discord.Message, card: Path) -> Text:
    """Return what a reply says, each code beside its colour; save the card it shows."""
    said = "\n".join(
        item.content
        for item in ui.LayoutView.from_message(reply).walk_children()
        if isinstance(item, ui.TextDisplay)
    )
    if not reply.attachments:
        return Text(said)
    _save(await reply.attachments[0].read(), card)
    told = Text()
    for code in re.findall(r"#[0-9a-f]{6}", said):
        told.append("  ", f"on {code}").append(f" {code} ")
    return told.append(f"\n  card saved as {card}")


def _save(data: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
