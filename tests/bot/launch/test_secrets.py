"""The token stays secret."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.local_discord import LocalDiscord
from tests.bot.processes import running_bot


def descendants(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield child
            yield from descendants(child)


def proc_file(process: int, name: str) -> str:
    return Path(f"/proc/{process}/{name}").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.asyncio(loop_scope="session")
async def test_no_log_no_command_line_and_no_worker_contains_the_token(
    local_discord: LocalDiscord, tmp_path: Path, stripes: Callable[..., bytes]
) -> None:
    token = local_discord.token
    # An error of aiohttp about a malformed answer has the request's headers in its repr.
    local_discord.faults["GET users/@me"] += ["babbles"]
    local_discord.faults["POST channels/*"] += ["babbles", "babbles"]
    # Names of settings have no case, and a secret copied from a file may end in a line break.
    settings = {"DISCORD_TOKEN": "", "discord_token": f"{token}\n", "LOG_LEVEL": "DEBUG"}
    async with running_bot(local_discord, tmp_path, **settings) as process:
        await local_discord.post(("a.png", stripes((0, 0, 0))))
        await local_discord.wait_until(lambda discord: bool(discord.sent))
        workers = list(descendants(process.pid))
        assert workers
        for worker in workers:
            assert token not in proc_file(worker, "environ")
        for each in (process.pid, *workers):
            assert token not in proc_file(each, "cmdline")
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "IDENTIFY" in log
    assert "out of reach" in log
    assert token not in log
