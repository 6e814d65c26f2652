"""Watching over a bot that runs in a process of its own."""

import asyncio
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.bot.local_discord import ALICE, CDN, CHANNEL, LocalDiscord
from tests.bot.monitoring.pages import ask, ask_until, free_port, samples
from tests.bot.processes import environment, running_bot
from tests.bot.world import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def health(folder: Path, port: int) -> tuple[int | None, str]:
    """Run ``hueharvest health``; return its status and what it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "health",
        cwd=folder,
        env=environment(METRICS_PORT=str(port), METRICS_HOST="0.0.0.0"),  # noqa: S104, as set in a container
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode().strip()


async def test_what_it_did_is_counted_until_it_stops(
    local_discord: LocalDiscord, tmp_path: Path, flower: File
) -> None:
    port = free_port()
    assert (await health(tmp_path, port))[0] == 1
    async with running_bot(local_discord, tmp_path, METRICS_PORT=str(port)) as process:
        await local_discord.post(flower)
        await local_discord.post(("notes.png", b"no image"))
        assert await health(tmp_path, port) == (0, "ok")
        await ask_until(port, "/readyz", lambda answer: answer == (200, "ok"))
        done = 'hueharvest_request_duration_seconds_count{kind="post"} 2.0\n'
        text = (await ask_until(port, "/metrics", lambda answer: done in answer.text)).text
        assert len(local_discord.sent) == 2
        process.terminate()
        assert await process.wait() == 0
        with pytest.raises(aiohttp.ClientError):
            await ask(port, "/readyz")
    page = samples(text)
    refusals = {key[1]: count for key, count in page.items() if key[0] == "refusals_total"}
    assert {key: count for key, count in refusals.items() if count} == {"NotAnImageError": 1}
    assert page["requests_total", "post"] == 2
    assert page["download_duration_seconds_count", "discord"] == 2
    assert page["job_duration_seconds_count", "Extraction"] == 2
    assert page["queue_slots", "workers"] == 1
    assert page["queue_running", "workers"] == page["queue_waiting", "discord"] == 0
    assert page["shard_connected", "0"] == page["ready",] == 1
    assert page["worker_deaths_total", "TimeLimitError"] == 0
    assert not any(private in text for private in (ALICE, CHANNEL, CDN, "flower", "notes"))
    assert page["process_resident_memory_bytes",] > 2**20 or sys.platform != "linux"


async def test_nothing_is_imported_that_nobody_asked_for(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-",
        cwd=tmp_path,
        env=environment(METRICS_PORT="", DISCORD_TOKEN=LocalDiscord().token),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    imported, _ = await process.communicate(START.encode())
    modules = set(imported.decode().split())
    assert "bot.launch.service" in modules
    assert modules.isdisjoint({"prometheus_client", "aiohttp.web", "bot.monitoring"})


START = """
import sys
import bot.launch.service
from bot.__main__ import main
from bot.workers.errors import WorkerDiedError

class NoEngine:
    def __init__(self, **limits):
        raise WorkerDiedError

bot.launch.service.Engine = NoEngine
assert main([]) == 1
print(*sys.modules)
"""
