"""The pages that say how the bot is: ``/metrics``, ``/healthz`` and ``/readyz``.

They are served by the bot's own event loop: if it hangs, so does the answer, which is what the
question was about.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.aiohttp import make_aiohttp_handler

from bot import metrics
from bot.settings import Settings, SettingsError

from .collector import BotCollector
from .health import Health

_LAG_INTERVAL = 1.0  # seconds
_SHUTDOWN_TIME = 1.0  # seconds for an answer that is under way


@asynccontextmanager
async def monitoring(settings: Settings) -> AsyncGenerator[Health]:
    """Serve the pages; yield what judges the clients that it is given.

    Raises :class:`~bot.settings.SettingsError` if the port cannot be had.
    """
    health = Health()
    registry = CollectorRegistry()
    registry.register(BotCollector(health))
    ProcessCollector(registry=registry)
    application = web.Application()
    application.router.add_get("/metrics", make_aiohttp_handler(registry))
    application.router.add_get("/healthz", _page(health.why_dead))
    application.router.add_get("/readyz", _page(health.why_unready))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_TIME)
    await runner.setup()
    measuring = asyncio.create_task(_measure_lag())
    try:
        await _listen(runner, settings)
        yield health
    finally:
        measuring.cancel()
        health.stop()
        await runner.cleanup()


def _page(
    find_problem: Callable[[], str | None],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(_: web.Request) -> web.Response:
        problem = find_problem()
        return web.Response(status=503 if problem else 200, text=f"{problem or 'ok'}\n")

    return answer


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    host, port = settings.metrics_host, settings.metrics_port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        # Before the reason, asyncio tells the address again.
        reason = str(error.strerror).rpartition(": ")[2]
        raise SettingsError(f"METRICS_PORT cannot be opened, {port} at {host}: {reason}.") from None


async def _measure_lag() -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + _LAG_INTERVAL
        await asyncio.sleep(_LAG_INTERVAL)
        metrics.LOOP_LAG.add(max(0.0, clock() - due))
