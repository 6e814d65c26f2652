"""``/palette-ignore-me``: turns unasked replies to somebody's images off and on, in all servers."""

from discord import app_commands
from discord.app_commands import locale_str

from bot.delivery import defer, deliver
from bot.language import language_of
from bot.services import Client, Interaction

from .tree import FOR_EVERYONE


def add_ignore_me(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/palette-ignore-me``, for servers, direct messages and people with the app."""

    @tree.command(
        name=locale_str("palette-ignore-me"),
        description=locale_str("Stop or resume my replies to the images you post, in all servers"),
        extras={FOR_EVERYONE: True},
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def ignore_me(interaction: Interaction) -> None:
        await defer(interaction, ephemeral=True)
        ignored = await interaction.client.services.ignored.toggle(interaction.user.id)
        say = language_of(interaction.locale).say
        sentence = (
            say(
                "From now on I ignore the images you post, in all servers, unless you mention me. "
                "Commands still work. To change this, use the same command again."
            )
            if ignored
            else say("I reply to the images you post again, wherever I reply to images.")
        )
        await deliver(lambda: interaction.edit_original_response(content=sentence))
