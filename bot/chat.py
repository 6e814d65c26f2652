"""Writing into a channel, as far as the bot may."""

import contextlib
import logging
from collections.abc import AsyncGenerator, Generator
from http import HTTPStatus

import aiohttp
import discord

from .delivery import deliver
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


@contextlib.asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncGenerator[None]:
    """Show that the bot is at work; when that fails, the work goes on."""
    async with contextlib.AsyncExitStack() as stack:
        with contextlib.suppress(discord.HTTPException, aiohttp.ClientError, OSError):
            await stack.enter_async_context(channel.typing())
        yield


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
