"""What the log looks like, and what it keeps to itself."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

if TYPE_CHECKING:
    from tests.bot.local_discord import LocalDiscord

SECRET = "Gabcde.abcdefg"  # noqa: S105, made up
SPEAKING = f"""
import logging, warnings, structlog
from bot.logs import log_to_stderr
log_to_stderr("INFO", secrets=["{SECRET}"])
log = logging.getLogger("library")
log.debug("not for us")
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


def spoken(stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-"], input=SPEAKING, stderr=stderr, text=True, check=False
    )


def test_each_line_is_an_object_with_what_belongs_to_it() -> None:
    ended = spoken()
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


def chatter() -> bytes:
    """Return an image that libtiff complains about on standard error."""
    file = io.BytesIO()
    Image.linear_gradient("L").save(file, "TIFF", compression="tiff_adobe_deflate")
    data = bytearray(file.getvalue())
    data[12:40] = b"\xff" * 28
    return bytes(data)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_in_a_terminal_lines_are_for_people() -> None:
    ours, theirs = os.openpty()
    spoken(theirs)
    os.close(theirs)
    told = os.read(ours, 65536).decode()
    os.close(ours)
    assert "said ü [secret]" in told
    assert "\nValueError: [secret]" in told.replace("\r", "")
    assert '"event"' not in told
    assert SECRET not in told
    assert "whispered" not in told


@pytest.mark.asyncio(loop_scope="session")
async def test_normally_it_says_nothing_of_what_people_write_and_post(
    local_discord: "LocalDiscord", tmp_path: Path, stripes: Callable[..., bytes]
) -> None:
    local_discord.faults["POST channels/*/messages"] += ["hangs_up"]
    async with local_discord.bot(tmp_path):
        picture = stripes((200, 30, 40), (30, 150, 60))
        await local_discord.post(("beach.png", picture), content="hush")
        await local_discord.post(("broken.tif", chatter()), content="hush")
        await local_discord.until(lambda here: len(here.sent) == 2)
    told = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in told.splitlines()]
    told_of = {(line["event"][:7], line.get("channel"), line.get("message")) for line in lines}
    channel, message = 323456789012345678, 423456789012345678
    assert {("replied", channel, message + 1), ("Truncat", channel, message + 2)} <= told_of
    assert {"bot.errors", "discord.gateway"} <= {line["logger"] for line in lines}
    assert not [word for word in ("hush", "beach", "broken", "alice", "cdn") if word in told]
