"""Whether a posted message is for the bot, and whether somebody asked it to answer."""

import discord

from bot.guilds.guild_settings import GuildSettings, NotAllowedError
from bot.settings import Listen


def is_from_bot(message: discord.Message) -> bool:
    """Return whether a bot posted a message, and not as a webhook, as proxies for people do.

    Answers to interactions come through a webhook that has the id of the app, and what is posted in
    an announcement channel comes through one to the channels that follow it.
    """
    if message.webhook_id is None:
        return message.author.bot
    return (
        message.webhook_id == message.application_id
        or message.interaction_metadata is not None
        or message.flags.is_crossposted
    )


def is_question(message: discord.Message, bot: discord.ClientUser | None) -> bool:
    """Return whether a message without files can be a question about images.

    It is a reply whose text mentions the bot (Discord counts any reply to it as a mention), or what
    a person writes to it directly.
    """
    if message.guild is None:
        return not message.is_system()
    return (
        message.type is discord.MessageType.reply
        and bot is not None
        and bot.id in message.raw_mentions
    )


def is_asked(message: discord.Message, bot: discord.ClientUser | None) -> bool:
    """Return whether a message asks the bot for an answer: it mentions it or is sent to it."""
    return message.guild is None or bot in message.mentions


def is_wanted(message: discord.Message, settings: GuildSettings, *, asked: bool) -> bool:
    """Return whether a message may be answered where and by whom it is posted.

    Nobody knows which roles those have who are behind a webhook.
    """
    if message.webhook_id is not None and (settings.roles or not settings.proxied):
        return False
    try:
        settings.check_allowed(message.author)
    except NotAllowedError:
        return False
    match settings.listen:
        case Listen.EVERYWHERE:
            return asked or (
                settings.is_listening_in(message.channel) and not _is_media_post(message)
            )
        case Listen.MENTIONS:
            return asked
        case Listen.OFF:
            return False


def _is_media_post(message: discord.Message) -> bool:
    """Return whether a message begins a post in a media channel, which shows it as a thumbnail."""
    channel = message.channel
    return (
        isinstance(channel, discord.Thread)
        and message.id == channel.id
        and isinstance(channel.parent, discord.ForumChannel)
        and channel.parent.is_media()
    )
