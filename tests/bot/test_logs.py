"""What the log looks like, and what it keeps to itself."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.bot.colors import GREEN, RED
from tests.bot.local_discord import CHANNEL, MESSAGE, LocalDiscord
from tests.bot.processes import environment, running_bot

SECRET = "Gabcde.abcdefg"  # noqa: S105, made up
LOGGING = f"""
import logging, warnings, structlog
from bot.logs import log_to_stderr
log_to_stderr("INFO", secrets=["{SECRET}"])
log = logging.getLogger("library")
log.debug("too detailed")
structlog.contextvars.bind_contextvars(guild=5)
log.info("said %s", "ü {SECRET}", extra={{"seconds": 0.5}})
warnings.warn("careful")
def fail(local):
    raise ValueError(local[:14])
try:
    fail("{SECRET}" + "whispered")
except ValueError:
    log.exception("failed")
fail("{SECRET}" + "whispered")
"""


def run_logging(stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-"],
        input=LOGGING,
        env=environment(PYTHONUTF8="1"),
        stderr=stderr,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_each_line_is_a_json_object_with_its_context() -> None:
    ended = run_logging()
    said, warned, failed, crashed = map(json.loads, ended.stderr.splitlines())
    assert said.pop("timestamp").endswith("Z")
    assert said == {
        "event": "said ü [secret]",
        "level": "info",
        "logger": "library",
        "guild": 5,
        "seconds": 0.5,
    }
    assert "UserWarning: careful" in warned["event"]
    assert failed["exception"].endswith("ValueError: [secret]")
    assert crashed["level"] == "critical"
    assert crashed["exception"].startswith("Traceback")
    assert ended.returncode == 1
    assert SECRET not in ended.stderr
    assert "whispered" not in ended.stderr  # no local variables


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_in_a_terminal_lines_are_for_people() -> None:
    ours, theirs = os.openpty()
    run_logging(theirs)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "said ü [secret]" in shown
    assert "\nValueError: [secret]" in shown.replace("\r", "")
    assert '"event"' not in shown
    assert SECRET not in shown
    assert "whispered" not in shown


def noisy_tiff() -> bytes:
    """Return an image that libtiff complains about on standard error."""
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "TIFF", compression="tiff_adobe_deflate")
    data = bytearray(file.getvalue())
    data[12:40] = b"\xff" * 28
    return bytes(data)


@pytest.mark.asyncio(loop_scope="session")
async def test_the_log_contains_ids_but_nothing_of_what_people_write_and_post(
    local_discord: LocalDiscord, tmp_path: Path, stripes: Callable[..., bytes]
) -> None:
    local_discord.faults["POST channels/*/messages"] += ["hangs_up"]
    async with running_bot(local_discord, tmp_path):
        image = stripes(RED, GREEN)
        await local_discord.post(("beach.png", image), content="hush")
        await local_discord.post(("broken.tif", noisy_tiff()), content="hush")
        await local_discord.wait_until(lambda discord: len(discord.sent) == 2)
    log = (tmp_path / "log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]
    events = {(line["event"][:7], line.get("channel"), line.get("message")) for line in lines}
    channel = int(CHANNEL)
    assert {("replied", channel, MESSAGE + 1), ("Truncat", channel, MESSAGE + 2)} <= events
    assert {"bot.errors", "discord.gateway"} <= {line["logger"] for line in lines}
    assert not [word for word in ("hush", "beach", "broken", "alice", "cdn") if word in log]
