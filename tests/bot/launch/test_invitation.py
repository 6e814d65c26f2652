"""The link that adds the bot to a server."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.__main__ import main
from tests.bot.account import APPLICATION_ID, TOKEN


def test_it_asks_for_exactly_what_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments, token in ((["--id", str(APPLICATION_ID)], ""), ([], TOKEN)):
        monkeypatch.setenv("DISCORD_TOKEN", token)
        assert main(["invite", *arguments]) == 0
        link = urlsplit(capsys.readouterr().out.strip())
        query = parse_qs(link.query)
        assert (link.hostname, link.path) == ("discord.com", "/oauth2/authorize")
        assert query["client_id"] == [str(APPLICATION_ID)]
        assert query["scope"] == ["bot applications.commands"]
        permissions = discord.Permissions(int(query["permissions"][0]))
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
