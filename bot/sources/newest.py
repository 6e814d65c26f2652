"""The newest image of a channel, for when none was given."""

import discord

from bot.delivery import deliver
from bot.language import Language

from .attachments import unmarked_files
from .errors import NoRecentImageError, UnreadableError
from .message import images_except_emoji, is_content_hidden, original_of
from .source import Source

MESSAGES_SEARCHED = 50


async def newest_image(
    interaction: discord.Interaction[discord.Client],
) -> tuple[Source, discord.Message]:
    """Return the newest image where a command was given, and the message it is in.

    The bot's own messages and emoji do not count, and a file of which nothing says that it is an
    image only if there is no other. Raises :class:`NoRecentImageError` or, if the bot may not see
    what is there, :class:`UnreadableError`.
    """
    client = interaction.client
    # Without the right to read the history, Discord returns an empty one; and the bot must not
    # show more than the asker can see.
    may = interaction.permissions & interaction.app_permissions
    if interaction.channel_id is None or (interaction.guild_id and not may.read_message_history):
        raise UnreadableError
    # Where only the asker installed the bot, it knows no channel.
    channel = client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
    try:
        messages = await deliver(lambda: _newest_messages(channel))
    except (discord.Forbidden, discord.NotFound):
        raise UnreadableError from None
    originals = map(original_of, messages)
    others = [message for message in originals if message.author != client.user]
    for find in (images_except_emoji, unmarked_files):
        for message in others:
            if images := find(message):
                return images[0], message
    if any(map(is_content_hidden, others)):
        raise UnreadableError
    raise NoRecentImageError(MESSAGES_SEARCHED)


async def _newest_messages(channel: discord.abc.Messageable) -> list[discord.Message]:
    return [message async for message in channel.history(limit=MESSAGES_SEARCHED)]


def newest_image_note(message: discord.Message, language: Language) -> str:
    """Return a line that says where the image is from; it mentions nobody."""
    name = discord.utils.escape_mentions(message.author.display_name)
    return language.say(
        "-# The [newest image]({link}) I can see here, by {name}.",
        link=message.jump_url,
        name=discord.utils.escape_markdown(name, ignore_links=False),
    )
