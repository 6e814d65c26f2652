"""The bot in processes of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.bot.local_discord import LocalDiscord

ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    """Return an environment in which the bot of this source tree is imported from any folder."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | settings


@asynccontextmanager
async def running_bot(
    discord: LocalDiscord, folder: Path, *, ends_with: int = 0, **settings: str
) -> AsyncGenerator[Process]:
    """Run the bot on a local Discord, and stop it; it writes its log to ``folder/log``.

    Its exit status has to be ``ends_with``: -9 for one that the test kills.
    """
    defaults = {"DISCORD_TOKEN": discord.token, "DATABASE_URL": "sqlite://", "WORKERS": "1"}
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.bot.bot_process",
            str(discord.url),
            cwd=folder,
            env=environment(**(defaults | settings)),
            stdout=log,
            stderr=log,
        )
        try:
            async with asyncio.timeout(30):
                await discord.connected.wait()
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            assert await process.wait() == ends_with
