"""``/palette``: the palette of an image, a link, a user or an emoji, or of the newest image."""

from typing import Any, cast

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from .answer import acknowledge, answer
from bot.errors import telling
from bot.sources.newest import newest_image
from bot.services import Client, Interaction
from bot.sources.errors import AmbiguousSourceError
from bot.sources.source import Source, from_attachment, from_emoji, from_link, from_user
from palette import MAX_COLORS, Order

# What Discord calls an image, and what else palette decodes. Discord takes no more than ten.
_FILE_TYPES = ["image", ".heic", ".heif", ".hif", ".tif", ".tiff", ".bmp", ".dib", ".jpe"]


def add_palette(tree: app_commands.CommandTree[Client]) -> None:
    """Add ``/palette``, for servers, direct messages and people who installed the app."""
    tree.add_command(
        _ImageCommand(
            name=locale_str("palette"),
            description=locale_str(
                "The colour palette of an image: without one, of the newest here"
            ),
            callback=_palette,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
    )


class _ImageCommand(app_commands.Command[Any, ..., None]):
    """A command to which Discord lets people attach images only; discord.py cannot say it yet."""

    async def get_translated_payload(
        self, tree: app_commands.CommandTree[Any], translator: app_commands.Translator
    ) -> dict[str, Any]:
        """Return what Discord is told of the command, in all languages."""
        return _for_images(await super().get_translated_payload(tree, translator))

    def to_dict(self, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
        """Return what Discord is told of the command, in English."""
        return _for_images(super().to_dict(tree))


def _for_images(command: dict[str, Any]) -> dict[str, Any]:
    for option in command["options"]:
        if option["type"] == discord.AppCommandOptionType.attachment.value:
            option["file_types"] = _FILE_TYPES
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
    link=locale_str("The address of an image on the web"),
    user=locale_str("Somebody whose avatar to look at"),
    emoji=locale_str("A custom emoji"),
    colors=locale_str("How many colours, at most"),
    order=locale_str("The order of the colours"),
    private=locale_str("Show it to you alone"),
)
@app_commands.choices(
    order=[
        Choice(name=locale_str("Shortest path"), value="path"),
        Choice(name=locale_str("Share"), value="share"),
        Choice(name=locale_str("Hue"), value="hue"),
        Choice(name=locale_str("Lightness"), value="lightness"),
    ]
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
    private: bool = False,
) -> None:
    async with telling(interaction):
        source = _given(image, link, user, emoji)
        await acknowledge(interaction, private=private)
        newest = None
        if source is None:
            source, newest = await newest_image(interaction)
        await answer(
            interaction,
            source,
            colors=colors,
            order=cast("Order | None", order),
            private=private,
            shown_by=newest,
            tell_where=True,
        )


def _given(
    image: discord.Attachment | None,
    link: str | None,
    user: discord.User | discord.Member | None,
    emoji: str | None,
) -> Source | None:
    """Return what was pointed at, if anything. Raises :class:`~bot.sources.errors.SourceError`."""
    sources = [
        *([from_attachment(image)] if image else []),
        *([from_link(link.strip().strip("<>"))] if link else []),
        *([from_user(user)] if user else []),
        *([from_emoji(emoji)] if emoji else []),
    ]
    if len(sources) > 1:
        raise AmbiguousSourceError
    return sources[0] if sources else None
