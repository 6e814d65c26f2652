"""Reaching Discord in spite of faults that pass.

discord.py itself tries most server errors and rate limits again, for half a minute. It gives up at
once on a lost connection, on a 503 and on a rate limit of Discord's front, Cloudflare.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

import aiohttp
import discord
import stamina

T = TypeVar("T")


def may_pass(error: Exception) -> bool:
    """Tell whether what failed may go well in a while, as it is: nobody said no to it."""
    if isinstance(error, discord.HTTPException):
        return (
            error.status == HTTPStatus.TOO_MANY_REQUESTS
            or error.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )
    return isinstance(error, OSError | aiohttp.ClientError | discord.GatewayNotFound)


async def deliver(send: Callable[[], Awaitable[T]]) -> T:
    """Return what ``send()`` does, which is called again for up to two minutes while it may pass.

    It has to make its files anew each time. When an answer of Discord's is lost, it is called
    although all went well: an edit, and a message with a ``nonce``, are there once nevertheless.
    """
    async for attempt in stamina.retry_context(
        on=may_pass, attempts=None, timeout=120, wait_initial=1, wait_max=20
    ):
        with attempt:
            return await send()
    raise AssertionError  # the last attempt has returned or raised
