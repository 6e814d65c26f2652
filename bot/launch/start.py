"""Starting what the command line asks for, and ending it well."""

import argparse
import asyncio
import contextlib
import importlib.util
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
from .service import run


def start(arguments: argparse.Namespace) -> int:
    """Do what the command line asks for; return the exit status."""
    # What is tried again says why itself; the hooks would log links, and requests with the token.
    stamina.instrumentation.set_on_retry_hooks(())
    try:
        match arguments.command:
            case "demo":
                _run_until_terminated(_demo(arguments))
            case "invite":
                sys.stdout.write(f"{invitation(arguments.id)}\n")
            case _:
                _run_until_terminated(_service())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except WorkerDiedError:  # at the start: under a job, it is told to who gave the job
        sys.stderr.write(
            "The worker processes cannot start: lower WORKERS or raise MEMORY_LIMIT.\n"
        )
        return 1
    return 0


def _run_until_terminated(main: Coroutine[Any, Any, None]) -> None:
    """Run ``main`` until it ends, or until Ctrl-C or SIGTERM, which cancel it."""

    async def run_until_terminated() -> None:
        if task := asyncio.current_task():
            with contextlib.suppress(NotImplementedError):  # Windows
                # SIGINT too: a shell starts background commands with it ignored.
                for stop in (signal.SIGINT, signal.SIGTERM):
                    asyncio.get_running_loop().add_signal_handler(stop, task.cancel)
        await main

    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(run_until_terminated())


def _service() -> Coroutine[Any, Any, None]:
    settings = AccountSettings.load()
    secrets = {
        name: value.get_secret_value().strip()  # as discord.py does before it uses the token
        for name, value in settings
        if isinstance(value, SecretStr)
    }
    for name in list(os.environ):
        if name.lower() in secrets:  # the workers need none, and inherit the environment
            del os.environ[name]
    log_to_stderr(settings.log_level, secrets=secrets.values())
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # voice is not missed
    return run(settings)


def _demo(arguments: argparse.Namespace) -> Coroutine[Any, Any, None]:
    if importlib.util.find_spec("simcord") is None:
        sys.exit("The demo needs an extra: pip install 'hueharvest[demo]'")
    from bot.demo.demo import demo  # noqa: PLC0415, what it imports is not always installed

    log_to_stderr("WARNING")
    return demo(arguments.images, browser=arguments.browser, once=arguments.once)
