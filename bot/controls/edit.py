"""The one way to change a palette that is shown: for everyone, or in a private copy."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from bot.delivery import defer, deliver
from bot.language import Language
from bot.reply.existing import panel_in, title_in, with_panel
from bot.reply.message import MAX_PANEL_TEXT, Reply
from bot.reply.options import Options
from bot.reply.panel import Layout, PaletteEntry, Panel, SourceAttachment
from bot.reply.state import HERE, State
from bot.reply.uploads import ExistingAttachment, image_name_in
from bot.workers.job import Job
from bot.workers.jobs import Copying, CopyKind, Outcome, Sorting
from palette import Order

from .image import FoundImage, copy_in_reply, find_image
from .press import Press

Change = Callable[[State], Options]
"""Works out new options from the state of a palette as it is when the change is made."""


async def change_palette(press: Press, change: Change) -> None:
    """Change a palette for everyone, if this person may; otherwise in a private copy."""
    if not press.can_change:
        options = change(press.state)
        await _send_private_copy(press, options)
        return
    async with editing(press) as current:
        await _show_in_place(current, await _changed_entry(current, change(current.state)))


@asynccontextmanager
async def editing(press: Press) -> AsyncGenerator[Press]:
    """Lock the message, and yield the press on the message as it is by now.

    So of two quick presses the second starts from what the first has made.
    """
    await defer(press.interaction)
    async with press.services.message_locks.of(press.message.id):
        yield press.on(await deliver(press.interaction.original_response))


async def _send_private_copy(press: Press, options: Options) -> None:
    """Send a palette with these options to the person who pressed, who may go on from there."""
    await defer(press.interaction, ephemeral=True, thinking=True)
    language, image = press.request.language, await find_image(press)
    kind: CopyKind = "same" if image.copy else "new"
    if _is_reordering(press, options):
        outcome = await _reorder(press, options.order, language)
        job = partial(Copying, copy=kind)
        copy = await press.services.process(image.source, job, tenant=press.request.tenant)
        outcome = replace(outcome, copy=copy)
    else:
        outcome = await _extract(press, image, options.job(language, kind))
    layout = Layout.of(press.request, private=True, show_source=press.state.show_source)
    name = image_name_in(press.message, press.number)
    reply = Reply([PaletteEntry(outcome, options, image.source, name=name)], layout)
    await deliver(
        lambda: press.interaction.edit_original_response(view=reply, attachments=reply.files)
    )


async def _changed_entry(press: Press, options: Options) -> PaletteEntry:
    language, compact = press.message_language, press.state.several
    if not _is_reordering(press, options):
        image = await find_image(press)
        job = options.job(language, "none", compact=compact)
        return PaletteEntry(await _extract(press, image, job), options, image.source, image.copy)
    # The image need not be there any more.
    outcome = await _reorder(press, options.order, language, compact=compact)
    if press.origin.image == HERE:
        image = FoundImage.from_copy(copy_in_reply(press))
        return PaletteEntry(outcome, options, image.source, image.copy)
    _, panel = panel_in(press.message, press.number)
    return PaletteEntry(
        outcome, options, SourceAttachment(press.origin.image, spoiler=panel.spoiler)
    )


def _is_reordering(press: Press, options: Options) -> bool:
    """Return whether the colours stay the same."""
    return replace(options, order=press.origin.options.order) == press.origin.options


async def _reorder(
    press: Press, order: Order, language: Language, *, compact: bool = False
) -> Outcome:
    job = Sorting(press.palette, order, language.code, compact)
    return await press.services.engine.run(job, tenant=press.request.tenant)


async def _extract(
    press: Press, image: FoundImage, job: Callable[[bytes], Job[Outcome]]
) -> Outcome:
    outcome = await press.services.process(image.source, job, tenant=press.request.tenant)
    if image.copy is None:
        return outcome
    # What was noted about the original still holds; of its copy there is nothing to note.
    return replace(outcome, palette=replace(outcome.palette, notes=press.palette.notes))


async def _show_in_place(press: Press, entry: PaletteEntry) -> None:
    layout = Layout(
        press.message_language,
        press.origin.asker,
        attach=press.request.can_attach,
        show_source=press.state.show_source,
        several=press.state.several,
        private=press.message.flags.ephemeral,
        brief=press.state.brief,
    )
    entry = replace(
        entry,
        name=image_name_in(press.message, press.number),
        title=title_in(press.message, press.number),
    )
    panel = Panel(entry, press.number, layout, MAX_PANEL_TEXT // len(press.message.components))
    view, kept = with_panel(press.message, press.number, panel)
    await deliver(
        lambda: press.interaction.edit_original_response(
            view=view,
            attachments=[
                *map(ExistingAttachment, kept),
                *(upload.file() for upload in panel.uploads),
            ],
        )
    )
