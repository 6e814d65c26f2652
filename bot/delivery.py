"""Reaching Discord in spite of faults that pass.

discord.py itself tries most server errors and rate limits again, for half a minute. It gives up at
once on a lost connection, on a 503 and on a rate limit of Discord's front, Cloudflare.
"""

import socket
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import discord
import stamina

DISCORD_ERRORS = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request to Discord may fail with."""

# Not any OSError: that a file is missing is nobody else's fault.
_NETWORK = (
    ConnectionError,
    TimeoutError,
    socket.gaierror,
    aiohttp.ClientError,
    discord.GatewayNotFound,
)

# Discord's code for an interaction that has its response already.
_ACKNOWLEDGED = 40060

T = TypeVar("T")


def is_transient(error: BaseException) -> bool:
    """Tell whether what failed may go well in a while, as it is: nobody said no to it."""
    if isinstance(error, discord.HTTPException):
        return (
            error.status == HTTPStatus.TOO_MANY_REQUESTS
            or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )
    return isinstance(error, _NETWORK)


async def deliver(send: Callable[[], Awaitable[T]]) -> T:
    """Return what ``send()`` does, which is called again for up to two minutes while it may pass.

    It has to make its files anew each time. When an answer of Discord's is lost, it is called
    although all went well: an edit, and a message with a ``nonce``, are there once nevertheless.
    """
    async for attempt in stamina.retry_context(
        on=is_transient, attempts=None, timeout=120, wait_initial=1, wait_max=20
    ):
        with attempt:
            return await send()
    raise AssertionError  # the last attempt has returned or raised


async def respond(send: Callable[[], Awaitable[object]]) -> None:
    """Deliver the first response to an interaction.

    When Discord's answer to it was lost, Discord refuses the next try: that is a success.
    """
    try:
        await deliver(send)
    except discord.HTTPException as error:
        if error.code != _ACKNOWLEDGED:
            raise


async def defer(
    interaction: discord.Interaction[Any], *, ephemeral: bool = False, thinking: bool = False
) -> None:
    """Promise a response to an interaction, like :meth:`discord.InteractionResponse.defer`."""
    response = interaction.response
    await respond(lambda: response.defer(ephemeral=ephemeral, thinking=thinking))
    if not response.is_done():
        kind = discord.InteractionResponseType.deferred_channel_message
        if interaction.type is not discord.InteractionType.application_command and not thinking:
            kind = discord.InteractionResponseType.deferred_message_update
        # discord.py sets it at an answer only, and has no public way to.
        response._response_type = kind  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
