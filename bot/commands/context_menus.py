"""Right-click → Apps → Palette, on a message and on a person."""

import discord
from discord import app_commands
from discord.app_commands import locale_str

from .answer import acknowledge, answer
from bot.delivery import respond
from bot.errors import telling
from bot.language import language_of
from bot.sources.message import images_in, why_none
from .picker import Picker
from bot.services import Client, Interaction
from bot.sources.source import from_user

NAME = locale_str("Palette")


def add_context_menus(tree: app_commands.CommandTree[Client]) -> None:
    """Add both, for servers, direct messages and people who installed the app."""

    @tree.context_menu(name=NAME)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def of_message(interaction: Interaction, message: discord.Message) -> None:
        async with telling(interaction):
            match images_in(message):
                case []:
                    raise why_none(message)
                case [image]:
                    await acknowledge(interaction)
                    await answer(interaction, image, shown_by=message)
                case images:
                    picker = Picker(images, language_of(interaction.locale))
                    await respond(
                        lambda: interaction.response.send_message(view=picker, ephemeral=True)
                    )

    @tree.context_menu(name=NAME)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def of_user(interaction: Interaction, user: discord.User | discord.Member) -> None:
        async with telling(interaction):
            await acknowledge(interaction)
            await answer(interaction, from_user(user))
