"""The answer to a command, or to a choice in a menu: the palette of one image."""

import logging

import discord

from bot.services import Interaction
from palette import Order

from bot.delivery import defer, deliver
from bot.language import language_of
from bot.sources.newest import told
from bot.reply.options import Options
from bot.reply.panel import Part
from bot.reply.message import Reply
from bot.sources.errors import DeletedError
from bot.sources.source import Source
from bot.reply.uploads import may_attach

_log = logging.getLogger(__name__)


async def acknowledge(interaction: Interaction, *, private: bool = False) -> None:
    """Promise an answer, to everyone or to the asker alone: it cannot be changed later.

    Raises :class:`~bot.requests.cooldowns.CooldownError` before anything is promised.
    """
    interaction.client.services.cooldowns.take(
        interaction.user.id, interaction.guild_id, interaction.created_at
    )
    await defer(interaction, ephemeral=private, thinking=True)


async def answer(  # noqa: PLR0913, each is one choice, given by name
    interaction: Interaction,
    source: Source,
    *,
    colors: int | None = None,
    order: Order | None = None,
    private: bool = False,
    shown_by: discord.Message | None = None,
    tell_where: bool = False,
) -> None:
    """Keep the promise, unless the message that shows the image is deleted meanwhile.

    ``tell_where`` names this message, for when nobody pointed at it. Raises
    :data:`~bot.errors.REFUSALS`.
    """
    services = interaction.client.services
    watch = services.deletions.watch(shown_by.id) if shown_by else None
    settings = await services.guild_settings(interaction.guild_id)
    options = Options(colors or settings.colors, order or settings.order)
    outcome = await services.process(
        source, options.job_with_copy, tenant=interaction.guild_id or interaction.user.id
    )
    if private:
        language = language_of(interaction.locale)
    else:
        language = settings.language_for(interaction.guild_locale or interaction.locale)
    if watch and watch.is_gone:
        raise DeletedError
    remarks = [told(shown_by, language)] if shown_by and tell_where else []
    reply = Reply(
        [*remarks, Part(outcome, options, source)],
        language=language,
        asker=interaction.user.id,
        attach=may_attach(interaction),
        show_source=settings.show_source,
    )
    await deliver(lambda: interaction.edit_original_response(view=reply, attachments=reply.files))
    waited = discord.utils.utcnow() - interaction.created_at
    _log.info("replied after %.1f s", waited.total_seconds())
