"""``python -m tests.bot.bot_process URL [COMMAND]``: the bot, on the local Discord at that URL."""

import sys
from functools import partial

import discord
from yarl import URL

import bot.launch.service
from bot.__main__ import main
from tests.bot.local_discord import LocalDiscord

if __name__ == "__main__":
    here = LocalDiscord()
    here.url = URL(sys.argv[1])
    discord.http.Route.BASE = here.api
    bot.launch.service.Fetcher = partial(
        bot.launch.service.Fetcher, is_allowed=here.is_allowed, middlewares=[here.middleware]
    )
    sys.exit(main(sys.argv[2:]))
