"""Servers that only this machine can reach."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from yarl import URL

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def listening(
    handle: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncGenerator[URL]:
    """Have every request to an address handled; yield the address."""
    application = web.Application(client_max_size=2**25)
    application.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(application, shutdown_timeout=0, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    yield URL.build(scheme="http", host=LOOPBACK, port=runner.addresses[0][1])
    await runner.cleanup()
