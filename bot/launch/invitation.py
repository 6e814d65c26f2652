"""The links that add the bot, and what they need in the portal."""

import discord

from bot.settings import PORTAL, AccountSettings, SettingsError

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)


_TEXT = """\
For a server:
{server}

For one person, who takes the commands everywhere:
{user}

Switch on in the portal:
- Message Content Intent, unless LISTEN is mentions or off: {portal}/bot
- Guild Install and User Install, one for each link: {portal}/installation
"""


def invitation(application_id: int | None = None) -> str:
    """Return the links that add the bot, and what to switch on in the portal for them.

    The one for servers asks for exactly the permissions the bot needs. ``application_id`` is by
    default the one in the token. Raises :class:`SettingsError` if there is neither.
    """
    try:
        application_id = application_id or AccountSettings.load().application_id
    except SettingsError as error:
        raise SettingsError(f"{error} Or give the application's id with --id.") from None
    server = discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
    user = discord.utils.oauth_url(application_id, scopes=("applications.commands",))
    # Without the type, Discord asks, or takes the server's.
    return _TEXT.format(
        server=f"{server}&integration_type=0",
        user=f"{user}&integration_type=1",
        portal=f"{PORTAL}/{application_id}",
    )
