"""Recolour: the picture redrawn with nothing but the palette's colours."""

from functools import partial
from typing import Any

import discord
from babel.numbers import format_decimal
from discord import ui

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.uploads import Kept, Sent, Upload

from bot.reply.control import Control
from bot.workers.jobs import Redrawing, Redrawn
from .picture import Picture, copy_in, find_picture
from .press import Press
from bot.reply.state import State
from bot.reply.packing import pack


async def recolor(press: Press) -> None:
    """Send the picture before and after."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    picture = await find_picture(press)
    redrawn = await _redraw(press, picture, dithered=False)
    words, spoiler = press.language.say("Before"), picture.source.spoiler
    before = Upload.of_copy(redrawn.copy, press.number, words, spoiler=spoiler)
    view, after = _comparison(press, redrawn, before, dithered=False)
    await deliver(
        lambda: press.interaction.edit_original_response(
            view=view, attachments=[before.file(), after.file()]
        )
    )


async def dither(press: Press) -> None:
    """Redraw with mixtures of the colours."""
    await _redo(press, dithered=True)


async def plain(press: Press) -> None:
    """Redraw without mixtures."""
    await _redo(press, dithered=False)


async def _redo(press: Press, *, dithered: bool) -> None:
    await defer(press.interaction)
    async with press.services.edits.of(press.message.id):
        before = copy_in(press.message, press.number)
        redrawn = await _redraw(press, Picture.of_copy(before), dithered=dithered)
        view, after = _comparison(press, redrawn, before, dithered=dithered)
        await deliver(
            lambda: press.interaction.edit_original_response(
                view=view, attachments=[Kept(before), after.file()]
            )
        )


async def _redraw(press: Press, picture: Picture, *, dithered: bool) -> Redrawn:
    job = partial(
        Redrawing,
        swatches=pack(press.palette, shares=False),
        dither=dithered,
        copy="same" if picture.copy else "new",
    )
    return await press.services.process(picture.source, job, tenant=press.tenant)


def _comparison(
    press: Press, redrawn: Redrawn, before: Upload | Sent, *, dithered: bool
) -> tuple[ui.LayoutView, Upload]:
    """Return a message of both pictures, and the file of the new one."""
    language, spoiler = press.language, before.spoiler
    words = language.plural("In {count} colour", "In {count} colours", len(press.palette))
    after = Upload(f"redrawn-{press.number}.png", redrawn.picture, words, spoiler=spoiler)
    action, label = (
        ("plain", language.say("Without dithering"))
        if dithered
        else ("dither", language.say("With dithering"))
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
            ui.TextDisplay[Any](_told(redrawn, words, language)),
            ui.ActionRow[Any](button),
            accent_color=discord.Color.from_rgb(*press.palette.dominant.rgb),
            spoiler=spoiler,
        )
    )
    return view, after


def _told(redrawn: Redrawn, title: str, language: Language) -> str:
    before, after = redrawn.size_before, len(redrawn.picture)
    factor = round(max(before / after, after / before), 1)
    times = format_decimal(factor, "0.0", language.code)
    # The same format on both sides: else it would be formats that are compared.
    sizes = language.say(
        "As a PNG file, the image takes {before} before and {after} after:",
        before=_kilobytes(before, language),
        after=_kilobytes(after, language),
    )
    if factor == 1:
        compared = language.say("it is about the same.")
    elif before > after:
        compared = language.say("it is {times} times smaller.", times=times)
    else:
        compared = language.say("it is {times} times larger.", times=times)
    lines = [f"**{title}**", f"-# {sizes} {compared}"]
    if redrawn.animated:
        lines.append("-# " + language.say("This is the first frame of the animation."))
    return "\n".join(lines)


def _kilobytes(size: int, language: Language) -> str:
    return f"{format_decimal(max(1, round(size / 1000)), locale=language.code)} kB"
