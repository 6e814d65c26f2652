"""``/palette``: the palette of an image given to the command."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.errors import REFUSALS, tell
from bot.language import language_of
from bot.options import Options
from bot.reply import Part, Reply
from bot.sources import Source
from palette import MAX_COLORS

if TYPE_CHECKING:
    from bot.client import HueHarvest


def add_palette(tree: "app_commands.CommandTree[HueHarvest]") -> None:
    """Add ``/palette``, for servers, direct messages and people who installed the app."""

    @tree.command(description="The colour palette of an image")
    @app_commands.describe(
        image="The image to take the colours from", colors="How many colours, at most"
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def palette(
        interaction: "discord.Interaction[HueHarvest]",
        image: discord.Attachment,
        colors: app_commands.Range[int, 1, MAX_COLORS] | None = None,
    ) -> None:
        await interaction.response.defer()
        client = interaction.client
        tenant = interaction.guild_id or interaction.user.id
        source = Source(image.url, spoiler=image.is_spoiler())
        options = Options(colors or client.settings.colors)
        try:
            outcome = await client.harvest(source, options.job_with_copy, tenant=tenant)
        except REFUSALS as error:
            await tell(interaction, error)
            return
        # In direct messages nothing is forbidden.
        attach = interaction.guild_id is None or interaction.app_permissions.attach_files
        reply = Reply(
            [Part(outcome, options, source)],
            language=language_of(interaction.guild_locale or interaction.locale),
            asker=interaction.user.id,
            attach=attach,
        )
        await interaction.edit_original_response(view=reply, attachments=reply.files)
