"""How the bot starts, how it stops, and what it says when it cannot start."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import discord
import pytest
from pydantic import SecretStr

import bot.demo.demo
import bot.launch.service
from bot.__main__ import main
from bot.launch.service import run
from bot.services import Services
from bot.settings import AccountSettings, SettingsError
from bot.workers.engine import Engine

if TYPE_CHECKING:
    from tests.bot.conftest import File, World
    from tests.bot.local_discord import LocalDiscord

ID = "123456789012345678"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"  # noqa: S105, made up
SETTINGS = AccountSettings.model_construct(
    discord_token=SecretStr(TOKEN), database_url=SecretStr("sqlite://")
)


@pytest.fixture
def api(
    local_discord: "LocalDiscord", monkeypatch: pytest.MonkeyPatch, bot_engine: Engine
) -> "LocalDiscord":
    local_discord.token = TOKEN
    monkeypatch.setattr(bot.launch.service, "Engine", lambda **_limits: nullcontext(bot_engine))
    return local_discord


@pytest.mark.asyncio(loop_scope="session")
async def test_a_refused_token_ends_with_the_remedy(api: "LocalDiscord") -> None:
    api.token = "another"  # noqa: S105, made up
    with pytest.raises(SettingsError, match=rf"Discord refuses DISCORD_TOKEN: .*{ID}/bot"):
        await run(SETTINGS)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(
    ("code", "remedy"),
    [(4004, "Discord refuses DISCORD_TOKEN"), (4014, "switch on Message Content Intent at")],
)
async def test_a_refusal_by_the_gateway_ends_with_the_remedy(
    api: "LocalDiscord", code: int, remedy: str
) -> None:
    api.gateway_closes_with = code
    with pytest.raises(SettingsError, match=remedy):
        await run(SETTINGS)


@pytest.mark.asyncio(loop_scope="session")
async def test_stopping_finishes_the_running_reply_and_takes_nothing_new(
    world: "World",
    flower: "File",
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    harvest = world.client.services.process
    backend, channel = world.env.backend, world.channel
    stopping: list[asyncio.Task[None]] = []
    stopped_too_early: list[bool] = []

    async def stopped_at_work(*args: object, **keywords: object) -> object:
        stopping.append(asyncio.create_task(world.client.close()))
        await asyncio.sleep(0)
        upload = backend.store_attachments(channel.id, [flower])
        backend.create_message(channel.id, world.alice.id, attachments=upload)
        outcome = await harvest(*args, **keywords)
        stopped_too_early.append(stopping[0].done())
        return outcome

    monkeypatch.setattr(Services, "process", staticmethod(stopped_at_work))
    caplog.set_level("INFO", "bot")
    reply = await world.post(flower)
    assert reply is not None
    assert reply.message.reference.message_id == channel.history()[0].id
    assert len(channel.history()) == 3
    assert stopped_too_early == [False]
    assert stopping[0].done()
    assert any("StoppingError" in message for message in caplog.messages)
    assert len(world.errors()) == 1


def test_out_of_reach_the_log_says_that_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "unreachable.py").write_text(UNREACHABLE)
    settings = {"DISCORD_TOKEN": TOKEN, "WORKERS": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "unreachable.py"],
        cwd=tmp_path,
        env=os.environ | settings,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        told = [process.stderr.readline() for _ in range(4)]
        process.send_signal(signal.SIGTERM)
        told += process.stderr.readlines()
    assert process.returncode == 0
    warnings = [line["event"] for line in map(json.loads, told) if line["level"] != "info"]
    assert warnings
    assert all(line.startswith("Discord is out of reach, for now: ") for line in warnings)


def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env=os.environ | {"DISCORD_TOKEN": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("DISCORD_TOKEN is not set: copy it from https://")
    assert ended.stderr.count("\n") == 1


UNREACHABLE = """
import sys
import discord
discord.http.Route.BASE = "http://127.0.0.1:9/api"
from bot.__main__ import main
if __name__ == "__main__":
    sys.exit(main([]))
"""

INTERRUPTED_WHILE_LOADING = """
import sys

class Interruption:
    def find_spec(self, name, path, target=None):
        if name == "discord":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interruption())
from bot.__main__ import main
sys.exit(main([]))
"""


def test_ctrl_c_while_it_loads_ends_it_quietly() -> None:
    ended = subprocess.run(
        [sys.executable, "-"],
        input=INTERRUPTED_WHILE_LOADING,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize(
    ("command", "module"), [("run", bot.launch.service), ("demo", bot.demo.demo)]
)
def test_workers_that_cannot_start_end_it_with_one_sentence(
    command: str,
    module: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr(module, "Engine", lambda **_limits: Engine(workers=2, memory_limit=1))
    assert main([command]) == 1
    assert capfd.readouterr().err == (
        "The worker processes cannot start: lower WORKERS or raise MEMORY_LIMIT.\n"
    )


def test_without_a_token_the_invitation_needs_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    assert main(["invite"]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert told.err.startswith("DISCORD_TOKEN is not set: ")
    assert told.err.endswith(" Or give the application's id with --id.\n")


def test_the_invitation_asks_for_exactly_what_is_needed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for arguments in (["--id", ID], []):
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        assert main(["invite", *arguments]) == 0
        link = urlsplit(capsys.readouterr().out.strip())
        query = parse_qs(link.query)
        assert (link.hostname, link.path) == ("discord.com", "/oauth2/authorize")
        assert query["client_id"] == [ID]
        assert query["scope"] == ["bot applications.commands"]
        permissions = discord.Permissions(int(query["permissions"][0]))
        assert {name for name, granted in permissions if granted} == {
            "attach_files",
            "read_message_history",
            "read_messages",
            "send_messages",
            "send_messages_in_threads",
        }
