"""What the bot may do in a channel, and writing there."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Generator
from http import HTTPStatus
from typing import TYPE_CHECKING

import discord

from bot.delivery import DISCORD_ERRORS, INTERACTION_LIFETIME, deliver
from bot.gate import GateClosedError
from bot.reply.message import Reply

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

# Discord's error codes for a message or thread that changed in the meantime.
_INVALID_FORM, _ARCHIVED = 50035, 50083
_FORBIDDEN = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

TYPING_DELAY = 1.0  # seconds; a reply that comes sooner needs no typing
TYPING_INTERVAL = 9.0  # seconds; Discord shows typing for ten
MAX_CONCURRENT_TYPING = 4  # requests at a time

_log = logging.getLogger(__name__)


def permissions_in(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do where a message is; threads have permissions of their own."""
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
    """Shows typing in channels where the bot is at work for more than a moment.

    The work neither waits for that nor fails with it.
    """

    def __init__(self) -> None:
        self._works: Counter[int] = Counter()
        self._shown: dict[int, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_TYPING)

    @contextlib.contextmanager
    def during(self, channel: "MessageableChannel") -> Generator[None]:
        """Show typing in a channel while the block runs."""
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
        await asyncio.sleep(TYPING_DELAY)
        with contextlib.suppress(*DISCORD_ERRORS):
            while True:
                async with self._slots:  # in a burst, requests are needed for replies
                    await channel.typing()
                await asyncio.sleep(TYPING_INTERVAL)


async def send_reply(
    message: discord.Message, reply: Reply, permissions: discord.Permissions, *, silent: bool
) -> discord.Message | None:
    """Reply to a message and return the reply, unless it is gone or Discord forbids it.

    A ``silent`` reply notifies nobody, and is dropped where another would wait for the gate.
    """
    channel, nonce = message.channel, message.id

    async def send() -> discord.Message:
        if permissions.read_message_history:
            reference = message.to_reference()
            return await channel.send(
                view=reply, files=reply.files, nonce=nonce, silent=silent, reference=reference
            )
        # Discord refuses a reference to a message that the bot could not read again.
        return await channel.send(view=reply, files=reply.files, nonce=nonce, silent=silent)

    with logging_refusals("reply", channel.id):
        sent = await deliver(send, patience=0 if silent else INTERACTION_LIFETIME)
        waited = discord.utils.utcnow() - message.created_at
        _log.info("replied after %.1f s", waited.total_seconds())
        return sent
    return None


@contextlib.contextmanager
def logging_refusals(what: str, channel_id: int) -> Generator[None]:
    """Only log why the bot could not do something in a channel."""
    try:
        yield
    except discord.HTTPException as error:
        is_gone = error.code == _INVALID_FORM and "message_reference" in error.text
        if not (is_gone or error.code == _ARCHIVED or error.status in _FORBIDDEN):
            raise
        _log.info("could not %s in channel %d: %s", what, channel_id, error.text)
    except GateClosedError as error:
        _log.info("could not %s in channel %d: %s", what, channel_id, error)
