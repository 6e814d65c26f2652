"""Right-click → Apps → Palette, on a message and on a person."""

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.delivery import respond
from bot.errors import reporting_refusals
from bot.requests.places import can_show_images, is_visitor
from bot.services import Client, Interaction
from bot.sources.attachments import attached_files
from bot.sources.message import images_in, no_image_error
from bot.sources.source import from_user

from .answer import acknowledge, answer, unseen_note
from .picker import Picker

_NAME = locale_str("Palette")


def add_context_menus(tree: app_commands.CommandTree[Client]) -> None:
    """Add both, for servers, direct messages and people who installed the app."""

    @tree.context_menu(name=_NAME)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def of_message(interaction: Interaction, message: discord.Message) -> None:
        async with reporting_refusals(interaction):
            request = await interaction.client.services.request(interaction)
            # Discord could not show other files in a picker.
            match images_in(message) or attached_files(message)[:1]:
                case []:
                    raise no_image_error(message)
                case [image]:
                    private = is_visitor(interaction)
                    await acknowledge(interaction, request, private=private)
                    await answer(interaction, request, image, private=private, shown_by=message)
                case images:
                    picker = Picker(images, request.language)
                    await respond(
                        lambda: interaction.response.send_message(view=picker, ephemeral=True)
                    )

    @tree.context_menu(name=_NAME)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def of_user(interaction: Interaction, user: discord.User | discord.Member) -> None:
        async with reporting_refusals(interaction):
            request = await interaction.client.services.request(interaction)
            is_unseen = not can_show_images(interaction)
            note = unseen_note(request.language) if is_unseen else ""
            private = is_unseen or is_visitor(interaction)
            await acknowledge(interaction, request, private=private)
            await answer(interaction, request, from_user(user), private=private, note=note)
