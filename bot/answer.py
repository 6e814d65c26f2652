"""The answer to a command, or to a choice in a menu: the palette of one image."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from palette import Order

from .delivery import deliver
from .language import Language, language_of
from .options import Options
from .reply import Part, Reply
from .sources import Source

if TYPE_CHECKING:
    import discord

    from .client import HueHarvest


async def acknowledge(
    interaction: "discord.Interaction[HueHarvest]", *, private: bool = False
) -> None:
    """Promise an answer, to everyone or to the asker alone: it cannot be changed later.

    Raises :class:`~bot.cooldown.CooldownError` before anything is promised.
    """
    interaction.client.cooldowns.take(
        interaction.user.id, interaction.guild_id, interaction.created_at
    )
    await interaction.response.defer(ephemeral=private, thinking=True)


async def reader_language(
    interaction: "discord.Interaction[HueHarvest]", *, private: bool
) -> Language:
    """Return the language of whoever sees the answer."""
    if private:
        return language_of(interaction.locale)
    settings = await interaction.client.guild_settings(interaction.guild_id)
    return settings.language_for(interaction.guild_locale or interaction.locale)


async def answer(  # noqa: PLR0913, each is one choice, given by name
    interaction: "discord.Interaction[HueHarvest]",
    source: Source,
    *,
    colors: int | None = None,
    order: Order | None = None,
    private: bool = False,
    remarks: Sequence[str] = (),
) -> None:
    """Keep the promise, with ``remarks`` above the palette.

    Raises :data:`~bot.errors.REFUSALS`.
    """
    client = interaction.client
    settings = await client.guild_settings(interaction.guild_id)
    options = Options(colors or settings.colors, order or settings.order)
    outcome = await client.harvest(
        source, options.job_with_copy, tenant=interaction.guild_id or interaction.user.id
    )
    reply = Reply(
        [*remarks, Part(outcome, options, source)],
        language=await reader_language(interaction, private=private),
        asker=interaction.user.id,
        # In direct messages nothing is forbidden.
        attach=interaction.guild_id is None or interaction.app_permissions.attach_files,
        show_source=settings.show_source,
    )
    await deliver(lambda: interaction.edit_original_response(view=reply, attachments=reply.files))
