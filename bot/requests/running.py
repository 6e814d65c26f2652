"""The work that is under way, which a stop waits for."""

import asyncio
import logging
from typing import Any

import discord
from discord import app_commands
from structlog.contextvars import bind_contextvars

from bot import metrics

_log = logging.getLogger(__name__)


class StoppingError(app_commands.CheckFailure):
    """The bot is shutting down and accepts nothing new."""


class Running:
    """The tasks that answer somebody; ``len`` is how many there are."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopping = False

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def is_stopping(self) -> bool:
        """Whether nothing new is accepted."""
        return self._stopping

    def begin(self, event: discord.Message | discord.Interaction[Any]) -> None:
        """Register the current task, and log under the ids of ``event`` from now on.

        Raises :class:`StoppingError` once the bot is shutting down.
        """
        bind_contextvars(**_ids(event))
        if self._stopping:
            raise StoppingError
        if task := asyncio.current_task():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            kind = _kind(event)
            metrics.REQUESTS[kind] += 1
            task.add_done_callback(lambda _: metrics.ANSWERS[kind].add(_age(event)))

    async def finish(self, seconds: float) -> None:
        """Accept nothing new, and wait up to ``seconds`` for the other tasks to end."""
        self._stopping = True
        running = self._tasks - {asyncio.current_task()}
        if running:
            _log.info("finishing %d replies", len(running))
            _, unfinished = await asyncio.wait(running, timeout=seconds)
            if unfinished:
                _log.warning("gave up on %d replies", len(unfinished))


def _ids(event: discord.Message | discord.Interaction[Any]) -> dict[str, int | None]:
    """Return the ids of an event and of where it happened."""
    if isinstance(event, discord.Interaction):
        return {"guild": event.guild_id, "channel": event.channel_id, "interaction": event.id}
    guild = event.guild.id if event.guild else None
    return {"guild": guild, "channel": event.channel.id, "message": event.id}


def _kind(event: discord.Message | discord.Interaction[Any]) -> str:
    """Return which of :data:`bot.metrics.REQUEST_KINDS` an event is."""
    if isinstance(event, discord.Message):
        return "post"
    match event.type:
        case discord.InteractionType.application_command:
            return "command"
        case discord.InteractionType.modal_submit:
            return "form"
        case _:
            return "press"


def _age(event: discord.Message | discord.Interaction[Any]) -> float:
    """Return how many seconds ago Discord gave an event its id; clocks differ a little."""
    return max(0.0, (discord.utils.utcnow() - event.created_at).total_seconds())
