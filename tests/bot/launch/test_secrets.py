"""The token is nobody's business."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.settings import AccountSettings

if TYPE_CHECKING:
    from tests.bot.local_discord import LocalDiscord


def descendants(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text().split()):
            yield child
            yield from descendants(child)


def shown(process: int, what: str) -> str:
    return Path(f"/proc/{process}/{what}").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.asyncio(loop_scope="session")
async def test_no_log_no_command_line_and_no_worker_has_the_token(
    local_discord: "LocalDiscord", tmp_path: Path, stripes: Callable[..., bytes]
) -> None:
    token = local_discord.token
    # An error of aiohttp's about a malformed answer has the request's headers in its repr.
    local_discord.faults["GET users/@me"] += ["babbles"]
    local_discord.faults["POST channels/*"] += ["babbles", "babbles"]
    # Names of settings have no case, and a secret copied from a file may have a line end.
    settings = {"DISCORD_TOKEN": "", "discord_token": f"{token}\n", "LOG_LEVEL": "DEBUG"}
    async with local_discord.bot(tmp_path, **settings) as process:
        await local_discord.post(("a.png", stripes((0, 0, 0))))
        await local_discord.until(lambda here: bool(here.sent))
        workers = list(descendants(process.pid))
        assert workers
        for worker in workers:
            assert token not in shown(worker, "environ")
        for known in (process.pid, *workers):
            assert token not in shown(known, "cmdline")
    log = (tmp_path / "log").read_text()
    assert "IDENTIFY" in log
    assert "out of reach" in log
    assert token not in log


def test_settings_do_not_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.made.up"  # noqa: S105, as it says
    monkeypatch.setenv("DISCORD_TOKEN", token)
    monkeypatch.setenv("DATABASE_URL", "postgresql://hue:harvest@localhost/db")
    settings = AccountSettings.load()
    for shown in (
        repr(settings),
        str(settings),
        repr(settings.model_dump()),
        settings.model_dump_json(),
    ):
        assert token not in shown
        assert "harvest@" not in shown
