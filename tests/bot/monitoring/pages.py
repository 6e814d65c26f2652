"""Asking a bot how it is, over HTTP."""

import asyncio
import socket
from collections.abc import Callable
from typing import NamedTuple

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.bot.loopback import LOOPBACK


class Answer(NamedTuple):
    """The status and the text of a page."""

    status: int
    text: str


def free_port() -> int:
    """Return a port that nobody listens at, for now."""
    with socket.socket() as listening:
        listening.bind((LOOPBACK, 0))
        return listening.getsockname()[1]


async def ask(port: int, path: str, method: str = "GET") -> Answer:
    """Return what a page says. Raises :class:`aiohttp.ClientError` if nobody listens."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"http://{LOOPBACK}:{port}{path}") as response,
    ):
        return Answer(response.status, (await response.text()).strip())


async def ask_until(port: int, path: str, condition: Callable[[Answer], bool]) -> Answer:
    """Return the first answer that meets a condition."""
    async with asyncio.timeout(20):
        while not condition(answer := await ask(port, path)):  # noqa: ASYNC110, it is no event here
            await asyncio.sleep(0.05)
    return answer


def samples(page: str) -> dict[tuple[str, ...], float]:
    """Return the values of all metrics by their names and the values of their labels."""
    return {
        (sample.name.removeprefix("hueharvest_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }
