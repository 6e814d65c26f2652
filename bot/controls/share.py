"""Share: what only one person sees is posted for everyone there, as that person's own."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import discord
from discord import ui

from bot.delivery import deliver
from bot.reply.control import Control
from bot.reply.existing import controls_in, panel_in
from bot.reply.many import ManyReply, contact_sheet_in
from bot.reply.message import Reply
from bot.reply.one_color import OneColor
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry, UnkeptImages
from bot.reply.uploads import ExistingAttachment, files_of, image_name_in
from bot.requests.places import check_may_post
from bot.sources.source import Source
from bot.workers.jobs import Copying, Drawing, Outcome, Scale
from bot.workers.together import JointOutcome
from palette import SourceCopy

from .edit import editing
from .image import find_image
from .press import Press

AnyReply = Reply | ManyReply | OneColor


async def share(press: Press) -> None:
    """Post the palette with its image."""
    await _share(press, _palette)


async def share_color(press: Press) -> None:
    """Post the one colour."""
    await _share(press, _color)


async def _share(press: Press, make_reply: Callable[[Press, str], Awaitable[AnyReply]]) -> None:
    """Post what the private message shows, in the language of the place, once.

    The button of what was shared is switched off, as it holds a part of the state. Raises
    :class:`~bot.requests.places.MayNotPostError` or, as it counts like a command,
    :class:`~bot.requests.cooldowns.CooldownError`.
    """
    check_may_post(press.interaction)
    async with editing(press) as current:
        if _is_shared(current):
            return
        await press.services.cooldowns.take(press.request)  # as everyone sees it
        person = press.interaction.user.mention
        said = press.request.public_language.say("-# Shared by {person}", person=person)
        reply = await make_reply(current, said)
        # Not tried again as other messages are: this one has no nonce, and might be there already.
        await press.interaction.followup.send(view=reply, files=reply.files)
        view = _switched_off(current)
        kept = [ExistingAttachment(sent) for sent in files_of(current.message)]
        with suppress(discord.NotFound):  # dismissed in the meantime
            await deliver(
                lambda: press.interaction.edit_original_response(view=view, attachments=kept)
            )


async def _palette(press: Press, said: str) -> AnyReply:
    request, language = press.request, press.request.public_language
    job = Drawing(press.palette, language.code)
    outcome = await press.services.engine.run(job, tenant=request.tenant)
    layout = Layout.of(request, show_source=press.state.show_source)
    if press.state.origin:
        image = await find_image(press)
        outcome = Outcome(outcome.palette, outcome.card, await _file(press, image.source))
        name = image_name_in(press.message, press.number)
        entry = PaletteEntry(outcome, press.origin.options, image.source, name=name)
        return Reply([entry, said], layout)
    _, panel = panel_in(press.message, press.number)
    if sheet := contact_sheet_in(press.message):
        copy = await _file(press, Source(sheet.file.url))
        return ManyReply(
            JointOutcome(outcome, copy.data),
            Options(),
            layout,
            count=sheet.count,
            spoiler=panel.spoiler,
            lines=[said],
        )
    entry = PaletteEntry(outcome, Options(), UnkeptImages(spoiler=panel.spoiler))
    return Reply([entry, said], layout)


async def _file(press: Press, source: Source) -> SourceCopy:
    """Return a file of the private message, which will be one of the public one, too."""
    job = partial(Copying, copy="same")
    return await press.services.process(source, job, tenant=press.request.tenant)


async def _color(press: Press, said: str) -> AnyReply:
    request, language = press.request, press.request.public_language
    job = Scale(press.palette.dominant.rgb, language.code)
    outcome = await press.services.engine.run(job, tenant=request.tenant)
    reply = OneColor(outcome, language, attach=request.can_attach)
    reply.add_item(ui.TextDisplay(said))
    return reply


def _is_shared(press: Press) -> bool:
    """Return whether the button is switched off by now."""
    return any(
        isinstance(control, ui.Button) and control.disabled
        for control in controls_in(press.message)
        if control.custom_id and f":{press.action}:" in control.custom_id
    )


def _switched_off(press: Press) -> ui.LayoutView:
    """Return what the private message shows, with the button switched off."""
    view, _ = panel_in(press.message, press.number)
    for control in view.walk_children():
        if not isinstance(control, Control) or f":{press.action}:" not in control.custom_id:
            continue
        if isinstance(control.item, ui.Button):
            control.item.disabled = True
            control.item.label = press.request.language.say("Shared")
    return view
