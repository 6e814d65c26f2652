"""A bot that answers only when asked."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager

import pytest_asyncio

from bot.settings import Listen
from tests.bot.world import World


@pytest_asyncio.fixture(loop_scope="session")
async def quiet(
    open_world: Callable[..., AbstractAsyncContextManager[World]],
) -> AsyncGenerator[World]:
    """Open a world where the bot can read all messages, but answers only when it is mentioned."""
    async with open_world(listen=Listen.MENTIONS) as world:
        yield world
