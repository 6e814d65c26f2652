"""How the bot starts, and what it says when it cannot."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import bot.demo.demo
import bot.launch.service
from bot.__main__ import main
from bot.workers.engine import Engine
from bot.workers.processes import Processes
from tests.bot.account import TOKEN
from tests.bot.processes import environment

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


def test_while_discord_is_out_of_reach_the_log_says_so_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "unreachable.py").write_text(UNREACHABLE, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "unreachable.py"],
        cwd=tmp_path,
        env=environment(DISCORD_TOKEN=TOKEN, WORKERS="1", PYTHONUNBUFFERED="1"),
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        logged = [process.stderr.readline() for _ in range(4)]
        process.send_signal(signal.SIGTERM)
        logged += process.stderr.readlines()
    assert process.returncode == 0
    warnings = [line["event"] for line in map(json.loads, logged) if line["level"] != "info"]
    assert warnings
    assert all(line.startswith("Discord is out of reach for now: ") for line in warnings)


def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env=environment(DISCORD_TOKEN=""),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("DISCORD_TOKEN is not set: copy it from https://")
    assert ended.stderr.count("\n") == 1


def test_ctrl_c_while_it_loads_ends_it_quietly(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-"],
        input=INTERRUPTED_WHILE_LOADING,
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_without_a_cluster_nothing_of_it_is_imported() -> None:
    names = "import sys, bot.launch.start; print(*sys.modules)"
    command = [sys.executable, "-c", names]
    imported = subprocess.check_output(command, env=environment(), text=True).split()  # noqa: S603
    assert "bot.workers.engine" in imported
    assert {"dask", "distributed"}.isdisjoint(imported)


@pytest.mark.parametrize(
    ("command", "module"), [("run", bot.launch.service), ("demo", bot.demo.demo)]
)
def test_workers_that_cannot_start_end_it_with_one_sentence(
    command: str,
    module: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setattr(module, "Engine", lambda **_: Engine(Processes(2, memory_limit=1)))
    assert main([command]) == 1
    assert capfd.readouterr().err == (
        "The worker processes cannot start: lower WORKERS or raise MEMORY_LIMIT.\n"
    )
