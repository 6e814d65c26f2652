"""Reaching Discord despite transient faults.

discord.py retries most server errors and rate limits for half a minute, but gives up at once on a
lost connection, on a 503 and on a rate limit by Cloudflare, which stands in front of Discord and
closes the gate (:mod:`bot.gate`).
"""

import asyncio
import random
import socket
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import discord
import stamina

from .gate import GateClosedError

DISCORD_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request to Discord may raise."""

# The first is a proxy's, if Discord does not answer it in time.
_TRANSIENT_STATUSES = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}

# Not every OSError: a missing file, for one, is not the network's fault.
_NETWORK_ERRORS = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    aiohttp.ClientError,
    discord.GatewayNotFound,
)

INTERACTION_LIFETIME = 15 * 60.0  # seconds in which Discord takes an answer to one
_FIRST_RESPONSE_TIME = 3.0  # seconds in which it takes the first

# Discord's error code for an interaction that already has its response.
_ALREADY_ACKNOWLEDGED = 40060

T = TypeVar("T")


def is_transient(error: BaseException) -> bool:
    """Return whether the same request may succeed in a while: it failed but was not refused."""
    if isinstance(error, discord.HTTPException):
        if error.status == HTTPStatus.NOT_IMPLEMENTED:  # by a proxy that does not know the request
            return False
        return (
            error.status in _TRANSIENT_STATUSES or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )
    return isinstance(error, _NETWORK_ERRORS)


async def deliver(send: Callable[[], Awaitable[T]], *, patience: float = INTERACTION_LIFETIME) -> T:
    """Return the result of ``send()``, retrying transient faults for up to two minutes.

    While the gate is closed, wait until it opens, and begin anew. If that is more than ``patience``
    seconds from now, raise :class:`~bot.gate.GateClosedError`.

    ``send`` must be idempotent, because Discord's answer to a request that succeeded may be lost:
    an edit is, and so is a message with a ``nonce``. It must build its files on each call.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            return await _retry(send)
        except GateClosedError as closed:
            if time.monotonic() + closed.seconds > deadline:
                raise
            # Not all at once when it opens.
            await asyncio.sleep(closed.seconds * random.uniform(1, 1.1))  # noqa: S311, no secret


async def _retry(send: Callable[[], Awaitable[T]]) -> T:
    async for attempt in stamina.retry_context(
        on=lambda error: is_transient(error) and not isinstance(error, GateClosedError),
        attempts=None,
        timeout=120,
        wait_initial=1,
        wait_max=20,
    ):
        with attempt:
            return await send()
    raise AssertionError  # the last attempt has either returned or raised


async def respond(send: Callable[[], Awaitable[object]]) -> None:
    """Deliver the first response to an interaction.

    If only Discord's answer was lost, Discord refuses the retry, which counts as success.
    """
    try:
        await deliver(send, patience=_FIRST_RESPONSE_TIME)
    except discord.HTTPException as error:
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise


async def defer(
    interaction: discord.Interaction[Any], *, ephemeral: bool = False, thinking: bool = False
) -> None:
    """Defer the response to an interaction, even if Discord's answer to that is lost.

    See :meth:`discord.InteractionResponse.defer`.
    """
    response = interaction.response
    await respond(lambda: response.defer(ephemeral=ephemeral, thinking=thinking))
    if not response.is_done():
        kind = discord.InteractionResponseType.deferred_channel_message
        if interaction.type is not discord.InteractionType.application_command and not thinking:
            kind = discord.InteractionResponseType.deferred_message_update
        # discord.py sets this only when it gets Discord's answer, and offers no public way to.
        response._response_type = kind  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
