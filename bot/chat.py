"""Writing into a channel, as far as the bot may."""

import asyncio
import contextlib
import logging
from collections.abc import Generator
from http import HTTPStatus

import discord

from .delivery import FAULTS, deliver
from .reply import Reply

# Discord's codes for what became of a message or its thread in the meantime.
_INVALID_FORM, _ARCHIVED = 50035, 50083
_FORBIDDEN = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}

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


@contextlib.contextmanager
def typing(channel: discord.abc.Messageable) -> Generator[None]:
    """Show that the bot is at work; the work waits neither for that nor for its failing."""
    shown = asyncio.create_task(_show_typing(channel))
    try:
        yield
    finally:
        shown.cancel()


async def _show_typing(channel: discord.abc.Messageable) -> None:
    # Once: it lasts ten seconds, and the channel's rate limit is better spent on replies.
    with contextlib.suppress(*FAULTS):
        await channel.typing()


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
