"""The demo: it posts images, prints the replies, and serves a page to continue on."""

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
from bot.workers.processes import Processes

from .cdn import CDN_HOST
from .files import avatars_of, replace_with_copies, sample_photos, serve_chips
from .simulation import simulated_discord

CARD_FOLDER = Path("demo-cards")
_PAGE_HINTS = """\
The page cannot post images: type /palette there for one file, /palette-of-many for several.
If a menu closes at once, zoom in or make the window less tall."""  # a fault of SimCord's
_NO_LIMIT = Rate(10**9, 1)  # the simulated clock stands still, so no cooldown would ever end


async def demo(images: Sequence[Path], *, browser: bool, once: bool) -> None:
    """Post images as a user would, print the bot's replies, then serve a page to continue on.

    Without ``images``, post two sample photos. With ``browser``, open the page; with ``once``,
    return without serving it. Raises :class:`~bot.settings.SettingsError`, and
    :class:`~bot.workers.errors.WorkerDiedError` if the worker cannot start.
    """
    settings = Settings.load(listen=Listen.EVERYWHERE, user_limit=_NO_LIMIT, server_limit=_NO_LIMIT)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    files: dict[str, bytes] = {}
    async with (
        Engine(
            workers=Processes(
                1,  # replacing one of several would wait for the clock, which stands still
                time_limit=settings.time_limit,
                memory_limit=settings.memory_limit,
            )
        ) as engine,
        simulated_discord(settings, engine, files=files, allow_web=True) as env,
    ):
        mention = ""
        if env.bot.user is not None:
            await env.bot.user.edit(username="HueHarvest")
            if images:  # asked, the bot says what is wrong with one
                mention = env.bot.user.mention
        channel, people = create_server(env, files)
        avatars = {
            f"https://{CDN_HOST}{path}": ("avatar.png", data) for path, data in files.items()
        }
        posts = await _post(images or sample_photos(), mention, people[0], channel, console)
        if once:
            return
        files |= replace_with_copies(env, posts)
        serve_chips(env)
        async with env.preview(
            channel, viewers=people, layout="channel", assets=avatars
        ) as preview:
            console.print(f"Continue at {preview.url} (Ctrl-C to stop).")
            console.print(_PAGE_HINTS)
            if browser:
                await asyncio.to_thread(webbrowser.open, preview.url)
            await preview.wait_closed()


def create_server(
    env: simcord.Env, files: dict[str, bytes]
) -> tuple[simcord.ChannelHandle, list[simcord.MemberActor]]:
    """Create a server with a channel and two people, the first of whom owns it.

    Their avatars are added to ``files``, by their paths on Discord's CDN.
    """
    users = [env.create_user(name, avatar="0" * 32) for name in ("you", "friend")]
    files |= avatars_of(users)
    guild = env.create_guild("Demo", owner=users[0])
    return guild.create_text_channel("photos"), [guild.add_member(user) for user in users]


async def _post(
    images: Sequence[Path],
    content: str,
    you: simcord.MemberActor,
    channel: simcord.ChannelHandle,
    console: Console,
) -> list[discord.Message]:
    """Post images, each in a message with that content, and print the bot's replies.

    Return the messages.
    """
    posts: list[discord.Message] = []
    card_paths: set[Path] = set()
    for image in images:
        files = [(image.name, image.read_bytes())]
        posts.append(await you.send(channel, content, attachments=files))
        reply = channel.last_message
        if reply is None or reply.id == posts[-1].id:
            console.print(f"{image.name}: no reply")
        else:
            card_paths.add(path := _unused_card_path(image.stem, card_paths))
            console.print(f"{image.name}:", await _rendered_reply(reply, path))
    return posts


def _unused_card_path(stem: str, used: Collection[Path]) -> Path:
    """Return where to save a card: images in different folders may have the same name."""
    names = itertools.chain([stem], (f"{stem}-{number}" for number in itertools.count(2)))
    return next(path for name in names if (path := CARD_FOLDER / f"{name}.png") not in used)


async def _rendered_reply(reply: discord.Message, card_path: Path) -> Text:
    """Return the codes of a reply beside their colours, or else its text; save its card."""
    text = "\n".join(
        item.content
        for item in ui.LayoutView.from_message(reply).walk_children()
        if isinstance(item, ui.TextDisplay)
    )
    if not reply.attachments:
        return Text(text)
    _save(await reply.attachments[0].read(), card_path)
    rendered = Text()
    for code in re.findall(r"#[0-9a-f]{6}", text):
        rendered.append("  ", f"on {code}").append(f" {code} ")
    return rendered.append(f"\n  card saved as {card_path}")


def _save(data: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
