"""``hueharvest health`` says in one line why a bot counts as dead."""

import socket
from pathlib import Path

import pytest

import bot.monitoring.probe
from bot.__main__ import main
from tests.bot.loopback import LOOPBACK


@pytest.fixture(autouse=True)
def _no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("", "METRICS_PORT is not set"),
        ("http", "METRICS_PORT should be a number"),
        ("1", "no answer: "),
    ],
)
def test_it_says_why_it_could_not_ask(
    port: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("METRICS_PORT", port)
    assert main(["health"]) == 1
    printed = capsys.readouterr().out
    assert printed.startswith(said)
    assert printed.count("\n") == 1


def test_a_bot_that_hangs_gives_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bot.monitoring.probe, "_PATIENCE", 0.1)
    with socket.create_server((LOOPBACK, 0)) as hanging:
        Path(".env").write_text(f"METRICS_PORT={hanging.getsockname()[1]}\n", encoding="utf-8")
        assert main(["health"]) == 1
    assert capsys.readouterr().out == "no answer: timed out\n"
