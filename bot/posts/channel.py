"""Writing into a channel, as far as the bot may."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Generator
from http import HTTPStatus
from typing import TYPE_CHECKING

import discord

from bot.delivery import FAULTS, deliver
from bot.reply.message import Reply

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

# Discord's codes for what became of a message or its thread in the meantime.
_INVALID_FORM, _ARCHIVED = 50035, 50083
_FORBIDDEN = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

MOMENT = 1.0  # seconds without a sign that nobody minds
LASTS = 9.0  # seconds that Discord shows typing, less one for the next request
AT_A_TIME = 4  # channels that typing is requested for

_log = logging.getLogger(__name__)


def permissions_in(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do where a message is; a thread has a permission of its own."""
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return discord.Permissions(send_messages=True, attach_files=True, read_message_history=True)
    permissions = channel.permissions_for(message.guild.me)
    if isinstance(channel, discord.Thread):
        permissions.send_messages = permissions.send_messages_in_threads and (
            permissions.manage_threads or not channel.locked
        )
    return permissions


class Typing:
    """Shows in a channel that the bot is at work there, where that takes more than a moment.

    The work waits neither for that nor for its failing.
    """

    def __init__(self) -> None:
        self._works: Counter[int] = Counter()
        self._shown: dict[int, asyncio.Task[None]] = {}
        self._few = asyncio.Semaphore(AT_A_TIME)

    @contextlib.contextmanager
    def during(self, channel: "MessageableChannel") -> Generator[None]:
        """Be at work in a channel as long as the block lasts."""
        self._works[channel.id] += 1
        if channel.id not in self._shown:
            self._shown[channel.id] = asyncio.create_task(self._show(channel))
        try:
            yield
        finally:
            self._works[channel.id] -= 1
            if not self._works[channel.id]:
                del self._works[channel.id]
                self._shown.pop(channel.id).cancel()

    async def _show(self, channel: "MessageableChannel") -> None:
        await asyncio.sleep(MOMENT)
        with contextlib.suppress(*FAULTS):
            while True:
                async with self._few:  # what a burst needs requests for are its replies
                    await channel.typing()
                await asyncio.sleep(LASTS)


async def send_reply(
    message: discord.Message, reply: Reply, permissions: discord.Permissions
) -> None:
    """Reply to a message, unless it is gone or Discord forbids it."""
    channel, nonce = message.channel, message.id

    async def send() -> discord.Message:
        if permissions.read_message_history:
            reference = message.to_reference()
            return await channel.send(
                view=reply, files=reply.files, nonce=nonce, reference=reference
            )
        # Discord refuses a reference to what the bot could not read again.
        return await channel.send(view=reply, files=reply.files, nonce=nonce)

    with _silence(message):
        await deliver(send)
        waited = discord.utils.utcnow() - message.created_at
        _log.info("replied after %.1f s", waited.total_seconds())


@contextlib.contextmanager
def _silence(message: discord.Message) -> Generator[None]:
    """Say in the log alone why there is no reply."""
    try:
        yield
    except discord.HTTPException as error:
        gone = error.code == _INVALID_FORM and "message_reference" in error.text
        if not (gone or error.code == _ARCHIVED or error.status in _FORBIDDEN):
            raise
        _log.info("could not reply in channel %d: %s", message.channel.id, error.text)
