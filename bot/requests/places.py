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


def check_may_write(interaction: discord.Interaction[Any]) -> None:
    """Raise :class:`MayNotPostError` unless the asker may write there.

    Where they may not use the apps that they bring along for all to see, Discord would show the
    bot's message to them alone.
    """
    if interaction.guild_id is None:
        return
    may = interaction.permissions
    can_bring_along = may.use_external_apps or not is_visitor(interaction)
    if not (can_bring_along and _can_write(interaction, may)):
        raise MayNotPostError


def check_may_post(interaction: discord.Interaction[Any]) -> None:
    """Raise :class:`MayNotPostError` unless the asker could post images there."""
    check_may_write(interaction)
    if not can_show_images(interaction):
        raise MayNotPostError


def bot_can_write(interaction: discord.Interaction[discord.Client]) -> bool:
    """Return whether the bot itself can write there: as a member, or in its own direct messages."""
    if interaction.guild_id is None:
        return interaction.context.dm_channel
    is_member = interaction.client.get_guild(interaction.guild_id) is not None
    return is_member and _can_write(interaction, interaction.app_permissions)


def _can_write(interaction: discord.Interaction[Any], may: discord.Permissions) -> bool:
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.send_messages_in_threads if in_thread else may.send_messages
