"""The link that adds the bot to a server."""

import discord

from bot.settings import AccountSettings, SettingsError

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)


def invite_link(application_id: int | None = None) -> str:
    """Return the link that adds the bot to a server, with exactly the permissions it needs.

    ``application_id`` is by default the one in the token. Raises :class:`SettingsError` if there is
    neither.
    """
    try:
        application_id = application_id or AccountSettings.load().application_id
    except SettingsError as error:
        raise SettingsError(f"{error} Or give the application's id with --id.") from None
    return discord.utils.oauth_url(
        application_id,
        permissions=PERMISSIONS,
        scopes=("bot", "applications.commands"),
    )
