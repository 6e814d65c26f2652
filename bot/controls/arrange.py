"""The same colours shown otherwise: in another order, or with menus."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from discord import ui

from bot.delivery import defer, deliver
from bot.workers.jobs import Outcome
from bot.reply.options import Options
from bot.reply.panel import Attached, Part

from bot.reply.buttons import rows
from .edit import panel_in
from bot.workers.jobs import Duplicating, Sorting
from .picture import Picture, copy_in, find_picture
from .press import Press, state_in
from .show import show_in_place, show_in_private
from bot.reply.state import HERE
from bot.reply.packing import pack

if TYPE_CHECKING:
    from palette import Order


async def order(press: Press) -> None:
    """Put the palette in the order that was chosen, for which its picture need not be there."""
    chosen = cast("Order", press.values[0])
    if not press.may_change:
        options = replace(press.origin.options, order=chosen)
        await _send_copy(press, options, expanded=press.state.expanded)
        return
    await defer(press.interaction)
    async with press.services.edits.of(press.message.id):
        message = await deliver(press.interaction.original_response)
        # By now another press may have changed the palette.
        press = replace(press, message=message, state=state_in(message, press.number))
        options = replace(press.origin.options, order=chosen)
        outcome = await _sorted(press, chosen)
        await show_in_place(press, message, _part_in_place(press, outcome, options))


async def adjust(press: Press) -> None:
    """Show the menus, or hide them; where they would be in the way, in a private copy."""
    if press.state.several or not press.may_change:
        await _send_copy(press, press.origin.options, expanded=True)
        return
    interaction = press.interaction
    await defer(interaction)
    async with press.services.edits.of(press.message.id):
        message = await deliver(interaction.original_response)
        state = state_in(message, press.number)
        state = replace(state, expanded=not state.expanded)
        view, panel = panel_in(message, press.number)
        for item in panel.children:
            if isinstance(item, ui.ActionRow):
                panel.remove_item(item)
        for row in rows(state, press.number, press.language_of_message, attach=press.may_attach):
            panel.add_item(row)
        await deliver(lambda: interaction.edit_original_response(view=view))


async def _send_copy(press: Press, options: Options, *, expanded: bool) -> None:
    await defer(press.interaction, ephemeral=True, thinking=True)
    picture = await find_picture(press)
    outcome = await _sorted(press, options.order)
    job = partial(Duplicating, copy="same" if picture.copy else "new")
    copy = await press.services.process(picture.source, job, tenant=press.tenant)
    part = Part(replace(outcome, copy=copy), options, picture.source)
    await show_in_private(press, part, expanded=expanded)


async def _sorted(press: Press, order: "Order") -> Outcome:
    job = Sorting(pack(press.palette), order)
    outcome = await press.services.engine.run(job, tenant=press.tenant)
    return replace(outcome, palette=replace(outcome.palette, notes=press.palette.notes))


def _part_in_place(press: Press, outcome: Outcome, options: Options) -> Part:
    """Return what to show of a picture that nobody has looked for."""
    if press.origin.picture == HERE:
        copy = copy_in(press.message, press.number)
        return Part(outcome, options, Picture.of_copy(copy).source, copy)
    _, shown = panel_in(press.message, press.number)
    return Part(outcome, options, Attached(press.origin.picture, spoiler=shown.spoiler))
