"""Check: what was measured of the palette, in words and as a drawing. Never that it is "safe"."""

from typing import Any

import discord
from discord import ui

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.uploads import Upload
from bot.workers.outputs import Checking
from palette import CheckLabels

from .findings import findings
from .press import Press


async def check(press: Press) -> None:
    """Send what was measured to the person who pressed."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    language = press.request.language
    job = Checking(press.palette, _labels(language))
    checked = await press.services.engine.run(job, tenant=press.request.tenant)
    shown = ui.Container[Any](accent_color=discord.Color.from_rgb(*press.palette.dominant.rgb))
    uploads: list[Upload] = []
    if press.request.can_attach:
        words = language.say(
            "The colours with and without a colour deficiency, samples of text in them, and the "
            "contrast of every pair"
        )
        card = Upload(f"check-{press.number}.png", checked.card, words)
        uploads.append(card)
        shown.add_item(ui.MediaGallery[Any](discord.MediaGalleryItem(card.uri, description=words)))
    for text in findings(checked.check, press.palette, language):
        shown.add_item(ui.TextDisplay[Any](text))
    view = ui.LayoutView(timeout=None)
    view.add_item(shown)
    await deliver(
        lambda: press.interaction.edit_original_response(
            view=view, attachments=[upload.file() for upload in uploads]
        )
    )


def _labels(language: Language) -> CheckLabels:
    return CheckLabels(
        language.say("Typical"),
        language.say("Protanopia"),
        language.say("Deuteranopia"),
        language.say("Tritanopia"),
        language.say("A line of text"),
    )
