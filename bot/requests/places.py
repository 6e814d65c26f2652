"""What somebody may do in the place where they use the bot."""

from typing import Any

import discord


class MayNotPostError(Exception):
    """Somebody would have the bot post what they may not post there themselves."""


def is_visitor(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the bot is in a server only because somebody brought it along.

    Nobody there has asked for it: it answers in private unless it is told otherwise.
    """
    is_at_home = interaction.guild_id is None or interaction.is_guild_integration()
    return interaction.is_user_integration() and not is_at_home


def can_show_images(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the asker could show everyone an image there, without the bot."""
    may = interaction.permissions
    return interaction.guild_id is None or (may.attach_files and may.embed_links)


def check_may_post(interaction: discord.Interaction[Any]) -> None:
    """Raise :class:`MayNotPostError` unless the asker could post images there.

    Where they may not use the apps that they bring along for all to see, Discord would show the
    bot's message to them alone.
    """
    if interaction.guild_id is None:
        return
    may = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    can_write = may.send_messages_in_threads if in_thread else may.send_messages
    can_bring_along = may.use_external_apps or not is_visitor(interaction)
    if not (can_write and can_bring_along and can_show_images(interaction)):
        raise MayNotPostError
