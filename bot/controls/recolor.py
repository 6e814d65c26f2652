"""Recolour: the image redrawn in the palette's colours only."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import discord
from babel.numbers import format_decimal, format_percent
from discord import ui

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.control import Action, Control
from bot.reply.existing import panel_in
from bot.reply.state import State
from bot.reply.uploads import ExistingAttachment, SentFile, Upload
from bot.workers.outputs import Redrawing, RedrawnImage

from .edit import editing
from .image import FoundImage, copy_in_reply, find_image
from .press import Press

_MIN_SAVED = 0.05  # of the size, from which on it is worth mentioning


async def recolor(press: Press) -> None:
    """Send the image before and after."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    image = await find_image(press)
    redrawn = await _redraw(press, image, dithered=False)
    words, spoiler = press.request.language.say("Before"), image.source.spoiler
    before = Upload.of_copy(redrawn.copy, press.number, words, spoiler=spoiler)
    accent = discord.Color.from_rgb(*press.palette.dominant.rgb)
    view, after = _comparison(press, redrawn, before, accent, dithered=False)
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
        _, shown = panel_in(current.message, current.number)
        # The state has no shares, which say what is dominant.
        view, after = _comparison(current, redrawn, before, shown.accent_color, dithered=dithered)
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
    press: Press,
    redrawn: RedrawnImage,
    before: Upload | SentFile,
    accent: discord.Color | int | None,
    *,
    dithered: bool,
) -> tuple[ui.LayoutView, Upload]:
    """Return a message of both images, and the file of the new one."""
    language = press.request.language
    words = language.plural("In {count} colour", "In {count} colours", len(press.palette))
    name = f"redrawn-{press.number}.png"
    after = Upload(name, redrawn.image, words, spoiler=before.spoiler)
    shown = ui.Container[Any](
        *_titled(language.say("Before"), before),
        *_titled(words, after, *_notes(redrawn, language)),
        accent_color=accent,
        spoiler=before.spoiler,
    )
    if redrawn.is_ditherable:
        shown.add_item(ui.ActionRow[Any](_dithering_button(press, dithered=dithered)))
    view = ui.LayoutView(timeout=None)
    view.add_item(shown)
    return view, after


def _titled(title: str, image: Upload | SentFile, *notes: str) -> Iterator[ui.Item[Any]]:
    """Yield a title with notes, and the image in a gallery of its own: Discord crops neighbours."""
    yield ui.TextDisplay[Any]("\n".join([f"**{title}**", *(f"-# {note}" for note in notes)]))
    yield ui.MediaGallery[Any](
        discord.MediaGalleryItem(image.uri, description=title, spoiler=image.spoiler)
    )


def _dithering_button(press: Press, *, dithered: bool) -> Control:
    say = press.request.language.say
    action, label = (
        (Action.PLAIN, say("Without dithering"))
        if dithered
        else (Action.DITHER, say("With dithering"))
    )
    (custom_id,) = State(press.palette).ids([action], press.number, shares=False)
    return Control(ui.Button[Any](label=label, custom_id=custom_id))


def _notes(redrawn: RedrawnImage, language: Language) -> Iterator[str]:
    if note := _size_note(redrawn, language):
        yield note
    if redrawn.animated:
        yield language.say("This is the first frame of the animation.")


def _size_note(redrawn: RedrawnImage, language: Language) -> str | None:
    """Compare the sizes as PNG files, if the new one is smaller by more than a trifle.

    The image itself may be of another format: formats would be compared, not the colours.
    """
    sizes = redrawn.size_before, len(redrawn.image)
    before, after = (_kilobytes(size, language) for size in sizes)
    saved = 1 - sizes[1] / sizes[0]
    if saved < _MIN_SAVED or before == after:
        return None
    return language.say(
        "PNG size: {before} → {after} ({change})",
        before=before,
        after=after,
        change="\N{MINUS SIGN}" + format_percent(round(saved, 2), locale=language.code),
    )


def _kilobytes(size: int, language: Language) -> str:
    return f"{format_decimal(max(1, round(size / 1000)), locale=language.code)} kB"
