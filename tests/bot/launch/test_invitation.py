"""The links that add the bot."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import discord
import pytest

from bot.__main__ import main
from tests.bot.account import APPLICATION_ID, TOKEN


def links_in(text: str) -> list[dict[str, str]]:
    """Return what each link asks for, in order."""
    links = [urlsplit(line) for line in text.splitlines() if line.startswith("https:")]
    assert {(link.hostname, link.path) for link in links} == {("discord.com", "/oauth2/authorize")}
    return [dict(parse_qsl(link.query)) for link in links]


def test_they_ask_for_exactly_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments, token in ((["--id", str(APPLICATION_ID)], ""), ([], TOKEN)):
        monkeypatch.setenv("DISCORD_TOKEN", token)
        assert main(["invite", *arguments]) == 0
        server, user = links_in(capsys.readouterr().out)
        assert server.pop("scope") == "bot applications.commands"
        permissions = discord.Permissions(int(server.pop("permissions")))
        assert server == {"client_id": str(APPLICATION_ID), "integration_type": "0"}
        assert user == {
            "client_id": str(APPLICATION_ID),
            "integration_type": "1",
            "scope": "applications.commands",
        }
        assert {name for name, granted in permissions if granted} == {
            "attach_files",
            "read_message_history",
            "read_messages",
            "send_messages",
            "send_messages_in_threads",
        }


def test_without_a_token_it_needs_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["invite"]) == 2
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err.startswith("DISCORD_TOKEN is not set: ")
    assert printed.err.endswith(" Or give the application's id with --id.\n")


def test_it_says_what_to_switch_on_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--id", str(APPLICATION_ID)]) == 0
    printed = capsys.readouterr().out
    portal = f"https://discord.com/developers/applications/{APPLICATION_ID}"
    assert f"Message Content Intent, unless LISTEN is mentions or off: {portal}/bot" in printed
    assert f"User Install, one for each link: {portal}/installation" in printed
