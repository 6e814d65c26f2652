"""The command line: ``python -m bot`` runs the bot, ``demo`` shows it, ``invite`` adds it."""

import argparse
import asyncio
import contextlib
import importlib.util
import logging
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import discord
import stamina

from .client import HueHarvest
from .engine import Engine
from .fetch import Fetcher, FetchLimits
from .settings import PORTAL, AccountSettings, SettingsError

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_AUTHENTICATION_FAILED = 4004  # the gateway's close code
_OUT_OF_REACH = (OSError, aiohttp.ClientError, discord.GatewayNotFound, discord.DiscordServerError)

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a subcommand and return the exit status: 2 when a setting is missing or wrong."""
    arguments = _parser().parse_args(argv)
    try:
        match arguments.command:
            case "demo":
                _start(_demo(arguments))
            case "invite":
                sys.stdout.write(f"{invitation(arguments.id)}\n")
            case _:
                settings = AccountSettings.load()
                logging.basicConfig(level=settings.log_level, format=LOG_FORMAT)
                _start(run(settings))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _start(main: Coroutine[Any, Any, None]) -> None:
    """Run ``main`` until it ends, or until Ctrl-C or SIGTERM, which cancel it."""

    async def run_until_terminated() -> None:
        if task := asyncio.current_task():
            with contextlib.suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await main

    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(run_until_terminated())


def _demo(arguments: argparse.Namespace) -> Coroutine[Any, Any, None]:
    if importlib.util.find_spec("simcord") is None:
        sys.exit("The demo needs an extra: pip install 'hueharvest[demo]'")
    from .demo import demo  # noqa: PLC0415, what it imports is not always installed

    return demo(arguments.images, browser=arguments.browser, once=arguments.once)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hueharvest", description="A Discord bot that answers images with their palettes."
    )
    commands = parser.add_subparsers(dest="command", metavar="{run,demo,invite}")
    commands.add_parser("run", help="run the bot with the settings in .env (the default)")
    invite = commands.add_parser("invite", help="print the link that adds the bot to a server")
    invite.add_argument("--id", type=int, help="the application's id, instead of the token's")
    demo = commands.add_parser("demo", help="try the bot in a simulated Discord")
    demo.add_argument("images", nargs="*", type=_file, metavar="IMAGE", help="files to post")
    demo.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the page's address"
    )
    demo.add_argument("--once", action="store_true", help="exit after the replies")
    return parser


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return path


def invitation(application_id: int | None = None) -> str:
    """Return the link that adds the bot to a server, with exactly the permissions it needs.

    The application is by default the one the token belongs to. Raises :class:`SettingsError`.
    """
    try:
        application_id = application_id or AccountSettings.load().application_id
    except SettingsError as error:
        raise SettingsError(f"{error} Or give the application's id with --id.") from None
    return discord.utils.oauth_url(
        application_id,
        permissions=PERMISSIONS,
        scopes=("bot", "applications.commands"),
    )


async def run(settings: AccountSettings) -> None:
    """Serve Discord until the task is cancelled; then finish what is running.

    While Discord is out of reach it is tried again and again. Raises :class:`SettingsError` when
    Discord refuses the token or the intents.
    """
    async with (
        Fetcher(FetchLimits(max_bytes=settings.max_bytes)) as fetcher,
        Engine(
            workers=settings.workers,
            time_limit=settings.time_limit,
            memory_limit=settings.memory_limit,
        ) as engine,
    ):
        async for attempt in stamina.retry_context(
            on=_is_out_of_reach, attempts=None, timeout=None, wait_initial=1, wait_max=60
        ):
            with attempt:
                # A client that failed to log in cannot be used again.
                async with HueHarvest(settings, fetcher=fetcher, engine=engine) as client:
                    await _connect(client, settings)


def _is_out_of_reach(error: Exception) -> bool:
    if not isinstance(error, _OUT_OF_REACH):
        return False
    _log.warning("Discord is out of reach, for now: %s", error)
    return True


async def _connect(client: HueHarvest, settings: AccountSettings) -> None:
    page = f"{PORTAL}/{settings.application_id}/bot"
    try:
        await client.start(settings.discord_token.get_secret_value())
    except discord.PrivilegedIntentsRequired:
        raise SettingsError(
            f"The bot may not read messages: switch on Message Content Intent at {page}, "
            "or set LISTEN to mentions or off."
        ) from None
    except (discord.LoginFailure, discord.ConnectionClosed) as error:
        if isinstance(error, discord.ConnectionClosed) and error.code != _AUTHENTICATION_FAILED:
            raise
        raise SettingsError(
            f"Discord refuses DISCORD_TOKEN: press Reset Token at {page} and put the new one "
            "into .env."
        ) from None


if __name__ == "__main__":
    sys.exit(main())
