"""A bot, two servers, what they may choose, and a clock."""

import logging

import pytest

from bot.guilds.guild_settings import GuildSettings
from bot.settings import Listen

ME, ANOTHER_BOT = 10, 20
HERE, THERE = 2**62, 3  # ids of servers
DEFAULT = GuildSettings(Listen.EVERYWHERE)
SECRET = "hunter2"  # noqa: S105, made up

CHOICES = {
    "listen": "mentions",
    "channels": {2**61, 5},
    "colors": 3,
    "style": "faithful",
    "order": "hue",
    "show_source": False,
    "brief": True,
    "language": "ja",
    "roles": {7},
    "proxied": True,
}
CHOSEN = GuildSettings(
    Listen.MENTIONS,
    channels=frozenset({2**61, 5}),
    colors=3,
    style="faithful",
    order="hue",
    show_source=False,
    brief=True,
    language="ja",
    roles=frozenset({7}),
    proxied=True,
)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
