"""Delete: a reply is taken away by those whom it concerns."""

from contextlib import suppress

import discord

from bot.delivery import DISCORD_ERRORS, defer, deliver
from bot.reply.control import NotTheirsError

from .press import Press

_STEPS = 2  # from the reply to what it answers, and to what that answers


async def delete(press: Press) -> None:
    """Delete the reply, also where the bot is no member and after any restart.

    It goes for who asked, for whose image it is, and for who manages messages. Raises
    :class:`NotTheirsError`.
    """
    await defer(press.interaction)
    if not press.can_delete and press.interaction.user.id not in await _owners(press.message):
        raise NotTheirsError
    with suppress(discord.NotFound):  # somebody was faster, or only Discord's answer was lost
        await deliver(press.interaction.delete_original_response)


async def _owners(reply: discord.Message) -> set[int]:
    """Return whose image it is: of the message, or the person, that the reply is about.

    If somebody asked by replying to a message, it may be that one's.
    """
    owners: set[int] = set()
    about = reply.interaction_metadata
    if about and about.target_user:
        owners.add(about.target_user.id)
    message_id = about and about.target_message_id
    if reply.reference:
        message_id = reply.reference.message_id
    for _ in range(_STEPS):
        if not message_id:
            break
        try:
            message = await reply.channel.fetch_message(message_id)
        except DISCORD_ERRORS:
            break  # deleted, or not to be seen: nobody more is known
        owners.add(message.author.id)
        message_id = message.reference and message.reference.message_id
    return owners
