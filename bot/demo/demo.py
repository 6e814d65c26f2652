"""The bot in a simulated Discord on this machine, with no account and no token."""

import asyncio
import itertools
import re
import webbrowser
from collections.abc import Collection, Sequence
from pathlib import Path

import discord
import simcord
from discord import ui
from rich.console import Console
from rich.text import Text

from bot.settings import Listen, Rate, Settings
from bot.workers.engine import Engine

from .cdn import HOST
from .files import avatars_of, sample_photos, swap_for_copies
from .simulation import simulated_discord

CARDS = Path("demo-cards")
_NO_LIMIT = Rate(10**9, 1)  # the simulated clock stands still, so nobody could wait for a turn


async def demo(images: Sequence[Path], *, browser: bool, once: bool) -> None:
    """Post images as a user would, print what the bot replied, then serve a page to go on in.

    Without ``images`` it posts two photos; with ``once`` there is no page.
    """
    settings = Settings.load(listen=Listen.EVERYWHERE, user_limit=_NO_LIMIT, server_limit=_NO_LIMIT)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    kept: dict[str, bytes] = {}
    async with (
        Engine(
            workers=1,  # replacing one of several would wait for a clock that stands still
            time_limit=settings.time_limit,
            memory_limit=settings.memory_limit,
        ) as engine,
        simulated_discord(settings, engine, files=kept, web=True) as env,
    ):
        if env.bot.user is not None:
            await env.bot.user.edit(username="HueHarvest")
        channel, people = furnish(env, kept)
        avatars = {f"https://{HOST}{path}": ("avatar.png", data) for path, data in kept.items()}
        posts = await _post(images or sample_photos(), people[0], channel, console)
        if once:
            return
        kept |= swap_for_copies(env, posts)
        async with env.preview(
            channel, viewers=people, layout="channel", assets=avatars
        ) as preview:
            console.print(f"Go on at {preview.url} (Ctrl-C ends it).")
            if browser:
                await asyncio.to_thread(webbrowser.open, preview.url)
            await preview.wait_closed()


def furnish(
    env: simcord.Env, files: dict[str, bytes]
) -> tuple[simcord.ChannelHandle, list[simcord.MemberActor]]:
    """Make a server with a channel and two people, of whom the first may do everything there.

    Adds their avatars to ``files``, by their paths at Discord.
    """
    users = [env.create_user(name, avatar="0" * 32) for name in ("you", "friend")]
    files |= avatars_of(users)
    guild = env.create_guild("Demo", owner=users[0])
    return guild.create_text_channel("photos"), [guild.add_member(user) for user in users]


async def _post(
    images: Sequence[Path],
    you: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    console: Console,
) -> list[discord.Message]:
    """Post images, one a message, and print what the bot replied; return the messages."""
    posts: list[discord.Message] = []
    cards: set[Path] = set()
    for image in images:
        posts.append(await you.send(channel, attachments=[(image.name, image.read_bytes())]))
        reply = channel.last_message
        if reply is None or reply.id == posts[-1].id:
            console.print(f"{image.name}: no image, so no reply")
        else:
            cards.add(card := _free_card(image.stem, cards))
            console.print(f"{image.name}:", await _told(reply, card))
    return posts


def _free_card(stem: str, taken: Collection[Path]) -> Path:
    """Return where to save a card: pictures of several folders may have the same name."""
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(card for name in names if (card := CARDS / f"{name}.png") not in taken)


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
