"""The newest image of a channel, for when none was given."""

import discord

from bot.services import Interaction

from bot.delivery import deliver
from bot.language import Language
from .message import is_emptied, pictures_in
from .errors import NoRecentImageError, UnreadableError
from .source import Source

MESSAGES = 50


async def newest_image(
    interaction: Interaction,
) -> tuple[Source, discord.Message]:
    """Return the newest image where a command was given, and the message it is in.

    The bot's own messages and emoji do not count. Raises :class:`NoRecentImageError` or, when the
    bot may not see what is there, :class:`UnreadableError`.
    """
    client = interaction.client
    # Where the history is forbidden, Discord shows the bot an empty one; nor may it show more than
    # the asker can see.
    may = interaction.permissions & interaction.app_permissions
    if interaction.channel_id is None or (interaction.guild_id and not may.read_message_history):
        raise UnreadableError
    # The bot may have been asked by somebody who brought it along, where it knows no channel.
    channel = client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    try:
        messages = await deliver(lambda: _newest_in(channel))
    except (discord.Forbidden, discord.NotFound):
        raise UnreadableError from None
    others = [message for message in messages if message.author != client.user]
    for message in others:
        if images := pictures_in(message):
            return images[0], message
    if any(map(is_emptied, others)):
        raise UnreadableError
    raise NoRecentImageError(MESSAGES)


async def _newest_in(channel: discord.abc.Messageable) -> list[discord.Message]:
    return [message async for message in channel.history(limit=MESSAGES)]


def told(message: discord.Message, language: Language) -> str:
    """Return a line that says where the image is from; nobody is notified of it."""
    name = discord.utils.escape_mentions(message.author.display_name)
    return language.say(
        "-# The [newest image]({link}) I can see here, by {name}.",
        link=message.jump_url,
        name=discord.utils.escape_markdown(name, ignore_links=False),
    )
