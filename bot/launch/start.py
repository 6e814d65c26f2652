"""Running a command of the command line, and ending it cleanly."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Any

import discord
import stamina.instrumentation
from pydantic import SecretStr

from bot.logs import log_to_stderr
from bot.settings import AccountSettings, SettingsError
from bot.workers.errors import WorkerDiedError

from .invitation import invitation
from .profile import ProfileError, save_images, set_images
from .service import run


def start(arguments: argparse.Namespace) -> int:
    """Run the command that was given; return the exit status."""
    # Retries log their own reasons; stamina's hooks would log links, and requests with the token.
    stamina.instrumentation.set_on_retry_hooks(())
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the bot has no voice
    try:
        match arguments.command:
            case "demo":
                _run_until_terminated(_prepare_demo(arguments))
            case "invite":
                sys.stdout.write(invitation(arguments.id))
            case "brand" if arguments.save:
                sys.stdout.write(f"{save_images(arguments.save)}\n")
            case "brand":
                _run_until_terminated(_brand())
            case _:
                _run_until_terminated(_prepare_service())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ProfileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except WorkerDiedError:  # at startup: in a job, it is reported to the person who asked
        sys.stderr.write(
            "The worker processes cannot start: lower WORKERS or raise MEMORY_LIMIT.\n"
        )
        return 1
    return 0


def _run_until_terminated(main: Coroutine[Any, Any, None]) -> None:
    """Run ``main`` until it ends or until Ctrl-C or SIGTERM, either of which cancels it."""

    async def cancel_on_signals() -> None:
        if task := asyncio.current_task():
            with contextlib.suppress(NotImplementedError):  # Windows
                # SIGINT too, because shells start background commands with it ignored.
                for stop in (signal.SIGINT, signal.SIGTERM):
                    asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        await main

    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(cancel_on_signals())


def _prepare_service() -> Coroutine[Any, Any, None]:
    settings = AccountSettings.load()
    secrets = {
        name: value.get_secret_value().strip()  # as discord.py does with the token
        for name, value in settings
        if isinstance(value, SecretStr)
    }
    for name in list(os.environ):
        if name.lower() in secrets:  # workers inherit the environment and need no secrets
            del os.environ[name]
    log_to_stderr(settings.log_level, secrets=secrets.values())
    return run(settings)


async def _brand() -> None:
    sys.stdout.write(f"{await set_images(AccountSettings.load())}\n")


def _prepare_demo(arguments: argparse.Namespace) -> Coroutine[Any, Any, None]:
    from bot.demo.demo import demo  # noqa: PLC0415, what it imports is not always installed

    log_to_stderr("WARNING")
    return demo(arguments.images, browser=arguments.browser, once=arguments.once)
