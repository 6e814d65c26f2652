"""The answer to a command, or to a choice in a menu: the palette of one image."""

import logging

import discord

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.message import Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry
from bot.requests.request import Request
from bot.services import Interaction
from bot.sources.errors import DeletedError
from bot.sources.source import Source
from palette import Order

from .pages import page_note, process_linked

_log = logging.getLogger(__name__)


def unseen_note(language: Language) -> str:
    """Return a line that says why an answer is private."""
    return language.say("-# Only you see this, because you can't post images here.")


async def acknowledge(
    interaction: Interaction, request: Request, *, private: bool = False, images: int = 1
) -> None:
    """Promise an answer, to everyone or to the asker alone; that cannot be changed later.

    Raises :class:`~bot.requests.cooldowns.CooldownError` before anything is promised.
    """
    await interaction.client.services.cooldowns.take(request, images)
    await defer(interaction, ephemeral=private, thinking=True)


async def answer(  # noqa: PLR0913, each is one choice, given by name
    interaction: Interaction,
    request: Request,
    source: Source,
    *,
    colors: int | None = None,
    order: Order | None = None,
    private: bool = False,
    shown_by: discord.Message | None = None,
    note: str = "",
) -> None:
    """Keep the promise, unless the message that shows the image is deleted in the meantime.

    ``note`` is a line above the palette. Raises :data:`~bot.errors.REFUSALS`.
    """
    services = interaction.client.services
    watch = services.deletions.watch(shown_by.id) if shown_by else None
    settings = request.settings
    options = Options(colors or settings.colors, settings.style, order=order or settings.order)
    language = request.answer_language(private=private)
    outcome, image = await process_linked(
        interaction, source, options.job(language, "new"), tenant=request.tenant
    )
    if watch and watch.is_gone:
        raise DeletedError
    notes = [note, page_note(image, language) if image.key != source.key else ""]
    parts = [*filter(None, notes), PaletteEntry(outcome, options, image)]
    reply = Reply(parts, Layout.of(request, private=private))
    await deliver(lambda: interaction.edit_original_response(view=reply, attachments=reply.files))
    waited = discord.utils.utcnow() - interaction.created_at
    _log.info("replied after %.1f s", waited.total_seconds())
