"""``/palette``: the palette of an image, a link, a user or an emoji, or of the newest image."""

from typing import Any, cast

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.errors import reporting_refusals
from bot.reply.options import ORDER_LABELS
from bot.requests.places import can_show_images, is_visitor
from bot.services import Client, Interaction
from bot.sources.errors import AmbiguousSourceError
from bot.sources.link import from_text
from bot.sources.newest import newest_image, newest_image_note
from bot.sources.source import IMAGE_FILE_TYPES, Source, from_attachment, from_emoji, from_user
from palette import MAX_COLORS, Order

from .answer import acknowledge, answer, unseen_note


def add_palette(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/palette``, for servers, direct messages and people who installed the app."""
    tree.add_command(
        _ImageCommand(
            name=locale_str("palette"),
            description=locale_str(
                "Get an image's colour palette (leave empty for the newest image here)"
            ),
            callback=_palette,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
    )


class _ImageCommand(app_commands.Command[Any, ..., None]):
    """A command whose attachments must be images; discord.py has no way to say so yet."""

    async def get_translated_payload(
        self, tree: app_commands.CommandTree[Any], translator: app_commands.Translator
    ) -> dict[str, Any]:
        """Return the command as Discord receives it, in all languages."""
        return _for_images(await super().get_translated_payload(tree, translator))

    def to_dict(self, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
        """Return the command as Discord receives it, in English."""
        return _for_images(super().to_dict(tree))


def _for_images(command: dict[str, Any]) -> dict[str, Any]:
    for option in command["options"]:
        if option["type"] == discord.AppCommandOptionType.attachment.value:
            option["file_types"] = IMAGE_FILE_TYPES
    return command


@app_commands.rename(
    image=locale_str("image"),
    link=locale_str("link"),
    user=locale_str("user"),
    emoji=locale_str("emoji"),
    colors=locale_str("colors"),
    order=locale_str("order"),
    private=locale_str("private"),
)
@app_commands.describe(
    image=locale_str("The image to take the colours from"),
    link=locale_str("A link to an image on the web"),
    user=locale_str("Someone whose avatar to use"),
    emoji=locale_str("A custom emoji"),
    colors=locale_str("How many colours to look for"),
    order=locale_str("The order of the colours"),
    private=locale_str("Only you see the answer"),
)
@app_commands.choices(
    order=[Choice(name=locale_str(label), value=order) for order, label in ORDER_LABELS.items()]
)
async def _palette(  # noqa: PLR0913, these are the options people see
    interaction: Interaction,
    *,
    image: discord.Attachment | None = None,
    link: str | None = None,
    user: discord.User | None = None,
    emoji: str | None = None,
    colors: app_commands.Range[int, 1, MAX_COLORS] | None = None,
    order: str | None = None,
    private: bool | None = None,
) -> None:
    async with reporting_refusals(interaction):
        source = _chosen_source(image, link, user, emoji)
        request = await interaction.client.services.request(interaction)
        note, newest = "", None
        private = is_visitor(interaction) if private is None else private
        if source and not private and not can_show_images(interaction):
            private, note = True, unseen_note(request.language)
        await acknowledge(interaction, request, private=private)
        if source is None:
            source, newest = await newest_image(interaction)
            note = newest_image_note(newest, request.answer_language(private=private))
        await answer(
            interaction,
            request,
            source,
            colors=colors,
            order=cast("Order | None", order),
            private=private,
            shown_by=newest,
            note=note,
        )


def _chosen_source(
    image: discord.Attachment | None,
    link: str | None,
    user: discord.User | discord.Member | None,
    emoji: str | None,
) -> Source | None:
    """Return what was pointed at, if anything.

    Raises :class:`~bot.sources.errors.SourceError`.
    """
    sources = [
        *([from_attachment(image)] if image else []),
        *([from_text(link)] if link else []),
        *([from_user(user)] if user else []),
        *([from_emoji(emoji)] if emoji else []),
    ]
    if len(sources) > 1:
        raise AmbiguousSourceError
    return sources[0] if sources else None
