"""Recolour: the image redrawn in the palette's colours only."""

from functools import partial
from typing import Any

import discord
from babel.numbers import format_decimal, format_percent
from discord import ui

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.control import Action, Control
from bot.reply.state import State
from bot.reply.uploads import ExistingAttachment, SentFile, Upload
from bot.workers.jobs import Redrawing, RedrawnImage

from .edit import editing
from .image import FoundImage, copy_in_reply, find_image
from .press import Press


async def recolor(press: Press) -> None:
    """Send the image before and after."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    image = await find_image(press)
    redrawn = await _redraw(press, image, dithered=False)
    words, spoiler = press.request.language.say("Before"), image.source.spoiler
    before = Upload.of_copy(redrawn.copy, press.number, words, spoiler=spoiler)
    view, after = _comparison(press, redrawn, before, dithered=False)
    await deliver(
        lambda: press.interaction.edit_original_response(
            view=view, attachments=[before.file(), after.file()]
        )
    )


async def dither(press: Press) -> None:
    """Redraw, with dithering."""
    await _redo(press, dithered=True)


async def plain(press: Press) -> None:
    """Redraw, without dithering."""
    await _redo(press, dithered=False)


async def _redo(press: Press, *, dithered: bool) -> None:
    async with editing(press) as current:
        before = copy_in_reply(current)
        redrawn = await _redraw(current, FoundImage.from_copy(before), dithered=dithered)
        view, after = _comparison(current, redrawn, before, dithered=dithered)
        await deliver(
            lambda: press.interaction.edit_original_response(
                view=view, attachments=[ExistingAttachment(before), after.file()]
            )
        )


async def _redraw(press: Press, image: FoundImage, *, dithered: bool) -> RedrawnImage:
    job = partial(
        Redrawing,
        palette=press.palette,
        dither=dithered,
        copy="same" if image.copy else "new",
    )
    return await press.services.process(image.source, job, tenant=press.request.tenant)


def _comparison(
    press: Press, redrawn: RedrawnImage, before: Upload | SentFile, *, dithered: bool
) -> tuple[ui.LayoutView, Upload]:
    """Return a message of both images, and the file of the new one."""
    language, spoiler = press.request.language, before.spoiler
    words = language.plural("In {count} colour", "In {count} colours", len(press.palette))
    after = Upload(f"redrawn-{press.number}.png", redrawn.image, words, spoiler=spoiler)
    action, label = (
        (Action.PLAIN, language.say("Without dithering"))
        if dithered
        else (Action.DITHER, language.say("With dithering"))
    )
    (custom_id,) = State(press.palette).ids([action], press.number, shares=False)
    button = Control(ui.Button[Any](label=label, custom_id=custom_id))
    view = ui.LayoutView(timeout=None)
    view.add_item(
        ui.Container[Any](
            ui.MediaGallery[Any](
                discord.MediaGalleryItem(
                    before.uri, description=language.say("Before"), spoiler=spoiler
                ),
                discord.MediaGalleryItem(after.uri, description=words, spoiler=spoiler),
            ),
            ui.TextDisplay[Any](_summary(redrawn, words, language)),
            ui.ActionRow[Any](button),
            accent_color=discord.Color.from_rgb(*press.palette.dominant.rgb),
            spoiler=spoiler,
        )
    )
    return view, after


def _summary(redrawn: RedrawnImage, title: str, language: Language) -> str:
    lines = [f"**{title}**", f"-# {_size_note(redrawn, language)}"]
    if redrawn.animated:
        lines.append("-# " + language.say("This is the first frame of the animation."))
    return "\n".join(lines)


def _size_note(redrawn: RedrawnImage, language: Language) -> str:
    """Compare the sizes as PNG files: other formats would be compared, not the colours."""
    before, after = redrawn.size_before, len(redrawn.image)
    change = round(after / before - 1, 2)
    sign = "\N{MINUS SIGN}" if change < 0 else "+"
    return language.say(
        "PNG size: {before} → {after} ({change})",
        before=_kilobytes(before, language),
        after=_kilobytes(after, language),
        change=sign + format_percent(abs(change), locale=language.code),
    )


def _kilobytes(size: int, language: Language) -> str:
    return f"{format_decimal(max(1, round(size / 1000)), locale=language.code)} kB"
