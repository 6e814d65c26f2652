"""What Discord's gateway costs a bot: messages without images, and servers to know."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

import psutil
from rich.console import Console
from simcord.backend import serializers

from tests.bench.scale.guilds import channel_id, guild_id, guilds
from tests.bench.served.gateway import Gateway
from tests.bench.served.part import Part, bot_part
from tests.bench.served.served_discord import ServedDiscord
from tests.bot.local_discord import message_data

MESSAGES = 20_000
SERVERS_OF_MESSAGES = 1_000
SERVERS = (10, 5_000, 10_000)
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Started:
    """A bot that knows its servers."""

    part: Part
    gateway: Gateway
    seconds: float


async def measure_messages(console: Console, _: Path | None) -> None:
    """Print the processor time of messages without images."""
    async with _bot(SERVERS_OF_MESSAGES) as bot:
        before = bot.part.cpu_seconds()
        for number in range(MESSAGES):
            bot.gateway.emit("MESSAGE_CREATE", _message(number))
        await bot.gateway.wait_until_handled()
        cpu = bot.part.cpu_seconds() - before
    console.print(f"a thousand messages without images: {1e6 * cpu / MESSAGES:.0f} ms of a core")


async def measure_memory(console: Console, _: Path | None) -> None:
    """Print the memory of a bot that knows so many servers, and what it takes to start."""
    memory = []
    for count in SERVERS:
        async with _bot(count) as bot:
            process = psutil.Process(bot.part.process_id)
            memory.append(process.memory_full_info().uss / MEBIBYTE)
            times = process.cpu_times()
        console.print(
            f"{count} servers: {memory[-1]:.0f} MiB; ready after {bot.seconds:.0f} s, "
            f"{times.user + times.system:.1f} s of processor time"
        )
    growth = (memory[-1] - memory[0]) / (SERVERS[-1] - SERVERS[0]) * 1000
    console.print(f"a thousand servers: {growth:.1f} MiB")


@asynccontextmanager
async def _bot(servers: int) -> AsyncGenerator[Started]:
    discord = ServedDiscord(lambda *_: None)
    user: Any = serializers.user_payload(discord.backend.bot_user)
    discord.gateway = Gateway(discord.ready, guilds(servers, user))
    with TemporaryDirectory() as folder:
        start = monotonic()
        async with (
            discord.running(),
            bot_part("bot", discord.address, Path(folder), WORKERS="1").running() as part,
        ):
            await part.wait_for_line("ready as")
            await discord.gateway.wait_until_handled()
            yield Started(part, discord.gateway, monotonic() - start)


def _message(number: int) -> dict[str, Any]:
    server = number % SERVERS_OF_MESSAGES
    text = "What somebody says to the others, in a sentence of the usual length."
    message = message_data(str(10**17 + number % 500), "person", text)
    message["author"]["global_name"] = "A person"
    return message | {
        "id": str(10**18 + number),
        "channel_id": str(channel_id(server)),
        "guild_id": str(guild_id(server)),
        "member": {"roles": [str(guild_id(server) + 3)], "joined_at": "2026-01-01T00:00:00+00:00"}
        | {"deaf": False, "mute": False, "flags": 0},
        "components": [],
        "flags": 0,
    }
