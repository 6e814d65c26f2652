"""The private question of which image in a message is meant.

It shows the images, so it can be answered without anything else: after a restart too, and where the
bot cannot read the message again.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self, cast

import discord
from discord import ui
from discord.components import MediaGalleryComponent

from bot.errors import reporting_errors
from bot.language import Language
from bot.requests.places import is_visitor
from bot.sources.message import truncation_note
from bot.sources.source import Source, from_link
from bot.ui import MAX_GALLERY_ITEMS, MAX_OPTION_LABEL, MAX_OPTIONS

from .answer import acknowledge, answer


class Picker(ui.LayoutView):
    """The question, to be sent to one person alone."""

    def __init__(self, images: Sequence[Source], language: Language) -> None:
        super().__init__(timeout=None)
        shown = images[:MAX_OPTIONS]
        menu = ui.Select[Any](
            custom_id="image",
            placeholder=language.say("Which image?"),
            options=[
                discord.SelectOption(
                    label=f"{number}. {image.name or language.say(image.kind)}"[:MAX_OPTION_LABEL],
                    value=str(number),
                    description=language.say(image.kind),
                )
                for number, image in enumerate(shown, start=1)
            ],
        )
        for start in range(0, len(shown), MAX_GALLERY_ITEMS):
            self.add_item(
                ui.MediaGallery[Any](
                    *(
                        discord.MediaGalleryItem(image.url, spoiler=image.spoiler)
                        for image in shown[start : start + MAX_GALLERY_ITEMS]
                    )
                )
            )
        if len(images) > len(shown):
            self.add_item(ui.TextDisplay[Any](truncation_note(len(shown), len(images), language)))
        self.add_item(ui.ActionRow[Any](ImageMenu(menu)))


class ImageMenu(ui.DynamicItem[ui.Select[Any]], template="image"):
    """The menu, wherever and whenever it was sent."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the menu that was used."""
        del interaction, match
        return cls(cast("ui.Select[Any]", item))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer with the palette of the image that was chosen."""
        async with reporting_errors(interaction):
            request = await interaction.client.services.begin_if_allowed(interaction)
            private = is_visitor(interaction)
            await acknowledge(interaction, request, private=private)
            source = _chosen(interaction.message, int(self.item.values[0]))
            await answer(interaction, request, source, private=private)


def _chosen(message: discord.Message | None, number: int) -> Source:
    """Return the image of that number in a message that asks the question."""
    galleries = message.components if message else []
    items = [
        item
        for gallery in galleries
        if isinstance(gallery, MediaGalleryComponent)
        for item in gallery.items
    ]
    chosen = items[number - 1]
    return replace(from_link(chosen.media.url, chosen.media.proxy_url), spoiler=chosen.spoiler)
