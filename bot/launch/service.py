"""Serving Discord: connecting, reconnecting, and explaining a refusal."""

import logging
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

import discord
import stamina

from bot.delivery import is_transient
from bot.download.fetcher import Fetcher, FetchLimits
from bot.gate import Gate
from bot.guilds.store import Store
from bot.settings import PORTAL, AccountSettings, SettingsError
from bot.workers.engine import Engine, Workers
from bot.workers.processes import Processes

from .api import use_api
from .client import ServiceClient
from .sessions import SessionStarts

if TYPE_CHECKING:
    from bot.monitoring.health import Health

_AUTHENTICATION_FAILED = 4004  # of the gateway's close codes
_INVALID_SHARD = 4010
_SHARDING_REQUIRED = 4011

_log = logging.getLogger(__name__)


async def run(settings: AccountSettings) -> None:
    """Serve Discord until the task is cancelled, then finish what is running.

    While Discord is out of reach, keep trying. If Discord refuses the content of messages, at once
    or later, go on without it. Raises :class:`SettingsError` if Discord refuses a setting, or a
    cluster or the port for metrics cannot be used, and
    :class:`~bot.workers.errors.WorkerDiedError` if no worker starts.
    """
    use_api(settings.discord_api)
    workers = _workers(settings)
    async with (
        _monitoring(settings) as health,
        Store(settings.database_url.get_secret_value()) as store,
        Fetcher(FetchLimits(max_bytes=settings.max_bytes)) as fetcher,
        Engine(workers=workers) as engine,
    ):
        workers.follow(lambda count: fetcher.resize(4 * count))
        is_refused = False
        gate = Gate()
        claim = partial(store.claim_session, settings.application_id)
        sessions = SessionStarts(claim=claim if settings.is_spread else None)
        async for attempt in stamina.retry_context(
            on=_is_out_of_reach, attempts=None, timeout=None, wait_initial=1, wait_max=60
        ):
            goes_on = True
            with attempt:
                while goes_on:
                    # A client that failed to log in, or was refused, cannot be used again.
                    async with ServiceClient(
                        settings,
                        fetcher=fetcher,
                        engine=engine,
                        store=store,
                        gate=gate,
                        is_content_refused=is_refused,
                        sessions=sessions,
                    ) as client:
                        if health:
                            health.watch(client)
                        goes_on = await _serve(client, settings)
                    is_refused |= goes_on


def _monitoring(settings: AccountSettings) -> "AbstractAsyncContextManager[Health | None]":
    """Serve metrics and health, if that is wanted."""
    if settings.metrics_port is None:
        return nullcontext()
    # Not at the top: few bots are watched, and the others need none of it.
    from bot.monitoring.server import monitoring  # noqa: PLC0415, see above

    return monitoring(settings)


def _workers(settings: AccountSettings) -> Workers:
    """Return what runs the jobs: processes on this machine, or a cluster.

    Raises :class:`SettingsError`.
    """
    if settings.engine == "local":
        return Processes(
            settings.workers, time_limit=settings.time_limit, memory_limit=settings.memory_limit
        )
    if find_spec("distributed") is None:
        raise SettingsError("ENGINE needs an extra: pip install 'hueharvest[cluster]'")
    from bot.workers.cluster import Cluster  # noqa: PLC0415, Dask may not be installed
    from bot.workers.connection import read_security  # noqa: PLC0415

    return Cluster(
        settings.engine,
        read_security(settings.cluster_ca, settings.cluster_cert, settings.cluster_key),
        time_limit=settings.time_limit,
        memory_limit=settings.memory_limit,
    )


def _is_out_of_reach(error: Exception) -> bool:
    if is_transient(error):
        _log.warning("Discord is out of reach for now: %s", error)
        return True
    return False


def refused_token(settings: AccountSettings) -> SettingsError:
    """Return the error to raise when Discord refuses the token."""
    return SettingsError(
        f"Discord refuses DISCORD_TOKEN: press Reset Token at {_portal_page(settings)} and put the "
        "new one into .env."
    )


def _portal_page(settings: AccountSettings) -> str:
    return f"{PORTAL}/{settings.application_id}/bot"


async def _serve(client: ServiceClient, settings: AccountSettings) -> bool:
    """Serve Discord until it refuses the content of messages; return whether it did."""
    try:
        await client.start(settings.discord_token.get_secret_value())
    except discord.PrivilegedIntentsRequired:
        if not client.intents.message_content:
            raise
        _log.warning(
            "Discord does not let the bot read messages, so it goes on as with LISTEN=mentions: "
            "switch on Message Content Intent at %s and start it again",
            _portal_page(settings),
        )
        return True
    except discord.LoginFailure:
        raise refused_token(settings) from None
    except discord.ConnectionClosed as error:
        if error.code == _AUTHENTICATION_FAILED:
            raise refused_token(settings) from None
        if settings.shard_count and error.code in {_INVALID_SHARD, _SHARDING_REQUIRED}:
            raise SettingsError(
                f"Discord refuses SHARD_COUNT={settings.shard_count}: set it, for all processes, "
                f"to the {client.recommended_shards} that it recommends, or to a multiple of that."
            ) from None
        raise
    return False
